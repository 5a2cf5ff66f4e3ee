import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getCluster } from "@/app/api/v1/clusters/[cluster]/route";
import { GET as getSnapshots } from "@/app/api/v1/clusters/[cluster]/snapshots/route";
import type { ClusterDto } from "@/lib/contracts/clusters";
import type { LayerResponse, OverviewResponse } from "@/lib/contracts/overview";
import type { TrendPoint } from "@/lib/contracts/score";
import type { ListSnapshotsResponse } from "@/lib/contracts/snapshots";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import { headlineScore } from "@/lib/scoring/posture";
import { getDatabase } from "@/lib/store/database-handle";
import { getShell } from "./get-shell";
import type { ScannedCluster } from "./testing-scanned";

const only = (scores: ClusterDto["scores"] | undefined) => scores?.map(({ layer, score, coverage }) => ({ layer, score, coverage }));
const pointOf = (trend: readonly TrendPoint[], seq: number) => trend.find((point) => point.seq === seq)?.layers;

/** Of each place that shows the scores of a snapshot: what it says, and what the overview of that moment says. `isNow` = it is the newest. */
export async function askScores(cluster: ScannedCluster, seq: number, isNow: boolean): Promise<Readonly<Record<string, readonly [unknown, unknown]>>> {
  const overview: OverviewResponse = await cluster.ask(getOverview, `?at=${seq}`);
  const page: LayerResponse = await cluster.ask(getLayer, `?at=${seq}&days=365`, { layer: "container" });
  const { snapshots }: ListSnapshotsResponse = await cluster.ask(getSnapshots);
  const stand = overview.layers.map(({ layer, score, raw, lower, upper, coverage }) => ({ layer, score, raw, lower, upper, coverage }));
  const everywhere: Record<string, readonly [unknown, unknown]> = {
    "point of the overview's trend": [pointOf(overview.trend, seq), stand],
    "point of a layer's trend": [pointOf(page.trend, seq), stand],
    "list of snapshots": [only(snapshots.find((snapshot) => snapshot.seq === seq)?.scores), only(stand)],
  };
  if (!isNow) return everywhere;
  const { shell } = await getShell("c");
  const fleet: ClusterDto = await cluster.ask(getCluster);
  return {
    ...everywhere,
    "list of clusters": [fleet.scores, only(stand)],
    "weakest in the list of clusters": [fleet.weakest?.score ?? null, headlineScore(overview.layers)],
    "switch between clusters": [shell.clusters.find(({ slug }) => slug === "c")?.scores, only(stand)],
  };
}

const RETIRED = ["container-privileged", "container-privileged-of-then"] as const;

/** What another release said of some of the controls. */
function toOther(entry: CatalogueEntry, at: number): CatalogueEntry {
  const { maxSeverity: _, needs, ...rest } = entry;
  if (entry.id === RETIRED[0]) return { ...entry, id: RETIRED[1] };
  if (at % 5 === 0) return { ...rest, severity: entry.severity === "low" ? "high" : "low", ...(needs && { needs }) };
  if (at % 5 === 1) return { ...entry, needs: ["secrets"] };
  return at % 5 === 2 ? rest : entry;
}

/** All snapshots become those of a release that weighed controls otherwise, asked others and had one that is gone. */
export async function becomeOtherRelease(cluster: ScannedCluster): Promise<void> {
  const { pool } = getDatabase();
  const { rows } = await pool.query<{ version: string; controls: readonly CatalogueEntry[] }>("SELECT version, controls FROM catalogue");
  for (const { version, controls } of rows)
    await pool.query("UPDATE catalogue SET controls = $2::jsonb WHERE version = $1", [version, JSON.stringify(controls.map(toOther))]);
  await pool.query("UPDATE tally SET key = replace(key, $1, $2)", [...RETIRED]);
  await pool.query("UPDATE finding SET control_id = $2 WHERE control_id = $1", [...RETIRED]);
  await cluster.forget();
}
