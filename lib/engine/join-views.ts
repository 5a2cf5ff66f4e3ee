import type { Outcome, Weakness } from "../controls/define";
import type { PodView } from "../inventory/workloads/workload";
import { resourceKey } from "../model/resource-ref";
import type { CoveredElsewhere } from "../model/verdict";
import { renderWhole } from "./render-value";

/** A weakness with where it was seen. */
export type SourcedWeakness = Weakness & { readonly source?: "template" | "runtime" };

export type JoinedOutcome =
  | { readonly state: "fail"; readonly weaknesses: readonly SourcedWeakness[] }
  | { readonly state: "pass"; readonly notes: readonly SourcedWeakness[] }
  | { readonly state: "not-applicable"; readonly reason: string; readonly notes: readonly SourcedWeakness[]; readonly isSafe?: true }
  | { readonly state: "subsumed"; readonly reason: string; readonly notes: readonly SourcedWeakness[]; readonly coveredBy: CoveredElsewhere }
  | { readonly state: "unknown" | "manual"; readonly reason: string; readonly notes: readonly SourcedWeakness[] };

/** What nearly all outcomes are. */
const PASS: JoinedOutcome = { state: "pass", notes: [] };

const NO_NOTES: readonly SourcedWeakness[] = [];

function mark(weaknesses: readonly Weakness[], source?: "template" | "runtime"): readonly SourcedWeakness[] {
  return source === "runtime" ? weaknesses.map((weakness) => ({ ...weakness, source })) : weaknesses;
}

/** What one pod spec comes to; weaknesses of a live pod are marked as such. */
export function toJoined(outcome: Outcome, source?: "template" | "runtime"): JoinedOutcome {
  if (!("state" in outcome)) return outcome.length > 0 ? { state: "fail", weaknesses: mark(outcome, source) } : PASS;
  const notes = outcome.notes ? mark(outcome.notes, source) : NO_NOTES;
  return { ...outcome, notes };
}

/** Same container and same field below it, or same field of one other object: the template and a live pod show one weakness, not two. */
function weaknessKey(weakness: Weakness, pod: PodView): string {
  // Of another object both name the same field already.
  const isOwn = weakness.object === undefined && weakness.path.startsWith(`${pod.path}.`);
  const tail = isOwn ? weakness.path.slice(pod.path.length + 1) : weakness.path;
  const field = weakness.container === undefined ? tail : tail.replace(/^\w+\[\d+\]\.?/, "");
  return `${weakness.container ?? ""}|${field}|${weakness.check ?? ""}|${weakness.object ? resourceKey(weakness.object) : ""}`;
}

/** A live pod shows the same again, unless it is as bad in another way, or has another value where the template has one; null = there is none. */
function isShown(values: ReadonlySet<string | null>, value: string | null): boolean {
  return values.has(value) || values.has(null) || (value === null && values.size > 0);
}

/**
 * Joins the answers for a root's template and its live pods: it fails if any of them fails, is unknown if none fails and one
 * is unknown, and keeps a runtime weakness only when the template does not show the same.
 */
export function joinViews(answers: readonly { readonly pod: PodView; readonly outcome: Outcome }[]): JoinedOutcome {
  const joined = answers.map(({ pod, outcome }) => ({ pod, answer: toJoined(outcome, pod.source) }));
  const seen = new Map<string, Set<string | null>>();
  const weaknesses: SourcedWeakness[] = [];
  for (const { pod, answer } of joined) {
    if (answer.state !== "fail") continue;
    for (const weakness of answer.weaknesses) {
      const key = `${weaknessKey(weakness, pod)}|${weakness.severity ?? ""}`;
      const values = seen.get(key) ?? new Set();
      const value = renderWhole(weakness.value);
      if (pod.source === "runtime" && isShown(values, value)) continue;
      seen.set(key, values.add(value));
      weaknesses.push(weakness);
    }
  }
  if (weaknesses.length > 0) return { state: "fail", weaknesses };
  const answersOnly = joined.map(({ answer }) => answer);
  return (
    answersOnly.find((a) => a.state === "unknown") ??
    answersOnly.find((a) => a.state === "manual") ??
    answersOnly.find((a) => a.state === "subsumed") ??
    answersOnly.find((a) => a.state === "pass") ??
    answersOnly[0] ?? { state: "unknown", reason: "No pod template could be read.", notes: [] }
  );
}
