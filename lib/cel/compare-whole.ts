/** -1n, 0n or 1n, as CEL's compareTo says it. */
export function compareWhole(one: bigint, other: bigint): bigint {
  return one < other ? -1n : one > other ? 1n : 0n;
}
