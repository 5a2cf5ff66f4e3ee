import type { PodView } from "../inventory/workloads/workload";
import { findRule, type Level, type Rule, type Violation } from "./check";
import { CHECKS } from "./check-table";
import { askRule } from "./ask-rule";
import type { OddField } from "./part";

interface LevelAnswer {
  /** The first of every violated check comes before the second of any. */
  readonly violations: readonly (Violation & { readonly check: string })[];
  readonly odd: readonly OddField[];
}

/** A check with its rule at one version. */
interface VersionedCheck {
  readonly id: string;
  readonly rule: Rule;
}

const lists: Readonly<Record<Level, Map<number, readonly VersionedCheck[]>>> = { baseline: new Map(), restricted: new Map() };

function makeList(level: Level, minor: number): readonly VersionedCheck[] {
  const known = CHECKS.flatMap((check) => {
    const rule = findRule(check, minor);
    return rule === null ? [] : [{ check, id: check.id, rule }];
  });
  if (level === "baseline") return known.filter(({ check }) => check.level === "baseline");
  const replaced = new Set(known.flatMap(({ check }) => check.overrides ?? []));
  return known.filter(({ id }) => !replaced.has(id));
}

/** The checks that a level runs at a policy version: restricted adds its own and leaves out what they replace. Asked for every pod, so kept. */
export function listChecks(level: Level, minor: number): readonly VersionedCheck[] {
  let known = lists[level].get(minor);
  if (!known) lists[level].set(minor, (known = makeList(level, minor)));
  return known;
}

/** Whether a level refuses a pod, when it does not matter why: the first violation decides. */
export function isRefused(level: Level, minor: number, view: PodView): boolean {
  return listChecks(level, minor).some(({ rule }) => askRule(view, rule).violations.length > 0);
}

/** What the API server's Pod Security admission says of a pod; `minor` is that of the policy version. */
export function evaluateLevel(level: Level, minor: number, view: PodView): LevelAnswer {
  const first: (Violation & { readonly check: string })[] = [];
  const others: (Violation & { readonly check: string })[] = [];
  const odd: OddField[] = [];
  for (const { id, rule } of listChecks(level, minor)) {
    const answer = askRule(view, rule);
    if (answer.odd.length > 0) odd.push(...answer.odd);
    answer.violations.forEach((violation, index) => {
      (index === 0 ? first : others).push({ ...violation, check: id });
    });
  }
  return { violations: [...first, ...others], odd };
}
