import "server-only";
import type { ClosedCause, OpenedCause, UnfixedCause, VerdictInput } from "./commit-input";
import type { KnownResource, KnownSpan } from "./open-state";
import { findOfKind } from "./find-of-kind";
import { kindOfKey } from "./resource-diff";
import type { Asked, RulesChange, RulesSince } from "./rules-since";
import { withoutNul } from "./to-rows-json";
import type { Coverable, CoveringSpan } from "./uncovered";

/** A failure that was none in the last snapshot. */
export interface Opened {
  readonly verdict: VerdictInput;
  readonly resource: KnownResource;
  /** The open question that it answers. */
  readonly asked?: KnownSpan;
  readonly findingId: number;
  /** What was open in the last snapshot and would have covered it. */
  readonly coveredBy: readonly CoveringSpan[];
}

/** Why it opened, and the snapshot since which it fails. */
export interface Opening {
  readonly cause: OpenedCause;
  readonly since: number;
}

/** What is asked of a span that ended. */
export type EndedSpan = Pick<KnownSpan, "id" | "findingId" | "fingerprint" | "controlId" | "resourceId" | "staleSinceSeq">;

/** A finding that no verdict confirmed. */
export interface Ended {
  readonly span: EndedSpan;
  readonly resource: KnownResource | undefined;
}

/** A failure of another severity than before. */
export interface Regraded {
  readonly span: KnownSpan;
  readonly resource: KnownResource | undefined;
  readonly verdict: VerdictInput;
}

interface CausesOptions {
  readonly rules: RulesSince;
  readonly seq: number;
  readonly returnedKinds: ReadonlyMap<string, number | null>;
  readonly whyUnfixed: (fingerprint: string) => UnfixedCause | null;
  readonly findUncovered: <Of extends Coverable>(asked: readonly Of[]) => Promise<ReadonlyMap<Of, number>>;
}

/** Null = no snapshot ever assessed it. */
type Judged = number | null;

type Candidate<Of> = Asked & { readonly of: Of; readonly judged: Judged; readonly change: RulesChange };

/**
 * Why findings open, end and get another severity. What an earlier snapshot would have said by the rules of today is asked of the settings; of a release
 * nobody knows, so what it may have done is told as its doing but where the very field that failed was changed. Both are asked from the snapshot on that
 * assessed the object last: what could not be read or told for a while may have changed at any time since.
 */
export class Causes {
  readonly #o: CausesOptions;

  constructor(options: CausesOptions) {
    this.#o = options;
  }

