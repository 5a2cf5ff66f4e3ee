import "server-only";
import type { Scope } from "@/lib/model/verdict";
import { lengthenPublicId, toPublicId } from "../public-id";
import type { ClosedCause, OpenedCause, SettingsChange, StaleFinding, VerdictInput } from "./commit-input";
import { Counter } from "./counter";
import { IdBlock } from "./id-block";
import type { KnownResource, KnownSpan } from "./open-state";
import type { Cell, CopyTarget } from "./copy-rows";
import type { Asked, ReleaseChange } from "./release-change";
import { kindOfKey } from "./resource-diff";
import { cleanText, toRowsJson, withoutNul } from "./to-rows-json";
import type { TransitionWriter } from "./transition-writer";

/** Small, because pages that are asked for meanwhile wait for every one of these statements on an embedded database. */
const PAGE_ROWS = 1_000;

const INSERT_FINDINGS = `INSERT INTO finding (id, cluster_id, public_id, fingerprint, control_id, layer, resource_id, locator, first_seq)
  SELECT id, $2, public_id, decode(fingerprint, 'hex'), control_id, layer, resource_id, locator, $3
  FROM jsonb_to_recordset($1::jsonb) AS x(id bigint, public_id text, fingerprint text, control_id text, layer text, resource_id bigint, locator text)
  ON CONFLICT (public_id) DO NOTHING`;
const FINDINGS: CopyTarget = {
  table: "finding",
  columns: {
    id: "int8",
    cluster_id: "int8",
    public_id: "text",
    fingerprint: "hex",
    control_id: "text",
    layer: "text",
    resource_id: "int8",
    locator: "text",
    first_seq: "int4",
  },
};
const SPANS: CopyTarget = {
  table: "finding_span",
  columns: {
    finding_id: "int8",
    cluster_id: "int8",
    opened_seq: "int4",
    open_since_seq: "int4",
    scope: "text",
    state: "text",
    severity: "text",
    reason: "text",
    evidence: "json",
    digest: "hex",
    opened_cause: "text",
  },
};
const CLOSE_SPANS = `UPDATE finding_span s SET closed_seq = $2, closed_cause = x.cause
  FROM unnest($1::bigint[], $3::text[]) AS x(id, cause) WHERE s.id = x.id`;
const MARK_STALE = `UPDATE finding_span s SET stale_since_seq = $2, stale_reason = x.reason
  FROM unnest($1::bigint[], $3::text[]) AS x(id, reason) WHERE s.id = x.id`;
/** What is stale already begins a span of its own when the reason changes: an earlier page goes on giving the reason of its time. */
const MARK_STALE_AGAIN = `INSERT INTO finding_span (finding_id, cluster_id, opened_seq, open_since_seq, scope, state, severity, reason, evidence,
    digest, opened_cause, stale_since_seq, stale_reason)
  SELECT s.finding_id, s.cluster_id, $2, s.open_since_seq, s.scope, s.state, s.severity, s.reason, s.evidence, s.digest, 'reread', $2, x.reason
  FROM finding_span s JOIN unnest($1::bigint[], $3::text[]) AS x(id, reason) ON s.id = x.id`;

export interface VerdictDiffOptions {
  readonly spans: Map<string, KnownSpan>;
  /** At once for what is known: a large scan asks once for each finding. */
  readonly resourceOf: (verdict: VerdictInput) => KnownResource | Promise<KnownResource>;
  readonly resourceById: ReadonlyMap<number, KnownResource>;
  readonly writer: TransitionWriter;
  readonly clusterId: number;
  readonly seq: number;
  readonly release: ReleaseChange;
  readonly settingsChange: SettingsChange | null;
  readonly staleSettingsChanges: readonly SettingsChange[];
  readonly isJudged: (controlId: string) => boolean;
}

/** A row of the table `finding`. */
interface NewFinding {
  readonly id: number;
  readonly public_id: string;
  readonly fingerprint: string;
  readonly control_id: string;
  readonly layer: string;
  readonly resource_id: number;
  readonly locator: string;
}

/** Spans by id, each with why it could not be assessed. */
interface StaleMarks {
  readonly ids: number[];
  readonly reasons: (string | null)[];
}

interface Fresh {
  readonly verdict: VerdictInput;
  readonly resource: KnownResource;
}

/** What ended, but why is not told by what changed in the cluster alone. */
interface Undecided extends Asked {
  readonly span: KnownSpan;
  readonly isChanged: boolean;
}

