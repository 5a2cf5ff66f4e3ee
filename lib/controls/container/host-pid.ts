import { findHostNamespace } from "../../pod-security/checks/host-namespaces";
import { judgeRule } from "../../pod-security/judge-check";
import { podsCommand } from "../containers-command";
import { defineControl } from "../define";
import { remove } from "../remedies/ops";

export default defineControl({
  id: "host-pid",
  layer: "container",
  severity: "high",
  title: "Pods do not see the processes of their node",
  failure: "shares the process namespace of its node",
  why: "The pod sees every process of the node, can signal those of its own user, and reads their arguments and environment. With SYS_PTRACE or a privileged container this is a way out to the node.",
  action: "Stop sharing the node's process namespace",
  fix: "Remove `hostPID` from the pod spec. To look into another container's processes, use an ephemeral container with `targetContainerName`.",
  verify: podsCommand("hostPID"),
  lookFor: "Each pod listed sees them. No output: none does.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/hostNamespaces"], cis: ["5.2.3"], nsa: ["PE"], mitre: ["T1611", "T1057"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }) => judgeRule(pod, (admitted) => findHostNamespace(admitted, "hostPID")),
  remedy: ({ pod }) => ({ ops: [remove(pod.at("hostPID"))], risk: "may-break" }),
});
