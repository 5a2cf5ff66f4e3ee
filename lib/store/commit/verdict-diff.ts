import "server-only";
import { toKeptText } from "@/lib/model/kept-text";
import { severityRank } from "@/lib/model/severity";
import type { Causes, Ended, Opened, Regraded } from "./causes";
import type { ClosedCause, Coverable, Covering, StaleFinding, StaleKinds, VerdictInput, WereCovered } from "./commit-input";
import { type CoveredSpan, type EndedFor, listMayBeOver } from "./covered-ends";
import { Counter } from "./counter";
import { findOfKind } from "./find-of-kind";
import { type FindingRows, PAGE_ROWS } from "./finding-rows";
import type { KnownResource, KnownSpan } from "./open-state";
import { kindOfKey } from "./resource-diff";

export interface VerdictDiffOptions {
  readonly spans: Map<string, KnownSpan>;
  /** At once for what is known: a large scan asks once for each finding. */
  readonly resourceOf: (verdict: VerdictInput) => KnownResource | Promise<KnownResource>;
  readonly resourceById: ReadonlyMap<number, KnownResource>;
  readonly rows: FindingRows;
  readonly causes: Causes;
  readonly seq: number;
  /** Other settings judged the last snapshot. */
  readonly haveSettingsChanged: boolean;
  /** No people did that. */
  readonly isByRelease: boolean;
  readonly isJudged: (controlId: string) => boolean;
  /** Why what is said to be less grave now may be as grave as it was; null = it is not. */
  readonly findBlur: (known: KnownSpan) => Promise<string | null>;
  readonly coveredBy: (failure: Coverable) => readonly Covering[];
  /** Null = nothing was. */
  readonly getWereCovered: () => WereCovered | null;
  /** Another finding of this scan shows the same. */
  readonly isCovered: (fingerprint: string) => boolean;
  readonly findCovered: (fingerprints: readonly string[]) => Promise<readonly CoveredSpan[]>;
}

/** What says something of its subject stays as it last was where nobody can tell any more; an open question is only asked anew. */
function isJudgement(state: VerdictInput["state"]): boolean {
  return state === "fail" || state === "waived";
}

/** What people were asked to look at is a question too: what fails then did not fail since it was asked. */
function isAnswer(before: VerdictInput["state"], now: VerdictInput["state"]): boolean {
  return before === "unknown" ? now !== "unknown" : before === "manual" && isJudgement(now);
}

/** Compares the verdicts of a scan with the open spans: which began, which ended, which are stale. */
export class VerdictDiff {
  readonly counter = new Counter();
  readonly #o: VerdictDiffOptions;
  readonly #added = new Set<string>();
  #opened: Omit<Opened, "findingId">[] = [];
  #regraded: Regraded[] = [];
  /** What failed, and only asks people to look now. */
  #left: Regraded[] = [];
  readonly #stale: StaleFinding[] = [];

  constructor(options: VerdictDiffOptions) {
    this.#o = options;
  }

