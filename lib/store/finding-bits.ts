import "server-only";

/** Ids of findings, one bit for each from `firstId` on. Findings of one kind have ids near each other: some 11,000 of a refused kind are two kilobytes. */
export interface FindingBits {
  readonly firstId: number;
  readonly bits: Uint8Array;
}

/** Where no id follows within so many, another row begins: zeros would cost more than it does. */
const MAX_GAP = 2_048;

function toBits(ids: readonly number[]): FindingBits {
  const firstId = ids[0] ?? 0;
  const bits = new Uint8Array((((ids.at(-1) ?? firstId) - firstId) >> 3) + 1);
  for (const id of ids) {
    const at = (id - firstId) >> 3;
    bits[at] = (bits[at] ?? 0) | (1 << ((id - firstId) & 7));
  }
  return { firstId, bits };
}

/** Of any ids, in any order. */
export function packFindings(ids: Iterable<number>): readonly FindingBits[] {
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
export function unpackFindings({ firstId, bits }: FindingBits): readonly number[] {
  const ids: number[] = [];
  for (const [at, byte] of bits.entries()) for (let bit = 0; byte >> bit > 0; bit += 1) if ((byte >> bit) & 1) ids.push(firstId + at * 8 + bit);
  return ids;
}

/** SQL: whether a row of `stale_period` is of the finding with this id. */
export function isOfFinding(period: string, id: string): string {
  const at = `${id} - ${period}.first_id`;
  return `(CASE WHEN ${at} BETWEEN 0 AND 8 * octet_length(${period}.findings) - 1 THEN get_bit(${period}.findings, (${at})::int) = 1 ELSE false END)`;
}
