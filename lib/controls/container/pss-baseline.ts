import { judgeLevel } from "../../pod-security/judge-check";
import { defineControl } from "../define";
import { meetLevel } from "../remedies/meet-level";

export default defineControl({
  id: "pss-baseline",
  layer: "container",
  // Its parts are controls of their own, with their own severity: counted again here, every pod would weigh twice.
  severity: "info",
  title: "Pods meet the baseline level of the Pod Security Standards",
  failure: "does not meet the baseline level of the Pod Security Standards",
  why: "Below baseline, a pod has a known way to take over the node: privileged mode, or the node's namespaces, files, ports or devices. A namespace that enforces baseline would refuse it.",
  action: "Meet the baseline Pod Security level",
  fix: "Change the fields that are listed: each has its own control with its own patch. When every workload of the namespace meets the level, label the namespace `pod-security.kubernetes.io/enforce: baseline`.",
  verify: "kubectl label --dry-run=server --overwrite namespace NAMESPACE pod-security.kubernetes.io/enforce=baseline",
  lookFor:
    "Pods that the warning names do not meet the level; no warning: all do. The dry run changes nothing, needs the right to update the namespace, and says nothing where the level, or a stricter one, is enforced already.",
  tips: ["S4"],
  frameworks: { pss: ["baseline"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/", "https://kubernetes.io/docs/concepts/security/pod-security-admission/"],
  subject: "workload",
  reads: [],
  isRollUp: true,
  check: ({ pod }, { kubeVersion }) => judgeLevel("baseline", pod, kubeVersion),
  remedy: (subject, _, context) => meetLevel("baseline", subject, context),
});
