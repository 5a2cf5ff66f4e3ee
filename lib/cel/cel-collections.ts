import { type CelFunc, celFunc, type CelInput, CelScalar, type CelValue, isCelList, isCelMap, isCelUint, listType, mapType } from "@bufbuild/cel";
import { KEYS, PUT, PUT_ALL } from "./expand-loops";
import { LIST } from "./expand-sets";

const ANY = CelScalar.DYN;
const MAP = mapType(ANY, ANY);
const ITEMS = listType(ANY);

function keysOf(range: CelValue): CelInput[] {
  if (isCelMap(range)) return [...range.keys()] as CelInput[]; // safe: every value can be put in
  if (isCelList(range)) return Array.from({ length: range.size }, (_, index) => BigInt(index));
  throw new Error("it loops over a value that is neither a list nor a map");
}

function put(into: unknown, entries: Iterable<readonly [unknown, unknown]>): Map<string, CelInput> {
  if (!isCelMap(into)) throw new Error("it puts an entry into a value that is no map");
  const map = new Map<unknown, unknown>(into);
  for (const [key, value] of entries) {
    const isKey = typeof key === "string" || typeof key === "boolean" || typeof key === "bigint" || isCelUint(key);
    if (!isKey) throw new Error("a key of a map is a text, a whole number, true or false");
    if (into.get(key as string) !== undefined) throw new Error("it puts two entries of one key into a map"); // safe: any key may be asked for
    map.set(key, value);
  }
  return map as Map<string, CelInput>; // safe: keys were looked at, and every value can be put in
}

/** What loops of two variables and sets are made of. */
export const COLLECTION_FUNCTIONS: readonly CelFunc[] = [
  celFunc(KEYS, [ANY], ITEMS, (range) => keysOf(range)),
  celFunc(PUT, [MAP, ANY, ANY], MAP, (map, key, value) => put(map, [[key, value]])),
  celFunc(PUT_ALL, [MAP, ANY], MAP, (map, entries) => {
    if (!isCelMap(entries)) throw new Error("transformMapEntry makes a map of each entry, such as {v: k}");
    return put(map, entries);
  }),
  celFunc(LIST, [ITEMS], ITEMS, (list) => list),
];