  /** In the order of `opened`. */
  async ofOpened(opened: readonly Opened[]): Promise<readonly Opening[]> {
    const { seq } = this.#o;
    if (seq === 1) return opened.map(() => ({ cause: "first-scan", since: seq }));
    const judged = await this.#listJudgedBefore(opened);
    const asked = await this.#toCandidates(opened, (one, at) => ({
      judged: judged[at] ?? null,
      resourceId: one.resource.id,
      spanId: null,
      evidence: withoutNul(one.verdict.evidence),
    }));
    const touched = await this.#listTouched(asked, ({ of: { verdict } }) => verdict.controlId);
    const uncovered = await this.#o.findUncovered(asked.filter(({ judged, of: { coveredBy } }) => judged === seq - 1 && coveredBy.length > 0));
    const whyOpened = (candidate: (typeof asked)[number]): OpenedCause => {
      const { verdict, resource } = candidate.of;
      const { settings, isOtherRelease, controls } = candidate.change;
      const { controlId, fingerprint } = verdict;
      // Where its kind was never read, an object may have been there.
      const isKnownNew = resource.change === "new" && this.#o.returnedKinds.get(kindOfKey(resource.key)) !== null;
      if (isKnownNew && candidate.judged !== null) return "new-resource";
      const isNewControl = controls !== null && !controls.has(controlId);
      if (verdict.state === "fail" && settings?.failsByOld?.has(fingerprint) === false)
        return settings.isControlChanged(controlId) ? (isNewControl ? "new-control" : "new-catalogue") : "settings";
      if (isOtherRelease && candidate.judged !== null && this.#o.rules.isReleased(controlId)) {
        if (isNewControl) return "new-control";
        if (!touched.has(candidate)) return "new-catalogue";
      }
      if (candidate.judged !== seq - 1) return "assessed";
      if (uncovered.has(candidate)) return "uncovered";
      return resource.change === "changed" ? "changed-resource" : "changed-context";
    };
    return asked.map((candidate) => {
      const cause = whyOpened(candidate);
      return { cause, since: cause === "uncovered" ? (uncovered.get(candidate) ?? seq) : seq };
    });
  }

  /** In the order of `ended`. What today's objects fail by the settings of before was closed by the settings, whatever else changed of its object. */
  async ofEnded(ended: readonly Ended[]): Promise<readonly ClosedCause[]> {
    const asked = await this.#toSpanCandidates(ended);
    const touched = await this.#listTouched(asked, ({ of: { span } }) => span.controlId);
    return asked.map((candidate): ClosedCause => {
      const { span, resource } = candidate.of;
      const { settings, isOtherRelease } = candidate.change;
      const unfixed = this.#o.whyUnfixed(span.fingerprint);
      if (resource?.change === "gone") return "resource-gone";
      if (unfixed === "finished") return unfixed;
      if (settings?.failsByOld?.has(span.fingerprint)) return settings.isControlChanged(span.controlId) ? "control-changed" : "settings";
      if (isOtherRelease && this.#o.rules.isReleased(span.controlId) && !touched.has(candidate)) return "control-changed";
      return unfixed ?? "fixed";
    });
  }

  /** In the order of `regraded`. */
  async ofRegraded(regraded: readonly Regraded[]): Promise<readonly ("changed" | "regraded" | "reweighted")[]> {
    const asked = await this.#toSpanCandidates(regraded);
    const touched = await this.#listTouched(asked, ({ of: { span } }) => span.controlId);
    return asked.map((candidate) => {
      const { controlId } = candidate.of.span;
      const { settings, isOtherRelease } = candidate.change;
      const regrading = settings?.findRegrading(controlId) ?? null;
      if (regrading !== null) return regrading;
      return isOtherRelease && this.#o.rules.isReleased(controlId) && !touched.has(candidate) ? "regraded" : "changed";
    });
  }

  async #listJudgedBefore(opened: readonly Opened[]): Promise<readonly Judged[]> {
    const { returnedKinds, seq, rules } = this.#o;
    // An open question began in the first snapshot that could not tell: before, its object passed, or was not there.
    const untold = (asked: Opened["asked"]) => (asked?.state === "unknown" ? asked : undefined);
    const places = opened.flatMap(({ resource, asked }) => {
      const span = untold(asked);
      return span ? [[span.findingId, resource.id, span.openSinceSeq - 1] as const] : [];
    });
    const there = await rules.listThere(places);
    return opened.map(({ verdict, resource, asked }) => {
      const span = untold(asked);
      if (span) return there.has(span.findingId) ? span.openSinceSeq - 1 : null;
      const kind = kindOfKey(resource.key);
      const returned = findOfKind(returnedKinds, kind, verdict.controlId);
      return returned === undefined ? seq - 1 : returned;
    });
  }

  async #toSpanCandidates<Of extends Ended>(of: readonly Of[]): Promise<readonly Candidate<Of>[]> {
    const last = this.#o.seq - 1;
    const stale = await this.#o.rules.listLastJudged(
      new Map(of.flatMap(({ span }) => (span.staleSinceSeq === null ? [] : [[span.findingId, span.staleSinceSeq] as const]))),
    );
    return this.#toCandidates(of, ({ span }) => ({
      judged: stale.get(span.findingId) ?? last,
      resourceId: span.resourceId,
      spanId: span.id,
      evidence: null,
    }));
  }

  async #toCandidates<Of>(
    of: readonly Of[],
    toAsked: (one: Of, at: number) => Omit<Asked, "judgedSeq"> & { readonly judged: Judged },
  ): Promise<readonly Candidate<Of>[]> {
    const candidates: Candidate<Of>[] = [];
    for (const [at, one] of of.entries()) {
      const asked = toAsked(one, at);
      const judgedSeq = asked.judged ?? this.#o.seq - 1;
      candidates.push({ ...asked, of: one, judgedSeq, change: await this.#o.rules.since(judgedSeq) });
    }
    return candidates;
  }

  #listTouched<Of extends Pick<Ended, "resource">>(
    candidates: readonly Candidate<Of>[],
    controlOf: (candidate: Candidate<Of>) => string,
  ): Promise<ReadonlySet<Candidate<Of>>> {
    const { rules, seq } = this.#o;
    const mayDiffer = ({ of, judgedSeq }: Candidate<Of>): boolean => of.resource?.change === "changed" || judgedSeq !== seq - 1;
    return rules.listTouched(candidates.filter((one) => one.change.isOtherRelease && mayDiffer(one) && rules.isReleased(controlOf(one))));
  }
}
