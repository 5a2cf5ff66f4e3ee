import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import { validAt } from "./as-of/valid-at";
import { unpackManifest } from "./manifest-body";

/** So many are unpacked at a time: a few milliseconds. */
const AT_ONCE = 100;

/** So many are asked for at a time: the answer is read in one go, and the embedded database makes it while nobody else is answered. */
const ASKED_AT_ONCE = 500;

/** Thousands of them take a second, in which others are answered too. */
async function unpackAll(rows: readonly { readonly body: Buffer }[]): Promise<readonly unknown[]> {
  const manifests: unknown[] = [];
  for (const { body } of rows) {
    manifests.push(JSON.parse(unpackManifest(body)));
    if (manifests.length % AT_ONCE === 0) await setImmediate();
  }
  return manifests;
}

/**
 * The manifests of some kinds as of a snapshot, in the order in which a scan has them: of one namespace and of the cluster, or of all namespaces
 * when it is null. Null when there are more than `limit`.
 */
export async function listManifests(
  pool: Pool,
  clusterId: number,
  seq: number,
  wanted: { readonly kinds: readonly string[]; readonly namespace: string | null; readonly limit: number },
): Promise<readonly unknown[] | null> {
  const from = `FROM ${validAt("resource_version")} v JOIN resource r ON r.id = v.resource_id
     WHERE r.kind = ANY($3::text[]) AND ($4::text IS NULL OR r.namespace IS NULL OR r.namespace = $4)`;
  const values = [clusterId, seq, wanted.kinds, wanted.namespace];
  const { rows } = await pool.query<{ id: number }>(`SELECT v.id ${from} ORDER BY r.key COLLATE "C" LIMIT $5`, [...values, wanted.limit + 1]);
  // Bodies that are too many are megabytes that nobody looks at.
  if (rows.length > wanted.limit) return null;
  const manifests: unknown[] = [];
  for (let at = 0; at < rows.length; at += ASKED_AT_ONCE) manifests.push(...(await loadBodies(pool, rows.slice(at, at + ASKED_AT_ONCE))));
  return manifests;
}

/** In the order of their ids. What was forgotten with its cluster meanwhile is left out. */
async function loadBodies(pool: Pool, ids: readonly { readonly id: number }[]): Promise<readonly unknown[]> {
  const { rows } = await pool.query<{ id: number; body: Buffer }>("SELECT id, body FROM resource_version WHERE id = ANY($1::bigint[])", [
    ids.map(({ id }) => id),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return unpackAll(ids.flatMap(({ id }) => byId.get(id) ?? []));
}

/** The manifests of these resources as of a snapshot, by id. */
export async function loadManifests(pool: Pool, seq: number, resourceIds: readonly number[]): Promise<ReadonlyMap<number, unknown>> {
  if (resourceIds.length === 0) return new Map();
  const { rows } = await pool.query<{ id: number; body: Buffer }>(
    `SELECT v.resource_id AS id, v.body FROM resource_version v
     WHERE v.resource_id = ANY($1::bigint[]) AND v.from_seq <= $2 AND (v.to_seq IS NULL OR v.to_seq > $2)`,
    [resourceIds, seq],
  );
  const manifests = await unpackAll(rows);
  return new Map(rows.map(({ id }, at) => [id, manifests[at]]));
}

export interface ManifestPage {
  readonly manifests: readonly unknown[];
  /** Where the next page begins; null = this was the last. */
  readonly next: string | null;
}

/** The manifests of some kinds as of a snapshot, in the order of their keys, `limit` at a time from after `after`. */
export async function listManifestPage(
  pool: Pool,
  clusterId: number,
  seq: number,
  wanted: { readonly kinds: readonly string[]; readonly after: string; readonly limit: number },
): Promise<ManifestPage> {
  const { rows } = await pool.query<{ key: string; body: Buffer }>(
    `SELECT r.key, v.body FROM resource r JOIN resource_version v ON v.resource_id = r.id AND v.from_seq <= $2 AND (v.to_seq IS NULL OR v.to_seq > $2)
     WHERE r.cluster_id = $1 AND r.kind = ANY($3::text[]) AND r.key > $4 ORDER BY r.key LIMIT $5`,
    [clusterId, seq, wanted.kinds, wanted.after, wanted.limit],
  );
  return { manifests: await unpackAll(rows), next: rows.length < wanted.limit ? null : (rows.at(-1)?.key ?? null) };
}
