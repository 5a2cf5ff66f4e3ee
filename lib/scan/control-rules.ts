import "server-only";
import type { AnyControl } from "@/lib/controls/define";
import { findControl } from "@/lib/controls/registry";
import { findBlur } from "@/lib/engine/needed-kinds";
import type { KindCoverage } from "@/lib/model/coverage";
import { severityRank } from "@/lib/model/severity";
import type { ReleaseRules, SnapshotInput } from "@/lib/store/commit/commit-input";
import { toFingerprint } from "@/lib/store/digests";
import type { CoveredBefore } from "./covered-elsewhere";
import { hasChanged } from "./has-changed";

type ControlRules = Pick<SnapshotInput, "isJudged" | "layerOf" | "findBlur" | "coveredBy" | "getWereCovered" | "release">;

interface Scanned {
  /** What the scan of a snapshot read. */
  readonly coverageAt: (seq: number) => Promise<readonly KindCoverage[]>;
  /** Controls of which findings were covered by graver ones in the last snapshot. */
  readonly wereCovered: ReadonlySet<string>;
  /** What this scan read, and what covered failures from other objects in the last one, by their fingerprint: asked once all is read. */
  readonly getSeen: () => { readonly coverage: readonly KindCoverage[]; readonly coveredElsewhere: CoveredBefore };
}

const RELEASE: ReleaseRules = {
  isReleased: (id) => findControl(id) !== null,
  hasChanged,
};

/** What the store asks about a control when it compares a scan with the last one. `findInForce` knows the controls that this scan asks. */
export function toControlRules(findInForce: (id: string) => AnyControl | null, { coverageAt, wereCovered, getSeen }: Scanned): ControlRules {
  const ofSubject = new Map<string, string[]>();
  const ofOthers: string[] = [];
  for (const id of wereCovered) {
    const control = findInForce(id);
    for (const graver of control?.subsumedBy ?? []) ofSubject.set(graver, [...(ofSubject.get(graver) ?? []), id]);
    // Those of people are covered by both, and a person is no object that changes.
    if (control && !control.subsumedBy) ofOthers.push(id);
  }
  return {
    isJudged: (id) => findInForce(id) !== null,
    layerOf: (id) => findInForce(id)?.layer ?? null,
    findBlur: async (id, { severity, judgedSeq }) => {
      const control = findInForce(id);
      // By another release it may be less grave whatever is read.
      const isPossible = control !== null && severityRank(severity) >= severityRank(control.maxSeverity ?? control.severity);
      return isPossible ? findBlur(control, getSeen().coverage, await coverageAt(judgedSeq)) : null;
    },
    coveredBy: ({ controlId, resourceKey, locator, fingerprint }) => {
      if (!wereCovered.has(controlId)) return [];
      const ofSubject = (findInForce(controlId)?.subsumedBy ?? []).map((id) => ({ fingerprint: toFingerprint(id, resourceKey, locator) }));
      return [...ofSubject, ...(getSeen().coveredElsewhere.get(fingerprint) ?? [])];
    },
    getWereCovered: () => ({ ofSubject, ofOthers, elsewhere: [...getSeen().coveredElsewhere.keys()] }),
    release: RELEASE,
  };
}
