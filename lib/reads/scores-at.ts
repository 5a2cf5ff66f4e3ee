import "server-only";
import type { Pool } from "pg";
import type { TrendPoint } from "@/lib/contracts/score";
import { findSwitchedOff } from "@/lib/engine/needed-kinds";
import type { Layer } from "@/lib/model/layer";
import { headlineScore, type Posture, toPosture } from "@/lib/scoring/posture";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { type LoggedSnapshot, loadSnapshotLog } from "@/lib/store/as-of/snapshot-log";
import { listTallySpans } from "@/lib/store/tallies";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { loadCatalogueAt } from "./catalogue-at";
import { loadPosture } from "./posture-at";
import { readCoverage } from "./read-coverage";
import { knownControls, toTallies } from "./to-tallies";

/** The scores of workloads in one snapshot, layer by layer, without what they are made of. */
export type ScoresAt = TrendPoint["layers"];

/** The scores of one snapshot, and which of them stands for all: null where none does. */
interface Standing {
  readonly scores: ScoresAt;
  readonly weakest: { readonly layer: Layer; readonly score: number } | null;
}

const caches = heldBy<Pool, LruCache<Standing>>("scores", () => new LruCache(5_000, () => 1));

function toStanding({ layers, weakest }: Posture): Standing {
  const headline = headlineScore(layers);
  return {
    scores: layers.map(({ layer, score, raw, lower, upper, coverage }) => ({ layer, score, raw, lower, upper, coverage })),
    weakest: headline === null || weakest === null ? null : { layer: weakest, score: headline },
  };
}

async function openRules(pool: Pool, clusterId: number, { seq, catalogueVersion }: LoggedSnapshot) {
  const [catalogue, coverage] = await Promise.all([loadCatalogueAt(pool, catalogueVersion), readCoverage(pool, clusterId, { seq, facts: null })]);
  return { catalogue, switchedOff: findSwitchedOff(catalogue.listAll(), coverage) };
}

async function readScores(pool: Pool, clusterId: number, seqs: readonly number[]): Promise<ReadonlyMap<number, Standing>> {
  const [first, last] = [seqs[0], seqs.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const wanted = new Set(seqs);
  const [log, spans] = await Promise.all([loadSnapshotLog(pool, clusterId, first, last), listTallySpans(pool, clusterId, seqs)]);
  // Snapshots in a row have nearly always been scored with the same catalogue and the same coverage.
  const alike = Map.groupBy(
    log.filter(({ seq }) => wanted.has(seq)),
    ({ catalogueVersion, coverageId }) => `${catalogueVersion} ${coverageId}`,
  );
  const scored = [...alike.values()].map(async ([snapshot, ...others]) => {
    if (!snapshot) return [];
    const { catalogue, switchedOff } = await openRules(pool, clusterId, snapshot);
    return [snapshot, ...others].map(({ seq }) => {
      const rows = spans.filter(({ fromSeq, toSeq }) => fromSeq <= seq && (toSeq === null || toSeq > seq));
      const tallies = toTallies(rows, catalogue.find);
      return [seq, toStanding(toPosture("workload", knownControls(catalogue, tallies), tallies, switchedOff))] as const;
    });
  });
  return new Map((await Promise.all(scored)).flat());
}

/**
 * The scores of many snapshots, by seq, given in their order: made as `loadPosture` makes them, so that a trend and the page of a day show one number,
 * whichever release took the snapshot. They never change while this release runs, so they are kept.
 */
export async function loadScores(pool: Pool, clusterId: number, seqs: readonly number[]): Promise<ReadonlyMap<number, ScoresAt>> {
  const cache = caches(pool);
  const missing: number[] = [];
  // Once all are asked for: what is missing is read together.
  const read = Promise.resolve().then(() => readScores(pool, clusterId, missing));
  const scores = seqs.map(async (seq) => {
    const load = async (): Promise<Standing> => {
      missing.push(seq);
      const found = (await read).get(seq);
      if (!found) throw new TypeError(`there is no snapshot ${seq}`);
      return found;
    };
    return [seq, (await cache.get(`${clusterId} ${seq}`, load)).scores] as const;
  });
  return new Map(await Promise.all(scores));
}

/** The same of one snapshot, with its headline: nothing is read of those before it. */
export function loadStanding(pool: Pool, clusterId: number, snapshot: SnapshotRecord): Promise<Standing> {
  return caches(pool).get(`${clusterId} ${snapshot.seq}`, async () => toStanding((await loadPosture(pool, clusterId, snapshot)).workload));
}
