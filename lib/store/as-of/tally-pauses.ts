import "server-only";
import { addToList } from "@/lib/model/add-to-list";
import { isRecord } from "@/lib/model/json";
import { idBitsJson, isOfId, parseIdBits } from "../id-bits";

/** In which snapshots: `fromSeq <= S < toSeq`; null = it still does. */
interface Period {
  readonly fromSeq: number;
  readonly toSeq: number | null;
}

/** A time within the period of a tally's row in which it did not hold. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

const ENDS = "'from', p.from_seq, 'to', p.to_seq";

/** SQL of one value, for `toPauses`: which tallies of cluster $1 did not hold in times that a condition on `p` chooses. To be asked in the statement that reads them. */
export const pausedIn = (condition: string) =>
  `(SELECT json_agg(json_build_object(${ENDS}, ${idBitsJson("p", "tallies")}) ORDER BY p.from_seq) FROM tally_pause p WHERE p.cluster_id = $1 AND ${condition})`;

/** The same of snapshot $2. */
export const PAUSED_AT = pausedIn("p.from_seq <= $2 AND p.to_seq > $2");

/** SQL of one value: all pauses of the tally `t`, which is of cluster $1. */
export const pausesOf = (t: string) =>
  `(SELECT json_agg(json_build_object(${ENDS}) ORDER BY p.from_seq) FROM tally_pause p
    WHERE p.cluster_id = $1 AND p.from_seq > ${t}.from_seq AND ${isOfId("p", "tallies", `${t}.id`)})`;

/** By the id of a tally, the first first. */
export function toPauses(value: unknown): ReadonlyMap<number, readonly Pause[]> {
  const pauses = new Map<number, Pause[]>();
  for (const row of Array.isArray(value) ? value : []) {
    if (!isRecord(row)) continue;
    const pause = { from: Number(row.from), to: Number(row.to) };
    for (const id of parseIdBits(row)) addToList(pauses, id, pause);
  }
  return pauses;
}

/** The parts of a period in which it held. */
export function withoutPauses<Row extends Period>(row: Row, pauses: readonly Pause[] | null | undefined): readonly Row[] {
  const parts: Row[] = [];
  let rest = row;
  for (const { from, to } of pauses ?? []) {
    parts.push({ ...rest, toSeq: from });
    rest = { ...rest, fromSeq: to };
  }
  return [...parts, rest];
}
