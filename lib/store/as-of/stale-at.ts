import "server-only";
import { idBitsJson, parseIdBits } from "../id-bits";

/** SQL, to follow SELECT's list: the rows of `stale_period` of what was stale at snapshot $2 of cluster $1, and is not any more. */
export const STALE_AT = "FROM stale_period p WHERE p.cluster_id = $1 AND p.from_seq <= $2 AND p.to_seq > $2";

/** SQL of one value, for `toStaleIds`. */
export const STALE_IDS_AT = `(SELECT json_agg(json_build_object(${idBitsJson("p", "findings")})) ${STALE_AT})`;

/** Ids of findings. */
export function toStaleIds(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.flatMap(parseIdBits) : [];
}
