import { labelOf } from "../inventory/admission/pod-security-labels";
import type { Level } from "../pod-security/check";
import { judgeLevel } from "../pod-security/judge-check";
import { type Control, defineControl } from "./define";
import { meetLevel } from "./remedies/meet-level";

const LABEL = labelOf("enforce");

/** The control that rolls up all that a level of the Pod Security Standards asks of a pod; `why` = what a pod below it may do. */
export function definePodSecurityLevel(level: Level, why: string): Control<"workload", never> {
  return defineControl({
    id: `pss-${level}`,
    layer: "container",
    // Its parts are controls of their own, with their own severity: counted again here, every pod would weigh twice.
    severity: "info",
    title: `Pods meet the ${level} level of the Pod Security Standards`,
    failure: `does not meet the ${level} level of the Pod Security Standards`,
    why,
    action: `Meet the ${level} Pod Security level`,
    fix: `Change the fields that are listed: each has its own control with its own patch. When every workload of the namespace meets the level, label the namespace \`${LABEL}: ${level}\`.`,
    verify: `kubectl label --dry-run=server --overwrite namespace NAMESPACE ${LABEL}=${level}`,
    lookFor:
      "Pods that the warning names do not meet the level; no warning: all do. The dry run changes nothing, needs the right to update the namespace, and says nothing where the level, or a stricter one, is enforced already.",
    tips: ["S4"],
    frameworks: { pss: [level], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
    references: [
      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
      "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    ],
    subject: "workload",
    reads: [],
    isRollUp: true,
    check: ({ pod }, { kubeVersion }) => judgeLevel(level, pod, kubeVersion),
    remedy: (subject, _, context) => meetLevel(level, subject, context),
  });
}
