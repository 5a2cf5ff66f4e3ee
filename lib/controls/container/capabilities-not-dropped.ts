import { BASELINE_CAPABILITIES } from "../../pod-security/checks/capabilities-baseline";
import { capabilitiesRestricted } from "../../pod-security/checks/capabilities-restricted";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { dropAllCapabilities } from "../remedies/keep-capabilities";

export default defineControl({
  id: "capabilities-not-dropped",
  layer: "container",
  severity: "medium",
  title: "Containers drop ALL capabilities",
  failure: "does not drop ALL capabilities",
  why: "A runtime grants about a dozen capabilities by default, among them raw sockets and changing the owner of files. Most processes need none of them, and each is a tool for whoever takes the process over.",
  action: "Drop ALL capabilities",
  fix: 'Set `capabilities.drop: ["ALL"]` on every container, and add back at most `NET_BIND_SERVICE`. An image that starts as root and then changes its user or file owners no longer starts: run it as that user from the start. Pod Security admission accepts only ALL in capitals, not a list of single names.',
  verify: `${containersCommand([".securityContext.capabilities.drop", ".securityContext.capabilities.add"])} | grep -vE '^[^ ]+( [^ =]+=\\[[^]]*"ALL"[^]]*\\],(\\["NET_BIND_SERVICE"\\])?)+$'`,
  lookFor:
    'A container without `["ALL"]` after its name, or with more than `["NET_BIND_SERVICE"]` added behind it. Pods whose containers all drop ALL and add no more are left out.',
  tips: ["S4"],
  frameworks: { pss: ["restricted/capabilities_restricted"], cis: ["5.2.9", "5.6.3"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged", "capabilities-dangerous", "capabilities-beyond-baseline"],
  check: ({ pod }, context) => {
    const outcome = judgeCheck(capabilitiesRestricted, pod, context.kubeVersion);
    if ("state" in outcome) return outcome;
    // What is outside the baseline set is capabilities-beyond-baseline's to say, once.
    return outcome.filter(({ path, value }) => path.endsWith(".drop") || BASELINE_CAPABILITIES.has(String(value)));
  },
  remedy: ({ containers }) => ({ ops: dropAllCapabilities(containers), risk: "may-break" }),
});
