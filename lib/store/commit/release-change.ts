import "server-only";
import type { Evidence } from "@/lib/model/verdict";
import { lastJudgedSeq } from "../findings/list-last-judged";
import { unpackManifest } from "../manifest-body";
import type { ReleaseRules } from "./commit-input";
import type { TransitionWriter } from "./transition-writer";

/** A failure of an object that has another version since this scan. Its evidence is that of the span when it is left out. */
export interface Asked {
  readonly resourceId: number;
  readonly spanId: number | null;
  /** JSON of `Evidence[]`. */
  readonly evidence: string | null;
}

interface Row {
  readonly place: number;
  readonly evidence: readonly Evidence[];
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Of few at a time: bodies may be long. */
const PAGE = 200;
const SQL = `SELECT x.place, coalesce(x.evidence, s.evidence) AS evidence, o.body AS before, n.body AS after
  FROM unnest($2::bigint[], $3::bigint[], $4::jsonb[]) WITH ORDINALITY AS x(resource_id, span_id, evidence, place)
  JOIN resource_version o ON o.resource_id = x.resource_id AND o.to_seq = $1
  JOIN resource_version n ON n.resource_id = x.resource_id AND n.from_seq = $1
  LEFT JOIN finding_span s ON s.id = x.span_id`;

const JUDGED_BY_ANOTHER = `SELECT x.id FROM unnest($2::bigint[]) AS x(id)
  JOIN snapshot n ON n.cluster_id = $1 AND n.seq = ${lastJudgedSeq("x.id")} WHERE split_part(n.catalogue_version, '+', 1) <> $3`;

/** Of catalogues: which judged the last snapshot (null = there is none), and which judges now. */
interface Versions {
  readonly before: string | null;
  readonly now: string;
}

/** The catalogue without what a cluster's people changed of it, which stands behind the plus sign: what that did is told by `settingsChange`. */
function releaseOf(catalogueVersion: string): string {
  return catalogueVersion.split("+")[0] ?? "";
}

/**
 * What tells, in the first scan by another release, a fix from a control that judges otherwise now: what the one before would have said nobody knows, but
 * where the very field that failed is another one, somebody changed it.
 */
export class ReleaseChange {
  /** Another release judged the last snapshot. */
  readonly isNew: boolean;
  readonly #writer: TransitionWriter;
  readonly #seq: number;
  readonly #rules: ReleaseRules;
  readonly #now: string;

  constructor(writer: TransitionWriter, seq: number, rules: ReleaseRules, { before, now }: Versions) {
    this.#writer = writer;
    this.#seq = seq;
    this.#rules = rules;
    this.#now = releaseOf(now);
    this.isNew = before !== null && releaseOf(before) !== this.#now;
  }

  isReleased(controlId: string): boolean {
    return this.#rules.isReleased(controlId);
  }

  /** Those of which a field that the evidence names was changed. */
  async listTouched<Of extends Asked>(asked: readonly Of[]): Promise<ReadonlySet<Of>> {
    const touched = new Set<Of>();
    if (asked.length > 0) await this.#writer.begin(); // so that the versions of this scan are written
    for (let from = 0; from < asked.length; from += PAGE) {
      const page = asked.slice(from, from + PAGE);
      const values = [this.#seq, page.map((one) => one.resourceId), page.map((one) => one.spanId), page.map((one) => one.evidence)];
      for (const { place, evidence, before, after } of await this.#writer.query<Row>(SQL, values)) {
        const one = page[place - 1];
        const [old, now]: unknown[] = [before, after].map((body) => JSON.parse(unpackManifest(body)));
        if (one && this.#rules.hasChanged(evidence, old, now)) touched.add(one);
      }
    }
    return touched;
  }

  /** Of stale findings, by their ids, those that another release assessed last. */
  async listJudgedByAnother(clusterId: number, findingIds: readonly number[]): Promise<ReadonlySet<number>> {
    if (findingIds.length === 0) return new Set();
    const rows = await this.#writer.query<{ id: number }>(JUDGED_BY_ANOTHER, [clusterId, findingIds, this.#now]);
    return new Set(rows.map(({ id }) => id));
  }
}
