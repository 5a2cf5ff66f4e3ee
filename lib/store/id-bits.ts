import "server-only";
import { isRecord } from "@/lib/model/json";

/** Ids of one table, one bit for each from `firstId` on. What one scan wrote has ids near each other: some 11,000 findings of a refused kind are two kilobytes. */
export interface IdBits {
  readonly firstId: number;
  readonly bits: Uint8Array;
}

/** Where no id follows within so many, another row begins: zeros would cost more than it does. */
const MAX_GAP = 2_048;

function toBits(ids: readonly number[]): IdBits {
  const firstId = ids[0] ?? 0;
  const bits = new Uint8Array((((ids.at(-1) ?? firstId) - firstId) >> 3) + 1);
  for (const id of ids) {
    const at = (id - firstId) >> 3;
    bits[at] = (bits[at] ?? 0) | (1 << ((id - firstId) & 7));
  }
  return { firstId, bits };
}

/** Of any ids, in any order. */
export function packIds(ids: Iterable<number>): readonly IdBits[] {
  const sorted = Float64Array.from(new Set(ids)).sort();
  const groups: number[][] = [];
  for (const id of sorted) {
    const group = groups.at(-1);
    if (group && id - (group.at(-1) ?? id) <= MAX_GAP) group.push(id);
    else groups.push([id]);
  }
  return groups.map(toBits);
}

/** Rising. */
export function unpackIds({ firstId, bits }: IdBits): readonly number[] {
  const ids: number[] = [];
  for (const [at, byte] of bits.entries()) for (let bit = 0; byte >> bit > 0; bit += 1) if ((byte >> bit) & 1) ids.push(firstId + at * 8 + bit);
  return ids;
}

/** SQL: whether a row with `first_id` and bits is of this id. */
export function isOfId(row: string, bits: string, id: string): string {
  const at = `${id} - ${row}.first_id`;
  return `(CASE WHEN ${at} BETWEEN 0 AND 8 * octet_length(${row}.${bits}) - 1 THEN get_bit(${row}.${bits}, (${at})::int) = 1 ELSE false END)`;
}

/** SQL of the same for a join: the ids of a row are found through their index. */
export function hasId(row: string, bits: string, id: string): string {
  return `${id} BETWEEN ${row}.first_id AND ${row}.first_id + 8 * octet_length(${row}.${bits}) - 1 AND ${isOfId(row, bits, id)}`;
}

/** SQL: such a row as pairs of a JSON object, for `parseIdBits`. */
export function idBitsJson(row: string, bits: string): string {
  return `'first', ${row}.first_id, 'bits', encode(${row}.${bits}, 'base64')`;
}

/** The ids of such an object. */
export function parseIdBits(value: unknown): readonly number[] {
  return isRecord(value) ? unpackIds({ firstId: Number(value.first), bits: Buffer.from(String(value.bits), "base64") }) : [];
}
