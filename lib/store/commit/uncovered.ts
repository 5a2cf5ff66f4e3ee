import "server-only";
import type { Evidence } from "@/lib/model/verdict";
import { LATE_SPANS } from "../as-of/spans-again";
import { unpackManifest } from "../manifest-body";
import type { ReleaseRules } from "./commit-input";
import type { TransitionWriter } from "./transition-writer";

/** A finding that was open in the last snapshot, of an object, and since when it covers another one. */
export interface CoveringSpan {
  readonly resourceId: number;
  readonly sinceSeq: number;
}

/** A failure that graver findings covered in the last snapshot. */
export interface Coverable {
  readonly of: { readonly findingId: number; readonly coveredBy: readonly CoveringSpan[] };
  readonly resourceId: number;
  /** JSON of `Evidence[]`; null = nothing is said. */
  readonly evidence: string | null;
}

interface LastSpan {
  readonly id: number;
  readonly since: number;
  readonly closed: number;
}

interface Row {
  readonly place: number;
  readonly until: number;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Of few at a time: bodies may be long. */
const PAGE = 200;
/** The last time that it was open, where another finding covered it then. */
const COVERED = `SELECT finding_id AS id, open_since_seq AS since, closed_seq AS closed FROM (
    SELECT DISTINCT ON (finding_id) finding_id, open_since_seq, closed_seq, closed_cause FROM ${LATE_SPANS} s
    WHERE finding_id = ANY($1::bigint[]) ORDER BY finding_id, opened_seq DESC, id DESC) AS last
  WHERE closed_cause = 'subsumed'`;
/** What the object was like from a snapshot on, the latest first, beside what it is like now. */
const VERSIONS = `SELECT x.place, v.to_seq AS until, v.body AS before, n.body AS after
  FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS x(resource_id, from_seq, place)
  JOIN resource_version n ON n.resource_id = x.resource_id AND n.to_seq IS NULL
  JOIN resource_version v ON v.resource_id = x.resource_id AND v.to_seq > x.from_seq
  ORDER BY x.place, v.from_seq DESC`;

/** Since when objects are there without a break. */
const THERE = `SELECT resource_id AS id, max(from_seq) AS since FROM resource_version v
  WHERE resource_id = ANY($1::bigint[]) AND NOT EXISTS (SELECT FROM resource_version p WHERE p.resource_id = v.resource_id AND p.to_seq = v.from_seq)
  GROUP BY resource_id`;

/** Since when graver findings cover one, as far as is known. One of another object may have been there before it. */
async function findCoveredSince(writer: TransitionWriter, asked: readonly Coverable[]): Promise<(one: Coverable) => number> {
  const elsewhere = asked.filter(({ resourceId, of }) => of.coveredBy.some((span) => span.resourceId !== resourceId));
  const rows = elsewhere.length === 0 ? [] : await writer.query<{ id: number; since: number }>(THERE, [elsewhere.map(({ resourceId }) => resourceId)]);
  const there = new Map(rows.map(({ id, since }) => [id, since]));
  return ({ resourceId, of }) => Math.max(Math.min(...of.coveredBy.map(({ sinceSeq }) => sinceSeq)), there.get(resourceId) ?? 0);
}

/**
 * Which failures were there before, under a graver finding, each with the snapshot since which it fails as far as is known: what it
 * names in its object is as it was while that finding was open. It goes on from when it was open by itself, where it was covered ever since.
 */
export async function findUncovered<Of extends Coverable>(
  writer: TransitionWriter,
  { hasChanged }: Pick<ReleaseRules, "hasChanged">,
  seq: number,
  asked: readonly Of[],
): Promise<ReadonlyMap<Of, number>> {
  const uncovered = new Map<Of, number>();
  if (asked.length === 0) return uncovered;
  await writer.begin(); // so that the versions of this scan are written
  const spans = await writer.query<LastSpan>(COVERED, [asked.map(({ of }) => of.findingId)]);
  const last = new Map(spans.map((span) => [span.id, span]));
  const sinceOf = await findCoveredSince(writer, asked);
  const periods = asked.map((one) => {
    const coveredSince = sinceOf(one);
    const own = last.get(one.of.findingId);
    const goesOn = own !== undefined && coveredSince <= own.closed ? own : null;
    return { one, coveredSince, goesOn, from: goesOn === null ? coveredSince : goesOn.closed - 1 };
  });
  for (let start = 0; start < periods.length; start += PAGE) {
    const page = periods.slice(start, start + PAGE);
    const values = [page.map(({ one }) => one.resourceId), page.map(({ from }) => from)];
    const changedAt = new Map<number, number>();
    for (const { place, until, before, after } of await writer.query<Row>(VERSIONS, values)) {
      const period = page[place - 1];
      if (!period || changedAt.has(place)) continue;
      const [old, now]: unknown[] = [before, after].map((body) => JSON.parse(unpackManifest(body)));
      const evidence: readonly Evidence[] = JSON.parse(period.one.evidence ?? "[]");
      if (hasChanged(evidence, old, now)) changedAt.set(place, until);
    }
    for (const [at, { one, coveredSince, goesOn }] of page.entries()) {
      const changed = changedAt.get(at + 1);
      if (changed === undefined) uncovered.set(one, goesOn?.since ?? coveredSince);
      else if (changed < seq) uncovered.set(one, changed); // not before its cover: no version that ended earlier is asked for
    }
  }
  return uncovered;
}