/** What says something of its subject stays as it last was where nobody can tell any more; an open question is only asked anew. */
function isJudgement(state: VerdictInput["state"]): boolean {
  return state === "fail" || state === "waived";
}

/** Of objects of which the last snapshot could assess nothing, by their ids, one finding that tells when that was possible last. */
function findUnassessed(spans: ReadonlyMap<string, KnownSpan>): ReadonlyMap<number, number> {
  const unassessed = new Map<number, number>();
  for (const { resourceId, findingId, isStale } of spans.values()) if (isStale) unassessed.set(resourceId, findingId);
  if (unassessed.size > 0) for (const { resourceId, isStale } of spans.values()) if (!isStale) unassessed.delete(resourceId);
  return unassessed;
}

/** Compares the verdicts of a scan with the open spans, and writes spans that began or ended. */
export class VerdictDiff {
  readonly counter = new Counter();
  readonly #o: VerdictDiffOptions;
  readonly #ids: IdBlock;
  readonly #unassessed: ReadonlyMap<number, number>;
  readonly #added = new Set<string>();
  /** Pages of which the database left rows out, because somebody has their public ids. */
  readonly #refused: NewFinding[] = [];
  #fresh: Fresh[] = [];
  #spans: Cell[][] = [];
  #closedIds: number[] = [];
  #closedCauses: ClosedCause[] = [];
  readonly #newlyStale: StaleMarks = { ids: [], reasons: [] };
  readonly #staleAnew: StaleMarks = { ids: [], reasons: [] };
  readonly #stale: StaleFinding[] = [];

  constructor(options: VerdictDiffOptions) {
    this.#o = options;
    this.#ids = new IdBlock(options.writer, "finding");
    this.#unassessed = findUnassessed(options.spans);
  }

  async take(verdicts: readonly VerdictInput[]): Promise<void> {
    for (const verdict of verdicts) {
      const known = this.#o.spans.get(verdict.fingerprint);
      if (known !== undefined) this.#compare(known, verdict);
      else if (!this.#added.has(verdict.fingerprint)) {
        this.#added.add(verdict.fingerprint);
        const found = this.#o.resourceOf(verdict);
        this.#fresh.push({ verdict, resource: found instanceof Promise ? await found : found });
        if (this.#fresh.length >= PAGE_ROWS) await this.#identify();
      }
      if (this.#spans.length >= PAGE_ROWS) await this.#flush();
    }
  }

  /** Ends what no verdict confirmed, except where nothing could be assessed. Returns what stays open as stale. */
  async finish(staleKinds: ReadonlyMap<string, string>): Promise<readonly StaleFinding[]> {
    await this.#identify();
    const undecided: Undecided[] = [];
    for (const span of this.#o.spans.values()) {
      if (span.isSeen) continue;
      const resource = this.#o.resourceById.get(span.resourceId);
      const gap = resource === undefined || resource.change === "gone" ? undefined : staleKinds.get(kindOfKey(resource.key));
      if (resource?.change !== "gone" && !this.#o.isJudged(span.controlId)) this.#close(span, "control-off");
      else if (gap !== undefined) this.#keepStale(span, gap, null);
      else {
        const cause = this.#whyClosed(span, resource);
        if (cause === null) undecided.push({ resourceId: span.resourceId, spanId: span.id, evidence: null, span, isChanged: resource?.change === "changed" });
        else this.#close(span, cause);
      }
    }
    await this.#closeUndecided(undecided);
    await this.#flush();
    const { writer, seq } = this.#o;
    const [marks, anew] = [this.#newlyStale, this.#staleAnew];
    if (marks.ids.length > 0) await writer.push(MARK_STALE, [marks.ids, seq, marks.reasons], marks.ids.length);
    if (anew.ids.length > 0) await writer.push(MARK_STALE_AGAIN, [anew.ids, seq, anew.reasons], anew.ids.length);
    return this.#stale;
  }

  #compare(known: KnownSpan, verdict: VerdictInput): void {
    if (known.isSeen) return;
    known.isSeen = true;
    const hasMoved = known.scope !== verdict.scope;
    const isSame = known.digest === verdict.digest && known.state === verdict.state && known.severity === verdict.severity && !hasMoved;
    if (verdict.state === "unknown" && isJudgement(known.state)) this.#keepStale(known, verdict.reason, verdict.scope);
    else if (isSame && !known.isStale) this.counter.addOpen(known);
    else {
      const wasUnknown = known.state === "unknown" && verdict.state !== "unknown";
      const isWaived = known.state !== "waived" && verdict.state === "waived";
      // What was not assessed when the settings changed moves when it is again.
      const cause = isSame ? "reread" : hasMoved && (this.#o.settingsChange || known.isStale) ? "settings" : "changed";
      this.#close(known, isWaived ? "exception" : cause, verdict);
      this.#open(known.findingId, verdict, wasUnknown ? this.#o.seq : known.openSinceSeq, cause);
      if (verdict.state === "fail" && (known.state !== "fail" || hasMoved)) this.counter.addOpened(verdict.scope);
    }
  }

  #keepStale(span: KnownSpan, why: string | null, askedIn: Scope | null): void {
    span.isSeen = true;
    const reason = why === null ? null : cleanText(why);
    const resource = this.#o.resourceById.get(span.resourceId);
    if (!span.isStale) {
      this.#newlyStale.ids.push(span.id);
      this.#newlyStale.reasons.push(reason);
    } else if (span.staleReason !== reason) {
      this.#closedIds.push(span.id);
      this.#closedCauses.push("reread");
      this.#staleAnew.ids.push(span.id);
      this.#staleAnew.reasons.push(reason);
    }
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
    });
  }

  #close(span: KnownSpan, cause: ClosedCause, next: Pick<VerdictInput, "state" | "scope"> | null = null): void {
    this.#closedIds.push(span.id);
    this.#closedCauses.push(cause);
    if (span.state === "fail" && (next?.state !== "fail" || next.scope !== span.scope)) this.counter.addClosed(span.scope);
  }

