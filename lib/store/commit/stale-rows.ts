import "server-only";
import { packIds } from "../id-bits";
import type { AgainRows } from "./again-rows";
import type { Cell, CopyTarget } from "./copy-rows";
import type { KnownSpan } from "./open-state";
import type { TransitionWriter } from "./transition-writer";

const PERIODS: CopyTarget = {
  table: "stale_period",
  columns: { cluster_id: "int8", from_seq: "int4", to_seq: "int4", reason: "text", first_id: "int8", findings: "bytes" },
};
const MARK = `UPDATE finding_span s SET stale_since_seq = $2, stale_reason = x.reason
  FROM unnest($1::bigint[], $3::text[]) AS x(id, reason) WHERE s.id = x.id`;
const CLEAR = "UPDATE finding_span SET stale_since_seq = NULL, stale_reason = NULL WHERE id = ANY($1::bigint[])";
const PAGE = 1_000;

/** Findings that were stale from one snapshot on, for one reason. */
interface Over {
  readonly fromSeq: number;
  readonly reason: string | null;
  readonly findingIds: number[];
}

interface StaleRowsOptions {
  readonly writer: TransitionWriter;
  readonly clusterId: number;
  readonly seq: number;
  readonly again: AgainRows;
}

/**
 * Writes what goes stale and what is fresh again. A span tells of the last time that it was stale; one that is over, and after which it is as before, is told
 * in one row for all that were stale for one reason: what can be read every other time would cost a span for each of its findings each time.
 */
export class StaleRows {
  readonly #o: StaleRowsOptions;
  readonly #over = new Map<string, Over>();
  readonly #fresh: number[] = [];
  readonly #marked: number[] = [];
  readonly #reasons: (string | null)[] = [];

  constructor(options: StaleRowsOptions) {
    this.#o = options;
  }

  /** From now on it is stale, or stale for another reason: earlier pages go on giving the one of their time. */
  mark(span: KnownSpan, reason: string | null): void {
    this.#end(span);
    if (this.#o.again.change(span, { staleSinceSeq: this.#o.seq, staleReason: reason })) return;
    this.#marked.push(span.id);
    this.#reasons.push(reason);
  }

  clear(span: KnownSpan): void {
    this.#end(span);
    if (!this.#o.again.change(span, { staleSinceSeq: null, staleReason: null })) this.#fresh.push(span.id);
  }

  #end({ staleSinceSeq: fromSeq, staleReason: reason, findingId }: KnownSpan): void {
    if (fromSeq === null) return;
    const key = JSON.stringify([fromSeq, reason]);
    const known = this.#over.get(key);
    if (known) known.findingIds.push(findingId);
    else this.#over.set(key, { fromSeq, reason, findingIds: [findingId] });
  }

  /** Periods first: pages that are read on an embedded database meanwhile find what was stale in the one or the other. */
  async flush(): Promise<void> {
    const { writer, clusterId, seq } = this.#o;
    const cells = [...this.#over.values()].flatMap(({ fromSeq, reason, findingIds }) =>
      packIds(findingIds).map(({ firstId, bits }): Cell[] => [clusterId, fromSeq, seq, reason, firstId, bits]),
    );
    for (let from = 0; from < cells.length; from += PAGE) await writer.copy(PERIODS, cells.slice(from, from + PAGE));
    for (let from = 0; from < this.#fresh.length; from += PAGE) {
      const page = this.#fresh.slice(from, from + PAGE);
      await writer.push(CLEAR, [page], page.length);
    }
    if (this.#marked.length > 0) await writer.push(MARK, [this.#marked, seq, this.#reasons], this.#marked.length);
  }
}
