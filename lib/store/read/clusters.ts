import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";

export interface ClusterRecord {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly source: "kubeconfig" | "in-cluster" | "demo";
  readonly context: string | null;
  readonly server: string | null;
  readonly isDemo: boolean;
  readonly settings: unknown;
  readonly scheduleIntervalMinutes: number | null;
  readonly isSchedulePaused: boolean;
}

const SELECT = `SELECT id::int8, slug, name, source, context, server, is_demo AS "isDemo", settings,
  schedule_interval_minutes AS "scheduleIntervalMinutes", schedule_paused AS "isSchedulePaused" FROM cluster`;

function toRecord(row: ClusterRecord): ClusterRecord {
  return { ...row, id: Number(row.id) };
}

/** Real clusters first, then demos, by name. */
export async function listClusters(pool: Pool): Promise<readonly ClusterRecord[]> {
  const { rows } = await pool.query<ClusterRecord>(`${SELECT} ORDER BY is_demo, name`);
  return rows.map(toRecord);
}

/** Throws not-found. */
export async function getCluster(pool: Pool, slug: string): Promise<ClusterRecord> {
  const { rows } = await pool.query<ClusterRecord>(`${SELECT} WHERE slug = $1`, [slug]);
  if (!rows[0]) throw new AppError("not-found", `There is no cluster called ${slug}.`);
  return toRecord(rows[0]);
}