  async take(verdicts: readonly VerdictInput[]): Promise<void> {
    for (const verdict of verdicts) {
      const known = this.#o.spans.get(verdict.fingerprint);
      if (known !== undefined) this.#compare(known, verdict, this.#isLess(known, verdict) ? await this.#o.findBlur(known) : null);
      else if (!this.#added.has(verdict.fingerprint)) {
        this.#added.add(verdict.fingerprint);
        const found = this.#o.resourceOf(verdict);
        this.#opened.push({ verdict, resource: found instanceof Promise ? await found : found, coveredBy: this.#listCovering(verdict) });
      }
      if (this.#opened.length + this.#regraded.length + this.#left.length >= PAGE_ROWS) await this.#explain();
      if (this.#o.rows.isFull) await this.#o.rows.flush();
    }
  }

  /** Ends what no verdict confirmed, except where nothing could be assessed. Returns what stays open as stale. */
  async finish(staleKinds: StaleKinds): Promise<readonly StaleFinding[]> {
    await this.#explain();
    const ended: (Ended & { readonly span: KnownSpan })[] = [];
    const closed: EndedFor[] = [];
    for (const span of this.#o.spans.values()) {
      if (span.isSeen) continue;
      const resource = this.#o.resourceById.get(span.resourceId);
      const gap = resource && findOfKind(staleKinds, kindOfKey(resource.key), span.controlId);
      if (resource?.change !== "gone" && !this.#o.isJudged(span.controlId)) closed.push({ span, cause: "control-off" });
      else if (gap) this.#keepStale(span, gap);
      else ended.push({ span, resource });
    }
    const causes = await this.#o.causes.ofEnded(ended);
    for (const [at, { span }] of ended.entries()) closed.push({ span, cause: causes[at] ?? "fixed" });
    for (const { span, cause } of closed) this.#close(span, cause);
    await this.#o.rows.flush();
    await this.#endCovered(closed, staleKinds);
    await this.#o.rows.flushMarks();
    return this.#stale;
  }

  /** Ends what another finding covered and what fails no more: what covered it may have hidden that for as long as it was open. */
  async #endCovered(closed: readonly EndedFor[], staleKinds: StaleKinds): Promise<void> {
    const { spans, resourceById, causes, rows, coveredBy } = this.#o;
    const wereCovered = this.#o.getWereCovered();
    if (!wereCovered) return;
    const causeOf = new Map(closed.map(({ span, cause }) => [span.fingerprint, cause]));
    const asked = listMayBeOver(wereCovered, resourceById, spans.values(), ({ fingerprint }) => causeOf.has(fingerprint)).filter(
      (fingerprint) => !spans.has(fingerprint) && !this.#added.has(fingerprint) && !this.#o.isCovered(fingerprint),
    );
    const over = (await this.#o.findCovered(asked)).flatMap((span) => {
      const resource = resourceById.get(span.resourceId);
      if (!resource || !this.#o.isJudged(span.controlId) || findOfKind(staleKinds, kindOfKey(resource.key), span.controlId)) return [];
      const covering = coveredBy({ ...span, resourceKey: resource.key }).map(({ fingerprint }) => causeOf.get(fingerprint));
      return [{ span, resource, byRules: covering.find((cause) => cause === "settings" || cause === "control-changed") }];
    });
    const why = await causes.ofEnded(over);
    await rows.endCovered(
      over.map(({ span }) => span.id),
      over.map(({ byRules }, at) => (why[at] === "fixed" && byRules ? byRules : (why[at] ?? "fixed"))),
    );
  }

  /** `blur` = why a failure that is less grave than it was cannot be told to be so; null = it can, or it is as grave. */
  #compare(known: KnownSpan, verdict: VerdictInput, blur: string | null): void {
    if (known.isSeen) return;
    known.isSeen = true;
    const hasMoved = known.scope !== verdict.scope;
    const isSame = known.digest === verdict.digest && known.state === verdict.state && known.severity === verdict.severity && !hasMoved;
    const resource = this.#o.resourceById.get(known.resourceId);
    if (verdict.state === "unknown" && isJudgement(known.state)) this.#keepStale(known, verdict.reason, { askedIn: verdict.scope });
    else if (blur !== null) this.#keepStale(known, blur, { failedIn: verdict.scope });
    else if (isSame) {
      if (known.isStale) this.#o.rows.markFresh(known);
      this.#count(verdict);
    } else if (!isJudgement(known.state) && verdict.state === "fail" && resource) this.#opened.push({ verdict, resource, asked: known, coveredBy: [] });
    else if (known.state === "fail" && verdict.state === "fail" && known.severity !== verdict.severity && !hasMoved) {
      this.#regraded.push({ span: known, resource, verdict });
    } else if (known.state === "fail" && verdict.state === "manual" && !hasMoved) this.#left.push({ span: known, resource, verdict });
    else {
      const isWaived = known.state !== "waived" && verdict.state === "waived";
      // What was not assessed when the settings changed moves when it is again.
      const isMovedByRules = hasMoved && (this.#o.haveSettingsChanged || known.isStale);
      const byRelease = isMovedByRules && this.#o.isByRelease;
      const cause = byRelease ? "new-catalogue" : isMovedByRules ? "settings" : "changed";
      this.#close(known, isWaived ? "exception" : cause === "new-catalogue" ? "control-changed" : cause, verdict);
      this.#o.rows.open(known.findingId, verdict, isAnswer(known.state, verdict.state) ? this.#o.seq : known.openSinceSeq, cause);
      this.#count(verdict);
      if (verdict.state === "fail" && (known.state !== "fail" || hasMoved)) this.counter.addOpened(verdict.scope);
    }
  }

  /** What was seen to fail in the last snapshot and would have covered this failure. */
  #listCovering(verdict: VerdictInput): Opened["coveredBy"] {
    const { spans, coveredBy } = this.#o;
    if (spans.size === 0) return [];
    return coveredBy(verdict).flatMap(({ fingerprint, sinceSeq = 0 }) => {
      const span = spans.get(fingerprint);
      return span?.state === "fail" && !span.isStale ? { resourceId: span.resourceId, sinceSeq: Math.max(span.openSinceSeq, sinceSeq) } : [];
    });
  }

  #isLess(known: KnownSpan, verdict: VerdictInput): boolean {
    const isLess = known.state === "fail" && verdict.state === "fail" && severityRank(verdict.severity) > severityRank(known.severity);
    // What settings move counts where they say.
    const isMoved = known.scope !== verdict.scope && this.#o.haveSettingsChanged;
    return isLess && !isMoved;
  }

