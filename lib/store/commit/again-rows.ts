import "server-only";
import { packIds, type IdBits, unpackIds } from "../id-bits";
import type { OpenedCause, VerdictInput } from "./commit-input";
import type { KnownSpan } from "./open-state";
import type { TransitionWriter } from "./transition-writer";

/** A span that begins in this scan. */
export interface NewSpan extends Pick<VerdictInput, "scope" | "state" | "severity" | "digest"> {
  readonly findingId: number;
  readonly since: number;
  readonly cause: OpenedCause;
}

/** A row of `span_again` without the ids that it is of. */
interface Time {
  readonly fromSeq: number;
  readonly toSeq: number | null;
  readonly openSinceSeq: number;
  readonly openedCause: string;
  readonly closedCause: string | null;
  readonly staleSinceSeq: number | null;
  readonly staleReason: string | null;
}

const PAGE_ROWS = 1_000;
/** So many of each finding, the youngest: what says something else each time would be compared with all that it ever said. */
const EARLIER_ROWS = 8;
/** What findings said before, of what they say now. An earlier release kept what it said in the span. */
const EARLIER = `SELECT x.place, e.id FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS x(finding_id, scope, severity, digest, place)
  CROSS JOIN LATERAL (SELECT s.id, s.opened_seq FROM (SELECT * FROM finding_span WHERE finding_id = x.finding_id ORDER BY opened_seq DESC LIMIT ${EARLIER_ROWS}) s
    WHERE s.closed_seq < $5 AND s.state = 'unknown' AND s.scope = x.scope AND s.severity = x.severity AND s.digest = decode(x.digest, 'hex')
      AND s.reason IS NULL AND s.evidence IS NULL ORDER BY s.opened_seq DESC LIMIT 1) e`;
const CHANGED = `SELECT from_seq AS "fromSeq", to_seq AS "toSeq", open_since_seq AS "openSinceSeq", opened_cause AS "openedCause", closed_cause AS "closedCause",
    stale_since_seq AS "staleSinceSeq", stale_reason AS "staleReason", first_id AS "firstId", spans AS bits
  FROM span_again WHERE id = ANY($1::bigint[])`;
/** In one statement: pages that are read on an embedded database meanwhile must find each span once. */
const REWRITE = `WITH old AS (DELETE FROM span_again WHERE id = ANY($1::bigint[]))
  INSERT INTO span_again (cluster_id, from_seq, to_seq, open_since_seq, opened_cause, closed_cause, stale_since_seq, stale_reason, first_id, spans)
  SELECT $2, x.* FROM unnest($3::int[], $4::int[], $5::int[], $6::text[], $7::text[], $8::int[], $9::text[], $10::bigint[], $11::bytea[]) AS x`;

interface AgainRowsOptions {
  readonly writer: TransitionWriter;
  readonly clusterId: number;
  readonly seq: number;
}

/**
 * Writes spans that ended and hold again, as they were: one row for all that begin and end together. What cannot be told while a kind is not read would cost
 * a span for each of its findings each time. Only what was not assessed goes on so: readers of what fails need to know of the spans alone.
 */
export class AgainRows {
  readonly #o: AgainRowsOptions;
  readonly #begun = new Map<string, { readonly time: Time; readonly ids: number[] }>();
  readonly #changes = new Map<number, Partial<Time>>();
  readonly #changedRows = new Set<number>();

  constructor(options: AgainRowsOptions) {
    this.#o = options;
  }

  /** Takes those that held before. Gives the others, which are to be written as spans. */
  async begin(spans: readonly NewSpan[]): Promise<readonly NewSpan[]> {
    const { writer, seq } = this.#o;
    const asked = spans.filter(({ state }) => state === "unknown");
    if (seq === 1 || asked.length === 0) return spans;
    const again = new Set<NewSpan>();
    for (let from = 0; from < asked.length; from += PAGE_ROWS) {
      const page = asked.slice(from, from + PAGE_ROWS);
      const columns = (["findingId", "scope", "severity", "digest"] as const).map((name) => page.map((span) => span[name]));
      for (const { place, id } of await writer.query<{ place: number; id: number }>(EARLIER, [...columns, seq])) {
        const span = page[place - 1];
        if (!span) continue;
        again.add(span);
        const ended = { toSeq: null, closedCause: null, staleSinceSeq: null, staleReason: null };
        this.#add({ fromSeq: seq, openSinceSeq: span.since, openedCause: span.cause, ...ended }, id);
      }
    }
    return spans.filter((span) => !again.has(span));
  }

  /** What is otherwise of a span from now on. False = it holds for the first time, and its own row is to be changed. */
  change({ id, againId }: KnownSpan, change: Partial<Time>): boolean {
    if (againId === null) return false;
    this.#changedRows.add(againId);
    this.#changes.set(id, change);
    return true;
  }

  /** To be called once, when all is known. */
  async flush(): Promise<void> {
    const { writer, clusterId } = this.#o;
    const changed = [...this.#changedRows];
    const rows = changed.length === 0 ? [] : await writer.query<Time & IdBits>(CHANGED, [changed]);
    for (const { firstId, bits, ...time } of rows) for (const id of unpackIds({ firstId, bits })) this.#add({ ...time, ...this.#changes.get(id) }, id);
    const written = [...this.#begun.values()].flatMap(({ time, ids }) => packIds(ids).map((packed) => ({ ...time, ...packed })));
    if (written.length === 0) return;
    const column = <Name extends keyof (Time & IdBits)>(name: Name) => written.map((row) => row[name]);
    const names = ["fromSeq", "toSeq", "openSinceSeq", "openedCause", "closedCause", "staleSinceSeq", "staleReason", "firstId"] as const;
    await writer.push(REWRITE, [changed, clusterId, ...names.map(column), written.map(({ bits }) => Buffer.from(bits))], written.length);
  }

  #add(time: Time, id: number): void {
    const { fromSeq, toSeq, openSinceSeq, openedCause, closedCause, staleSinceSeq, staleReason } = time;
    const key = JSON.stringify([fromSeq, toSeq, openSinceSeq, openedCause, closedCause, staleSinceSeq, staleReason]);
    const known = this.#begun.get(key);
    if (known) known.ids.push(id);
    else this.#begun.set(key, { time, ids: [id] });
  }
}
