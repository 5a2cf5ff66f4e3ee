import { CelScalar, isCelMap, mapType } from "@bufbuild/cel";

/** Maps from texts to anything: the type of every value of Kubernetes' libraries, since CEL has none of its own for amounts, versions, addresses and the like. */
export const TEXT_MAP = mapType(CelScalar.STRING, CelScalar.DYN);

/** What such a value is inside an expression: a map of one key that no other map has. Two that hold the same text are equal. */
export function keep(key: string, text: string): Map<string, string> {
  return new Map([[key, text]]);
}

/** The text that `keep` put under a key; null for every other value. */
export function findKept(value: unknown, key: string): string | null {
  const kept: unknown = isCelMap(value) && value.size === 1 ? value.get(key) : undefined;
  return typeof kept === "string" ? kept : null;
}
