import type { AdmittedPod } from "./admitted-pod";

export type Level = "baseline" | "restricted";

/** One field that breaks a rule. `value` undefined = not set. */
export interface Violation {
  readonly path: string;
  readonly value: unknown;
  readonly message: string;
  readonly container?: string;
  /** What subsumption compares: a container, `container:CAPABILITY`, a volume; "" for the pod. */
  readonly on?: string;
}

export type Rule = (pod: AdmittedPod) => readonly Violation[];

/** A check of k8s.io/pod-security-admission, under the id that the API server's messages and metrics use. */
export interface Check {
  readonly id: string;
  readonly level: Level;
  /** Oldest first; a rule holds from `since` (the minor of the policy version) until the next. */
  readonly rules: readonly { readonly since: number; readonly rule: Rule }[];
  /** Baseline checks that are not run beside this one. */
  readonly overrides?: readonly string[];
}

/** Null before the version that brought the check. */
export function findRule(check: Check, minor: number): Rule | null {
  return check.rules.findLast(({ since }) => since <= minor)?.rule ?? null;
}
