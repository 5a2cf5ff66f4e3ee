import { BASELINE_CAPABILITIES, capabilitiesBaseline } from "../../pod-security/checks/capabilities-baseline";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand, failsBeside } from "../containers-command";
import { defineControl } from "../define";
import { keepCapabilities } from "../remedies/keep-capabilities";

export default defineControl({
  id: "capabilities-beyond-baseline",
  layer: "container",
  severity: "medium",
  title: "Containers add no capability outside the baseline set",
  failure: "adds a capability outside the baseline set",
  why: "Each capability beyond a runtime's defaults widens what a compromised process can ask of the node's kernel.",
  action: "Remove added capabilities outside the baseline",
  fix: "Keep in `capabilities.add` only what the process needs, ideally nothing. Names are compared exactly: `CAP_CHOWN` and `chown` do not count as `CHOWN`. NET_RAW is not in the baseline set.",
  verify: `${containersCommand(".securityContext.capabilities.add")}${failsBeside(`"(${[...BASELINE_CAPABILITIES].join("|")})"`, '"')}`,
  lookFor:
    "Each pod listed adds a name that the command does not leave out, such as NET_RAW: after the name of a container stands what it adds. No output: none does.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/capabilities_baseline"], cis: ["5.2.9"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged", "capabilities-dangerous"],
  check: ({ pod }, context) => judgeCheck(capabilitiesBaseline, pod, context.kubeVersion),
  remedy: ({ containers }) => ({ ops: keepCapabilities(containers, (capability) => BASELINE_CAPABILITIES.has(capability)), risk: "may-break" }),
});
