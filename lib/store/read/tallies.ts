import "server-only";
import type { Pool } from "pg";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import type { NamespaceTally, Tally } from "@/lib/scoring/tally";

export type LayerOf = (control: string) => Layer | null;

interface TallyRow {
  readonly key: string;
  readonly scope: Scope;
  readonly n: number;
  readonly failing: number;
  readonly waived: number;
  readonly unknown: number;
  readonly subsumed: number;
  readonly not_applicable: number;
  readonly manual: number;
  readonly stale: number;
  readonly worst: string | null;
}

function toSeverity(worst: string | null): Severity | null {
  return SEVERITIES.find((severity) => severity === worst) ?? null;
}

async function select(pool: Pool, clusterId: number, seq: number, dimension: string): Promise<readonly TallyRow[]> {
  const { rows } = await pool.query<TallyRow>(
    `SELECT key, scope, n, failing, waived, unknown, subsumed, not_applicable, manual, stale, worst FROM tally
     WHERE cluster_id = $1 AND dimension = $3 AND from_seq <= $2 AND (to_seq IS NULL OR to_seq > $2)`,
    [clusterId, seq, dimension],
  );
  return rows;
}

/** The statistics of every control as of a snapshot; controls that the catalogue no longer has are left out. */
export async function listTallies(pool: Pool, clusterId: number, seq: number, layerOf: LayerOf): Promise<readonly Tally[]> {
  const rows = await select(pool, clusterId, seq, "control");
  return rows.flatMap((row) => {
    const layer = layerOf(row.key);
    if (!layer || !LAYERS.includes(layer)) return [];
    const { key, not_applicable, worst, ...counts } = row;
    return [{ ...counts, control: key, layer, notApplicable: not_applicable, worst: toSeverity(worst) }];
  });
}

/** The same per namespace; keys are `namespace|control`, "" = cluster-wide. */
export async function listNamespaceTallies(pool: Pool, clusterId: number, seq: number, layerOf: LayerOf): Promise<readonly NamespaceTally[]> {
  const rows = await select(pool, clusterId, seq, "namespace-control");
  return rows.flatMap((row) => {
    const bar = row.key.indexOf("|");
    const control = row.key.slice(bar + 1);
    const layer = layerOf(control);
    if (!layer) return [];
    return [{ control, layer, scope: row.scope, namespace: row.key.slice(0, bar), n: row.n, failing: row.failing, unknown: row.unknown, worst: toSeverity(row.worst) }];
  });
}

/** How one control's statistics changed: one entry per period in which they stayed the same, oldest first. */
export async function listControlHistory(
  pool: Pool,
  clusterId: number,
  control: string,
  seq: number,
): Promise<readonly { readonly seq: number; readonly takenAt: Date; readonly n: number; readonly failing: number; readonly unknown: number }[]> {
  const { rows } = await pool.query(
    `SELECT t.from_seq AS seq, s.taken_at, t.n, t.failing, t.unknown FROM tally t JOIN snapshot s ON s.cluster_id = t.cluster_id AND s.seq = t.from_seq
     WHERE t.cluster_id = $1 AND t.dimension = 'control' AND t.key = $2 AND t.scope = 'workload' AND t.from_seq <= $3 ORDER BY t.from_seq`,
    [clusterId, control, seq],
  );
  return rows.map((row) => ({ seq: row.seq, takenAt: row.taken_at, n: row.n, failing: row.failing, unknown: row.unknown }));
}
