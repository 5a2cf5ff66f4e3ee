import "server-only";
import type { Pool } from "pg";

/** Remembers the settings that a scope hash stands for; the first one to say it is believed. */
export async function saveScopeSettings(pool: Pool, clusterId: number, scopeHash: string, settings: unknown): Promise<void> {
  await pool.query("INSERT INTO scope_settings (cluster_id, scope_hash, settings) VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING", [
    clusterId,
    scopeHash,
    JSON.stringify(settings),
  ]);
}

/** The settings behind a scope hash as they were stored; null when no scan stored them. */
export async function findScopeSettings(pool: Pool, clusterId: number, scopeHash: string): Promise<unknown> {
  const { rows } = await pool.query<{ settings: unknown }>("SELECT settings FROM scope_settings WHERE cluster_id = $1 AND scope_hash = $2", [
    clusterId,
    scopeHash,
  ]);
  return rows[0]?.settings ?? null;
}
