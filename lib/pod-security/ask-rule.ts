import type { PodView } from "../inventory/workloads/workload";
import { toAdmittedPod } from "./admitted-pod";
import type { Rule, Violation } from "./check";
import type { OddField } from "./part";

interface RuleAnswer {
  readonly violations: readonly Violation[];
  /** Fields that the rule looked at and that the API server refuses. */
  readonly odd: readonly OddField[];
}

/** The pod asked about last: subjects are judged one by one, and both levels and most controls ask the same rules about each. */
let last: { readonly view: PodView; readonly answers: Map<Rule, RuleAnswer> } | null = null;

/** What a rule says of a pod. */
export function askRule(view: PodView, rule: Rule): RuleAnswer {
  if (last?.view !== view) last = { view, answers: new Map() };
  const known = last.answers.get(rule);
  if (known) return known;
  const pod = toAdmittedPod(view);
  const answer = { violations: rule(pod), odd: pod.odd };
  last.answers.set(rule, answer);
  return answer;
}
