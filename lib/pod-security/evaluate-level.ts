import type { PodView } from "../inventory/workload";
import { type AdmittedPod, toAdmittedPod } from "./admitted-pod";
import { type Check, findRule, type Level, type Violation } from "./check";
import { CHECKS } from "./check-table";
import type { OddField } from "./part";

interface LevelAnswer {
  /** The first of every violated check comes before the second of any. */
  readonly violations: readonly (Violation & { readonly check: string })[];
  readonly odd: readonly OddField[];
}

/** The checks that a level runs at a policy version: restricted adds its own and leaves out what they replace. */
export function listChecks(level: Level, minor: number): readonly Check[] {
  const known = CHECKS.filter((check) => findRule(check, minor) !== null);
  if (level === "baseline") return known.filter((check) => check.level === "baseline");
  const replaced = new Set(known.flatMap((check) => check.overrides ?? []));
  return known.filter((check) => !replaced.has(check.id));
}

/** What the API server's Pod Security admission says of a pod; `minor` is that of the policy version. */
export function evaluateLevel(level: Level, minor: number, view: PodView): LevelAnswer {
  const pod: AdmittedPod = toAdmittedPod(view);
  const perCheck = listChecks(level, minor).map((check) => (findRule(check, minor)?.(pod) ?? []).map((violation) => ({ ...violation, check: check.id })));
  return { violations: [...perCheck.flatMap((all) => all.slice(0, 1)), ...perCheck.flatMap((all) => all.slice(1))], odd: pod.odd };
}
