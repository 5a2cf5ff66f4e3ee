import "server-only";
import { findSwitchedOff } from "@/lib/engine/needed-kinds";
import type { KindCoverage } from "@/lib/model/coverage";
import type { Layer } from "@/lib/model/layer";
import type { Scope } from "@/lib/model/verdict";
import { type FindingPoints, findingPoints } from "@/lib/scoring/gain";
import { listScoredControls, type Posture, toPostures } from "@/lib/scoring/posture";
import type { ScoredControl } from "@/lib/scoring/score";
import type { Tally } from "@/lib/scoring/tally";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { listTallies } from "@/lib/store/tallies";
import type { Pool } from "pg";
import { type CatalogueAt, loadCatalogueAt } from "./catalogue-at";
import { readCoverage } from "./read-coverage";
import { knownControls, toTallies } from "./to-tallies";

/** Everything that scores are made of, as of one snapshot. Never changes, so it is kept. */
export interface PostureAt {
  readonly catalogue: CatalogueAt;
  /** What the snapshot read, kind by kind. */
  readonly coverage: readonly KindCoverage[];
  readonly tallies: readonly Tally[];
  /** Ids of the controls that it was scored with, also of those that were out of scope in it. */
  readonly weighed: ReadonlySet<string>;
  readonly workload: Posture;
  readonly platform: Posture;
  /** Controls, by id, that are out of scope because nobody switched their source on. */
  readonly switchedOff: ReadonlySet<string>;
  /** The same, and those of which something was judged without it. */
  readonly waiting: ReadonlySet<string>;
  readonly scored: (scope: Scope, layer: Layer) => readonly ScoredControl[];
  /** What one finding of a control is worth in its scope; undefined when it is in no score. */
  readonly pointsOf: (control: string, scope: Scope) => FindingPoints | undefined;
  /** Both postures of other tallies, by the same controls. */
  readonly withTallies: (tallies: readonly Tally[]) => readonly Posture[];
}

type Stamp = Pick<SnapshotRecord, "seq" | "facts" | "catalogueVersion">;

/** What stands beside the tallies, which may be few: coverage, layers. */
const OWN_WEIGHT = 100;
/** Some 200 snapshots of a whole catalogue, 25 MB. */
const caches = heldBy<Pool, LruCache<PostureAt>>("posture", () => new LruCache(80_000, ({ tallies }) => tallies.length + OWN_WEIGHT));

/** By control and scope. Asked by lists of findings alone, and worked out when they do. */
function pointsOfAll(postures: readonly Posture[], scored: PostureAt["scored"]): ReadonlyMap<string, FindingPoints> {
  const points = new Map<string, FindingPoints>();
  for (const { scope, layers } of postures)
    for (const score of layers) for (const [control, value] of findingPoints(score, scored(scope, score.layer))) points.set(`${control} ${scope}`, value);
  return points;
}

async function load(pool: Pool, clusterId: number, { seq, facts, catalogueVersion }: Stamp): Promise<PostureAt> {
  const [catalogue, rows, coverage] = await Promise.all([
    loadCatalogueAt(pool, catalogueVersion),
    listTallies(pool, clusterId, seq),
    readCoverage(pool, clusterId, { seq, facts }),
  ]);
  const tallies = toTallies(rows, catalogue.find);
  const controls = knownControls(catalogue, tallies);
  const waiting = findSwitchedOff(catalogue.listAll(), coverage);
  const withTallies = (others: readonly Tally[]) => toPostures(controls, others, waiting);
  const [workload, platform] = withTallies(tallies);
  if (!workload || !platform) throw new TypeError("toPostures gives one posture per scope");
  const scored = (scope: Scope, layer: Layer) => listScoredControls(controls, tallies, scope, layer, waiting);
  const switchedOff = new Set(workload.layers.flatMap((score) => score.switchedOff));
  const weighed = new Set(controls.map(({ id }) => id));
  let points: ReadonlyMap<string, FindingPoints> | null = null;
  const pointsOf = (control: string, scope: Scope) => (points ??= pointsOfAll([workload, platform], scored)).get(`${control} ${scope}`);
  return { catalogue, coverage, tallies, weighed, workload, platform, switchedOff, waiting: new Set(waiting.keys()), scored, pointsOf, withTallies };
}

export function loadPosture(pool: Pool, clusterId: number, snapshot: Stamp): Promise<PostureAt> {
  return caches(pool).get(`${clusterId} ${snapshot.seq}`, () => load(pool, clusterId, snapshot));
}
