import type { KubeVersion } from "../inventory/inventory";
import type { PodView } from "../inventory/workloads/workload";
import { type AdmittedPod, toAdmittedPod } from "./admitted-pod";
import { askRule } from "./ask-rule";
import { type Check, findRule, type Level, type Rule, type Violation } from "./check";
import { evaluateLevel } from "./evaluate-level";
import type { OddField } from "./part";
import { isBeyondPolicies, policyMinor, sayBeyond } from "./policy-version";

/** A list of violations, or the reason why the pod cannot be judged: the shape of a control's outcome. */
type CheckOutcome<T extends Violation = Violation> = readonly T[] | { readonly state: "unknown"; readonly reason: string };

/** Fields that the API server refuses spoil a pass, never a fail. */
function toCheckOutcome<T extends Violation>(violations: readonly T[], odd: readonly OddField[]): CheckOutcome<T> {
  const first = odd[0];
  if (violations.length > 0 || !first) return violations;
  return { state: "unknown", reason: `The API server refuses this pod: ${first.path} must be ${first.expected}.` };
}

/** Runs one rule on a pod. */
export function judgeRule<T extends Violation>(view: PodView, rule: (pod: AdmittedPod) => readonly T[]): CheckOutcome<T> {
  const pod = toAdmittedPod(view);
  return toCheckOutcome(rule(pod), pod.odd);
}

/** One check at the cluster's version, and by its oldest rule where the cluster is older than the check. */
export function judgeCheck(check: Check, view: PodView, version: KubeVersion | null): CheckOutcome {
  const rule = findRule(check, policyMinor(version)) ?? check.rules[0]?.rule;
  if (!rule) return judgeRule(view, () => []);
  const { violations, odd } = askRule(view, rule);
  return toCheckOutcome(violations, odd);
}

/** A level as a whole at the cluster's version: where a newer one may have checks that are not known here, a pod that meets all others is no pass. */
export function judgeLevel(level: Level, view: PodView, version: KubeVersion | null): CheckOutcome<Violation & { readonly check: string }> {
  const { violations, odd } = evaluateLevel(level, policyMinor(version), view);
  if (violations.length > 0 || odd.length > 0 || !isBeyondPolicies(version)) return toCheckOutcome(violations, odd);
  return { state: "unknown", reason: sayBeyond(version) };
}

/** Empty when it can be read whether a pod wants a token mounted, else why not: for rules that read it in another way. */
export function judgeAutomount(view: PodView): CheckOutcome {
  return judgeRule(view, (pod) => {
    pod.spec.flag("automountServiceAccountToken");
    return [];
  });
}

const readContainers: Rule = (pod) => pod.containers().flatMap(() => []);

/** Empty when the containers of a pod can be read, else why not: for rules that read them in another way. */
export function judgeContainers(view: PodView): CheckOutcome {
  const { violations, odd } = askRule(view, readContainers);
  return toCheckOutcome(violations, odd);
}
