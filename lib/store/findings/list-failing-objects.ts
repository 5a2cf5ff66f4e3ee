import "server-only";
import type { Pool } from "pg";
import { unpackManifest } from "../manifest-body";

/** An object as it was stored last. */
export interface StoredObject {
  /** Of its text, in hexadecimal digits. */
  readonly digest: string;
  readonly body: () => unknown;
  /** The snapshot since which it is so. */
  readonly sinceSeq: number;
}

const STORED = "r.key, encode(v.digest, 'hex') AS digest, v.body, v.from_seq AS since";
const FAILING = `SELECT ${STORED} FROM finding f JOIN finding_span s ON s.finding_id = f.id AND s.closed_seq IS NULL AND s.state = 'fail'
  JOIN resource r ON r.id = f.resource_id JOIN resource_version v ON v.resource_id = r.id AND v.to_seq IS NULL
  WHERE f.cluster_id = $1 AND f.control_id = $2`;
const OF_KINDS = `SELECT ${STORED} FROM resource r JOIN resource_version v ON v.resource_id = r.id AND v.to_seq IS NULL
  WHERE r.cluster_id = $1 AND r.kind = ANY($2)`;

type Stored = ReadonlyMap<string, StoredObject>;

async function readStored(pool: Pool, sql: string, values: readonly unknown[]): Promise<Stored> {
  const { rows } = await pool.query<{ key: string; digest: string; body: Buffer; since: number }>(sql, [...values]);
  return new Map(rows.map(({ key, digest, body, since }) => [key, { digest, body: () => JSON.parse(unpackManifest(body)), sinceSeq: since }]));
}

/** The objects that fail a control in the last snapshot, by resource key; those that are never stored are left out. */
export function listFailingObjects(pool: Pool, clusterId: number, controlId: string): Promise<Stored> {
  return readStored(pool, FAILING, [clusterId, controlId]);
}

/** The objects of these kinds in the last snapshot, whatever their group, by resource key. */
export function listObjectsOfKinds(pool: Pool, clusterId: number, kinds: readonly string[]): Promise<Stored> {
  return readStored(pool, OF_KINDS, [clusterId, kinds]);
}

/**
 * The last snapshot in which an object of one of these kinds came, changed or went; 0 = none ever did. Asked object by object through the index: joined,
 * PostgreSQL reads every version of the history once.
 */
export async function findLastChange(pool: Pool, clusterId: number, kinds: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ seq: number | null }>(
    `SELECT max((SELECT max(greatest(v.from_seq, v.to_seq)) FROM resource_version v WHERE v.resource_id = r.id)) AS seq
     FROM resource r WHERE r.cluster_id = $1 AND r.kind = ANY($2)`,
    [clusterId, kinds],
  );
  return rows[0]?.seq ?? 0;
}