  #open(findingId: number, verdict: VerdictInput, since: number, cause: OpenedCause): void {
    const { scope, state, severity, reason, digest, layer } = verdict;
    const { clusterId, seq } = this.#o;
    this.#spans.push([findingId, clusterId, seq, since, scope, state, severity, reason, withoutNul(verdict.evidence), digest, cause]);
    this.counter.addOpen({ state, severity, layer, scope, isStale: false });
  }

  /**
   * What today's objects fail by the settings of before was closed by the settings, whatever else changed of its object: nobody fixed it. Null where it was
   * fixed, or is judged otherwise by another release.
   */
  #whyClosed({ controlId, fingerprint, isStale }: KnownSpan, resource: KnownResource | undefined): ClosedCause | null {
    const { settingsChange, staleSettingsChanges, release } = this.#o;
    if (resource?.change === "gone") return "resource-gone";
    const by = [settingsChange, ...(isStale ? staleSettingsChanges : [])].find((change) => change?.failsByOld.has(fingerprint));
    if (by) return by.isControlChanged(controlId) ? "control-changed" : "settings";
    return release.isReleased(controlId) && (release.isNew || isStale) ? null : "fixed";
  }

  /** What was stale was judged last by the release of its time. */
  async #closeUndecided(undecided: readonly Undecided[]): Promise<void> {
    const { release, clusterId } = this.#o;
    const stale = undecided.flatMap(({ span }) => (span.isStale ? span.findingId : []));
    const byAnother = await release.listJudgedByAnother(clusterId, stale);
    const isByRelease = ({ span }: Undecided): boolean => (span.isStale ? byAnother.has(span.findingId) : release.isNew);
    const touched = await release.listTouched(undecided.filter((one) => one.isChanged && isByRelease(one)));
    for (const one of undecided) this.#close(one.span, touched.has(one) || !isByRelease(one) ? "fixed" : "control-changed");
  }

  /** The counterpart: what would not fail by the settings of before was opened by them, unless its object is new. */
  #whyOpened({ controlId, fingerprint, state }: VerdictInput, resource: KnownResource, isByRelease: boolean): OpenedCause {
    const { settingsChange, staleSettingsChanges } = this.#o;
    if (this.#o.seq === 1) return "first-scan";
    if (resource.change === "new") return "new-resource";
    const changes = [settingsChange, ...(this.#unassessed.has(resource.id) ? staleSettingsChanges : [])];
    const by = state === "fail" ? changes.find((change) => change?.failsByOld.has(fingerprint) === false) : undefined;
    if (by) return by.isControlChanged(controlId) ? "new-catalogue" : "settings";
    if (isByRelease) return "new-catalogue";
    return resource.change === "changed" ? "changed-resource" : "changed-context";
  }

  /** Of what failed first after another release came, what nobody brought about by changing its object. */
  async #findByRelease(fresh: readonly Fresh[]): Promise<ReadonlySet<Fresh>> {
    const { release, clusterId } = this.#o;
    const staleOf = ({ resource }: Fresh): number | undefined => this.#unassessed.get(resource.id);
    const byAnother = await release.listJudgedByAnother(
      clusterId,
      fresh.flatMap((one) => staleOf(one) ?? []),
    );
    const isByAnother = (stale: number | undefined): boolean => (stale === undefined ? release.isNew : byAnother.has(stale));
    const judged = fresh.filter((one) => isByAnother(staleOf(one)) && release.isReleased(one.verdict.controlId));
    const asked = judged.flatMap((one) => {
      const { verdict, resource } = one;
      return resource.change === "changed" ? [{ resourceId: resource.id, spanId: null, evidence: withoutNul(verdict.evidence), one }] : [];
    });
    const touched = new Set([...(await release.listTouched(asked))].map(({ one }) => one));
    return new Set(judged).difference(touched);
  }

  /** Finds or makes the finding of each verdict without an open span, and opens one. */
  async #identify(): Promise<void> {
    const fresh = this.#fresh;
    this.#fresh = [];
    if (fresh.length === 0) return;
    const existing = await this.#findExisting(fresh);
    const missing = fresh.filter(({ verdict }) => !existing.has(verdict.fingerprint));
    await this.#insertFindings(missing, existing);
    const byRelease = await this.#findByRelease(fresh);
    for (const one of fresh) {
      const { verdict, resource } = one;
      const findingId = existing.get(verdict.fingerprint);
      if (findingId === undefined) continue;
      this.#open(findingId, verdict, this.#o.seq, this.#whyOpened(verdict, resource, byRelease.has(one)));
      if (verdict.state === "fail") this.counter.addOpened(verdict.scope);
    }
    await this.#flush();
  }

  async #findExisting(fresh: readonly Fresh[]): Promise<Map<string, number>> {
    if (this.#o.seq === 1) return new Map();
    const rows = await this.#o.writer.query<{ id: number; fingerprint: string }>(
      "SELECT id, encode(fingerprint, 'hex') AS fingerprint FROM finding WHERE cluster_id = $1 AND fingerprint = ANY($2::bytea[])",
      [this.#o.clusterId, fresh.map(({ verdict }) => Buffer.from(verdict.fingerprint, "hex"))],
    );
    return new Map(rows.map((row) => [row.fingerprint, row.id]));
  }

  async #insertFindings(missing: readonly Fresh[], existing: Map<string, number>): Promise<void> {
    if (missing.length === 0) return;
    await this.#ids.reserve(missing.length);
    const rows = missing.map(({ verdict, resource }): NewFinding => {
      const id = this.#ids.take();
      existing.set(verdict.fingerprint, id);
      const { fingerprint, controlId, layer, locator } = verdict;
      const publicId = toPublicId(this.#o.clusterId, fingerprint);
      return { id, public_id: publicId, fingerprint, control_id: controlId, layer, resource_id: resource.id, locator };
    });
    const { clusterId, seq } = this.#o;
    const cells = rows.map((row) => [row.id, clusterId, row.public_id, row.fingerprint, row.control_id, row.layer, row.resource_id, row.locator, seq]);
    await this.#o.writer.copy(FINDINGS, cells, {
      sql: INSERT_FINDINGS,
      values: () => [toRowsJson(rows), clusterId, seq],
      onWritten: (written) => {
        if (written < rows.length) this.#refused.push(...rows);
      },
    });
  }

  /** To be called when all pages are written: gives a longer public id to each finding whose own somebody else has. */
  async settle(): Promise<void> {
    const { writer, clusterId, seq } = this.#o;
    for (let rows = this.#refused.splice(0); rows.length > 0; ) {
      const stored = await writer.query<{ id: number }>("SELECT id FROM finding WHERE id = ANY($1::bigint[])", [rows.map((row) => row.id)]);
      const ids = new Set(stored.map((row) => row.id));
      rows = rows.filter((row) => !ids.has(row.id)).map((row) => ({ ...row, public_id: lengthenPublicId(clusterId, row.fingerprint, row.public_id) }));
      if (rows.length > 0) await writer.query(INSERT_FINDINGS, [toRowsJson(rows), clusterId, seq]);
    }
  }

  async #flush(): Promise<void> {
    const { writer, seq } = this.#o;
    const [spans, closedIds, causes] = [this.#spans, this.#closedIds, this.#closedCauses];
    this.#spans = [];
    this.#closedIds = [];
    this.#closedCauses = [];
    if (closedIds.length > 0) await writer.push(CLOSE_SPANS, [closedIds, seq, causes], closedIds.length);
    if (spans.length > 0) await writer.copy(SPANS, spans);
  }
}
