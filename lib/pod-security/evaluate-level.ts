import type { PodView } from "../inventory/workloads/workload";
import { type Check, findRule, type Level, type Violation } from "./check";
import { CHECKS } from "./check-table";
import { askRule } from "./ask-rule";
import type { OddField } from "./part";

interface LevelAnswer {
  /** The first of every violated check comes before the second of any. */
  readonly violations: readonly (Violation & { readonly check: string })[];
  readonly odd: readonly OddField[];
}

const lists = new Map<string, readonly Check[]>();

function makeList(level: Level, minor: number): readonly Check[] {
  const known = CHECKS.filter((check) => findRule(check, minor) !== null);
  if (level === "baseline") return known.filter((check) => check.level === "baseline");
  const replaced = new Set(known.flatMap((check) => check.overrides ?? []));
  return known.filter((check) => !replaced.has(check.id));
}

/** The checks that a level runs at a policy version: restricted adds its own and leaves out what they replace. Asked for every pod, so kept. */
export function listChecks(level: Level, minor: number): readonly Check[] {
  const key = `${level} ${minor}`;
  const known = lists.get(key) ?? makeList(level, minor);
  lists.set(key, known);
  return known;
}

/** Whether a level refuses a pod, when it does not matter why: the first violation decides. */
export function isRefused(level: Level, minor: number, view: PodView): boolean {
  return listChecks(level, minor).some((check) => {
    const rule = findRule(check, minor);
    return rule !== null && askRule(view, rule).violations.length > 0;
  });
}

/** What the API server's Pod Security admission says of a pod; `minor` is that of the policy version. */
export function evaluateLevel(level: Level, minor: number, view: PodView): LevelAnswer {
  const first: (Violation & { readonly check: string })[] = [];
  const others: (Violation & { readonly check: string })[] = [];
  const odd: OddField[] = [];
  for (const check of listChecks(level, minor)) {
    const rule = findRule(check, minor);
    if (!rule) continue;
    const answer = askRule(view, rule);
    odd.push(...answer.odd);
    for (const [index, violation] of answer.violations.entries()) (index === 0 ? first : others).push({ ...violation, check: check.id });
  }
  return { violations: [...first, ...others], odd };
}
