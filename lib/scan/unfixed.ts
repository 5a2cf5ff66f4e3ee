import "server-only";
import { resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import type { Tally } from "@/lib/scoring/tally";
import type { UnfixedCause } from "@/lib/store/commit/commit-input";
import { toFingerprint } from "@/lib/store/digests";

export interface Unfixed {
  /** To be told every verdict of a scan. `isFinished` = its subject is a Job that is over. */
  readonly note: (verdict: Verdict, isFinished: boolean) => void;
  /** By its fingerprint, why a finding that failed and does not fail any more was not fixed; null = it was. */
  readonly why: (fingerprint: string) => UnfixedCause | null;
  /** Controls of which findings were covered by graver ones in the last snapshot. */
  readonly wereCovered: ReadonlySet<string>;
}

/**
 * Keeps what a scan says of findings that end and that nobody fixed. Only of controls that had failing or covered subjects in the last snapshot: a scan of a
 * large cluster gives hundreds of thousands of verdicts that something does not apply.
 */
export function createUnfixed(lastTallies: readonly Tally[]): Unfixed {
  const failed = new Set(lastTallies.flatMap(({ control, failing, subsumed }) => (failing + subsumed > 0 ? control : [])));
  const causes = new Map<string, UnfixedCause>();
  return {
    note({ control, state, isSafe, resource, locator }, isFinished) {
      if ((state !== "subsumed" && state !== "not-applicable") || isSafe || !failed.has(control)) return;
      causes.set(toFingerprint(control, resourceKey(resource), locator), isFinished ? "finished" : state);
    },
    why: (fingerprint) => causes.get(fingerprint) ?? null,
    wereCovered: new Set(lastTallies.flatMap(({ control, subsumed }) => (subsumed > 0 ? control : []))),
  };
}
