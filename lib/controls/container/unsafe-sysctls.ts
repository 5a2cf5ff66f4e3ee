import { sysctls } from "../../pod-security/checks/sysctls";
import { judgeCheck } from "../../pod-security/judge-check";
import { defineControl } from "../define";
import { removeAll } from "../remedies/ops";

export default defineControl({
  id: "unsafe-sysctls",
  layer: "container",
  severity: "medium",
  title: "Pods set only kernel parameters from the safe list",
  failure: "sets a kernel parameter outside the safe list",
  why: "Kernel parameters outside the safe list are not, or not reliably, separate for each pod: a pod can change the node for everyone or exhaust it.",
  action: "Remove kernel parameters outside the safe list",
  fix: "Remove the entry from `securityContext.sysctls`, or set the parameter on the node. Names are compared exactly: the form with slashes is not on the list.",
  verify:
    "kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,SYSCTLS:.spec.securityContext.sysctls[*].name' | grep -v '<none>$'",
  lookFor: "A name that Kubernetes does not list as safe, such as `kernel.msgmax` or `net.core.somaxconn`.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/sysctls"], cis: ["5.6.3"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }, context) => judgeCheck(sysctls, pod, context.kubeVersion),
  remedy: (_, weaknesses) => ({ ops: removeAll(weaknesses.map(({ path }) => path.replace(/\.name$/, ""))), risk: "may-break" }),
});
