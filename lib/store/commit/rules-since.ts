import "server-only";
import { evidenceOf } from "../evidence-of";
import type { Evidence } from "@/lib/model/verdict";
import { listLastJudged } from "../as-of/last-judged";
import { unpackManifest } from "../manifest-body";
import type { ReleaseRules, SettingsChange } from "./commit-input";
import type { TransitionWriter } from "./transition-writer";

/** A failure, and the snapshot that assessed its object last. Its evidence is that of the span when it is left out. */
export interface Asked {
  readonly resourceId: number;
  readonly judgedSeq: number;
  readonly spanId: number | null;
  /** JSON of `Evidence[]`. */
  readonly evidence: string | null;
}

/** What judges otherwise than at an earlier snapshot. */
export interface RulesChange {
  readonly settings: SettingsChange | null;
  /** Another release judged that one. */
  readonly isOtherRelease: boolean;
  /** Of its catalogue; null = not kept. */
  readonly controls: ReadonlySet<string> | null;
}

interface Row {
  readonly place: number;
  readonly evidence: readonly Evidence[];
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Of few at a time: bodies may be long. */
const PAGE = 200;
/** Of objects that have another version now than when they were assessed last. */
const VERSIONS = `SELECT x.place, coalesce(x.evidence, ${evidenceOf("s")}) AS evidence, o.body AS before, n.body AS after
  FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::jsonb[]) WITH ORDINALITY AS x(resource_id, judged_seq, span_id, evidence, place)
  JOIN LATERAL (SELECT id, body FROM resource_version v
    WHERE v.resource_id = x.resource_id AND v.from_seq <= x.judged_seq AND (v.to_seq IS NULL OR v.to_seq > x.judged_seq) LIMIT 1) o ON true
  JOIN LATERAL (SELECT id, body FROM resource_version v WHERE v.resource_id = x.resource_id AND v.to_seq IS NULL LIMIT 1) n ON n.id <> o.id
  LEFT JOIN finding_span s ON s.id = x.span_id`;
const CATALOGUE = `SELECT s.catalogue_version AS version, (SELECT jsonb_agg(entry->'id') FROM jsonb_array_elements(c.controls) AS entry) AS ids
  FROM snapshot s LEFT JOIN catalogue c ON c.version = s.catalogue_version WHERE s.cluster_id = $1 AND s.seq = $2`;
const THERE = `SELECT x.id FROM unnest($1::bigint[], $2::bigint[], $3::int[]) AS x(id, resource_id, seq)
  WHERE EXISTS (SELECT FROM resource_version v WHERE v.resource_id = x.resource_id AND v.from_seq <= x.seq AND (v.to_seq IS NULL OR v.to_seq > x.seq))`;
/** The catalogue without what a cluster's people changed of it, which stands behind the plus sign: what that did is told by the settings. */
function releaseOf(catalogueVersion: string): string {
  return catalogueVersion.split("+")[0] ?? "";
}

interface RulesSinceOptions {
  readonly writer: TransitionWriter;
  readonly clusterId: number;
  readonly catalogueVersion: string;
  readonly release: ReleaseRules;
  readonly settingsChangeSince: (seq: number) => Promise<SettingsChange | null>;
}

/** What settings and releases changed since the snapshot that assessed something last, which is the last one but for what could not be read or told. */
export class RulesSince {
  readonly #o: RulesSinceOptions;
  readonly #changes = new Map<number, Promise<RulesChange>>();

  constructor(options: RulesSinceOptions) {
    this.#o = options;
  }

  since(seq: number): Promise<RulesChange> {
    const known = this.#changes.get(seq);
    if (known) return known;
    const change = this.#find(seq);
    this.#changes.set(seq, change);
    return change;
  }

  isReleased(controlId: string): boolean {
    return this.#o.release.isReleased(controlId);
  }

  /** Those of which a field that the evidence names was changed: there, somebody did it, whatever another release would say of the rest. */
  async listTouched<Of extends Asked>(asked: readonly Of[]): Promise<ReadonlySet<Of>> {
    const touched = new Set<Of>();
    if (asked.length > 0) await this.#o.writer.begin(); // so that the versions of this scan are written
    for (let from = 0; from < asked.length; from += PAGE) {
      const page = asked.slice(from, from + PAGE);
      const column = <Value>(of: (one: Of) => Value): Value[] => page.map(of);
      const values = [column((one) => one.resourceId), column((one) => one.judgedSeq), column((one) => one.spanId), column((one) => one.evidence)];
      for (const { place, evidence, before, after } of await this.#o.writer.query<Row>(VERSIONS, values)) {
        const one = page[place - 1];
        const [old, now]: unknown[] = [before, after].map((body) => JSON.parse(unpackManifest(body)));
        if (one && this.#o.release.hasChanged(evidence, old, now)) touched.add(one);
      }
    }
    return touched;
  }

  /** Of [id, object, snapshot], the ids of those whose object was there at the snapshot. */
  async listThere(places: readonly (readonly [id: number, resourceId: number, seq: number])[]): Promise<ReadonlySet<number>> {
    if (places.length === 0) return new Set();
    const columns = [0, 1, 2].map((column) => places.map((place) => place[column]));
    const rows = await this.#o.writer.query<{ id: number }>(THERE, columns);
    return new Set(rows.map(({ id }) => id));
  }

  /** Of findings, by their ids with the snapshots since which they are stale, those that assessed them last. */
  listLastJudged(staleSince: ReadonlyMap<number, number>): Promise<ReadonlyMap<number, number>> {
    const { writer, clusterId } = this.#o;
    return listLastJudged((sql, values) => writer.query(sql, values), clusterId, staleSince);
  }

  async #find(seq: number): Promise<RulesChange> {
    const { writer, clusterId, catalogueVersion, settingsChangeSince } = this.#o;
    const settings = await settingsChangeSince(seq);
    const [row] = await writer.query<{ version: string; ids: readonly string[] | null }>(CATALOGUE, [clusterId, seq]);
    return {
      settings,
      isOtherRelease: row !== undefined && releaseOf(row.version) !== releaseOf(catalogueVersion),
      controls: row?.ids ? new Set(row.ids) : null,
    };
  }
}
