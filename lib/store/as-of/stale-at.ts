import "server-only";
import { isRecord } from "@/lib/model/json";
import { unpackFindings } from "../finding-bits";

/** SQL, to follow SELECT's list: the rows of `stale_period` of what was stale at snapshot $2 of cluster $1, and is not any more. */
export const STALE_AT = "FROM stale_period p WHERE p.cluster_id = $1 AND p.from_seq <= $2 AND p.to_seq > $2";

/** SQL of one value, for `toStaleIds`. */
export const STALE_IDS_AT = `(SELECT json_agg(json_build_object('first', p.first_id, 'bits', encode(p.findings, 'base64'))) ${STALE_AT})`;

/** Ids of findings. */
export function toStaleIds(value: unknown): readonly number[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((row) => (isRecord(row) ? unpackFindings({ firstId: Number(row.first), bits: Buffer.from(String(row.bits), "base64") }) : []));
}
