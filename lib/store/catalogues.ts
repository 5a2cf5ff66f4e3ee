import "server-only";
import type { Pool } from "pg";
import { perPool } from "./as-of/lru-cache";

const known = perPool<Pool, Map<string, unknown>>(() => new Map());

/** Remembers what a catalogue version weighed; the first one to say it is believed. */
export async function saveCatalogue(pool: Pool, version: string, controls: unknown): Promise<void> {
  await pool.query("INSERT INTO catalogue (version, controls) VALUES ($1, $2::jsonb) ON CONFLICT (version) DO NOTHING", [version, JSON.stringify(controls)]);
}

/** The weights of a catalogue version as they were stored; null when no scan stored them. */
export async function findCatalogue(pool: Pool, version: string): Promise<unknown> {
  const cache = known(pool);
  if (!cache.has(version)) {
    const { rows } = await pool.query<{ controls: unknown }>("SELECT controls FROM catalogue WHERE version = $1", [version]);
    if (!rows[0]) return null;
    cache.set(version, rows[0].controls);
  }
  return cache.get(version);
}
