import "server-only";
import { lengthenPublicId, toPublicId } from "../public-id";
import { AgainRows, type NewSpan } from "./again-rows";
import type { ClosedCause, OpenedCause, VerdictInput } from "./commit-input";
import type { Cell, CopyTarget } from "./copy-rows";
import { EvidenceRows } from "./evidence-rows";
import { IdBlock } from "./id-block";
import type { KnownResource, KnownSpan } from "./open-state";
import { StaleRows } from "./stale-rows";
import { toRowsJson } from "./to-rows-json";
import type { TransitionWriter } from "./transition-writer";

/** Small, because pages that are asked for meanwhile wait for every one of these statements on an embedded database. */
export const PAGE_ROWS = 1_000;

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
    digest: "hex",
    opened_cause: "text",
  },
};
const CLOSE_SPANS = `UPDATE finding_span s SET closed_seq = $2, closed_cause = x.cause
  FROM unnest($1::bigint[], $3::text[]) AS x(id, cause) WHERE s.id = x.id`;
/** No snapshot shows this span: it ends where it begins, and the period that was covered with it. */
const END_COVERED = `INSERT INTO finding_span (finding_id, cluster_id, opened_seq, closed_seq, open_since_seq, scope, state, severity, reason, evidence, digest,
    opened_cause, closed_cause)
  SELECT s.finding_id, s.cluster_id, $2, $2, s.open_since_seq, s.scope, s.state, s.severity, s.reason, s.evidence, s.digest, 'uncovered', x.cause
  FROM finding_span s JOIN unnest($1::bigint[], $3::text[]) AS x(id, cause) ON s.id = x.id`;

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

interface Found {
  readonly verdict: VerdictInput;
  readonly resource: KnownResource;
}

interface FindingRowsOptions {
  readonly writer: TransitionWriter;
  readonly clusterId: number;
  readonly seq: number;
}

/** Writes findings, and spans that begin, end or go stale, in pages. */
export class FindingRows {
  readonly #o: FindingRowsOptions;
  readonly #ids: IdBlock;
  /** Pages of which the database left rows out, because somebody has their public ids. */
  readonly #refused: NewFinding[] = [];
  #spans: NewSpan[] = [];
  readonly #evidence: EvidenceRows;
  #closedIds: number[] = [];
  #closedCauses: ClosedCause[] = [];
  readonly #again: AgainRows;
  readonly #stale: StaleRows;

  constructor(options: FindingRowsOptions) {
    this.#o = options;
    this.#ids = new IdBlock(options.writer, "finding");
    this.#evidence = new EvidenceRows(options);
    this.#again = new AgainRows(options);
    this.#stale = new StaleRows({ ...options, again: this.#again });
  }

  /** Whether a page is full. */
  get isFull(): boolean {
    return this.#spans.length >= PAGE_ROWS;
  }

  open(findingId: number, verdict: VerdictInput, since: number, cause: OpenedCause): void {
    const { scope, state, severity, digest } = verdict;
    this.#spans.push({ findingId, since, scope, state, severity, digest, cause });
    this.#evidence.add(verdict);
  }

  close(span: KnownSpan, cause: ClosedCause): void {
    if (this.#again.change(span, { toSeq: this.#o.seq, closedCause: cause })) return;
    this.#closedIds.push(span.id);
    this.#closedCauses.push(cause);
  }

  markStale(span: KnownSpan, reason: string | null): void {
    this.#stale.mark(span, reason);
  }

  /** What was stale could be assessed again, and is as it was. */
  markFresh(span: KnownSpan): void {
    this.#stale.clear(span);
  }

  /** The findings of these verdicts, by fingerprint; those that were never seen are made. */
  async identify(found: readonly Found[]): Promise<ReadonlyMap<string, number>> {
    const existing = await this.#findExisting(found);
    await this.#insertFindings(
      found.filter(({ verdict }) => !existing.has(verdict.fingerprint)),
      existing,
    );
    return existing;
  }

  async #findExisting(found: readonly Found[]): Promise<Map<string, number>> {
    if (this.#o.seq === 1) return new Map();
    const rows = await this.#o.writer.query<{ id: number; fingerprint: string }>(
      "SELECT id, encode(fingerprint, 'hex') AS fingerprint FROM finding WHERE cluster_id = $1 AND fingerprint = ANY($2::bytea[])",
      [this.#o.clusterId, found.map(({ verdict }) => Buffer.from(verdict.fingerprint, "hex"))],
    );
    return new Map(rows.map((row) => [row.fingerprint, row.id]));
  }

  async #insertFindings(missing: readonly Found[], existing: Map<string, number>): Promise<void> {
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

  /** Writes what is still collected. */
  async flush(): Promise<void> {
    const { writer, clusterId, seq } = this.#o;
    const [spans, closedIds, causes] = [this.#spans, this.#closedIds, this.#closedCauses];
    this.#spans = [];
    this.#closedIds = [];
    this.#closedCauses = [];
    if (closedIds.length > 0) await writer.push(CLOSE_SPANS, [closedIds, seq, causes], closedIds.length);
    await this.#evidence.flush();
    const added = await this.#again.begin(spans);
    const cells = added.map(({ findingId, since, scope, state, severity, digest, cause }): Cell[] => [
      ...[findingId, clusterId, seq, since, scope, state, severity, digest, cause],
    ]);
    if (cells.length > 0) await writer.copy(SPANS, cells);
  }

  /** Ends the periods of what another finding covered since these spans, each for its cause. */
  async endCovered(spanIds: readonly number[], causes: readonly ClosedCause[]): Promise<void> {
    if (spanIds.length > 0) await this.#o.writer.push(END_COVERED, [spanIds, this.#o.seq, causes], spanIds.length);
  }

  /** Writes the marks, and what holds again, once every verdict is taken. */
  async flushMarks(): Promise<void> {
    await this.#stale.flush();
    await this.#again.flush();
  }
}