  #keepStale(span: KnownSpan, why: string | null, { askedIn = null, failedIn = null }: Partial<Pick<StaleFinding, "askedIn" | "failedIn">> = {}): void {
    span.isSeen = true;
    const reason = why === null ? null : toKeptText(why);
    const resource = this.#o.resourceById.get(span.resourceId);
    if (!span.isStale || span.staleReason !== reason) this.#o.rows.markStale(span, reason);
    this.counter.addOpen({ ...span, isStale: true });
    const [, kind, namespace, name] = (resource?.key ?? "").split("/");
    const home = kind === "Namespace" ? name : namespace;
    this.#stale.push({
      controlId: span.controlId,
      layer: span.layer,
      scope: span.scope,
      namespace: home === undefined || home === "-" ? null : home,
      severity: span.severity,
      state: span.state,
      askedIn,
      failedIn,
    });
  }

  #close(span: KnownSpan, cause: ClosedCause, next: Pick<VerdictInput, "state" | "scope"> | null = null): void {
    this.#o.rows.close(span, cause);
    if (span.state === "fail" && (next?.state !== "fail" || next.scope !== span.scope)) this.counter.addClosed(span.scope);
  }

  #count({ state, severity, layer, scope }: VerdictInput): void {
    this.counter.addOpen({ state, severity, layer, scope, isStale: false });
  }

  /** Opens spans for what failed first or got another severity, each with its cause. */
  async #explain(): Promise<void> {
    const [opened, regraded, left] = [this.#opened, this.#regraded, this.#left];
    this.#opened = [];
    this.#regraded = [];
    this.#left = [];
    if (opened.length + regraded.length + left.length === 0) return;
    const { rows, causes } = this.#o;
    const ids = await rows.identify(opened.filter(({ asked }) => asked === undefined));
    const found = opened.flatMap((one): Opened[] => {
      const findingId = one.asked?.findingId ?? ids.get(one.verdict.fingerprint);
      return findingId === undefined ? [] : [{ ...one, findingId }];
    });
    const why = await causes.ofOpened(found);
    for (const [at, { verdict, asked, findingId }] of found.entries()) {
      const opening = why[at];
      if (opening === undefined) continue;
      if (asked) this.#close(asked, "changed", verdict);
      rows.open(findingId, verdict, opening.since, opening.cause);
      this.#count(verdict);
      if (verdict.state === "fail") this.counter.addOpened(verdict.scope);
    }
    const by = await causes.ofRegraded(regraded);
    for (const [at, { span, verdict }] of regraded.entries()) {
      const cause = by[at] ?? "changed";
      this.#close(span, cause, verdict);
      rows.open(span.findingId, verdict, span.openSinceSeq, cause);
      this.#count(verdict);
    }
    const ended = await causes.ofEnded(left);
    for (const [at, { span, verdict }] of left.entries()) {
      this.#close(span, ended[at] ?? "fixed", verdict);
      rows.open(span.findingId, verdict, span.openSinceSeq, "changed");
      this.#count(verdict);
    }
    await rows.flush();
  }
}
