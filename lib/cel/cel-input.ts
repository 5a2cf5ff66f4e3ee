import { CEL_LIMITS, limitText } from "./cel-limits";

/** What the library takes: whole numbers as bigint (CEL's int), objects as Map, so that no key is special. */
export type CelData = null | boolean | string | number | bigint | readonly CelData[] | Map<string, CelData>;

/** An object as CEL sees it. Throws RangeError for one that is too large, or that contains itself. */
export function toCelData(value: unknown): CelData {
  let left: number = CEL_LIMITS.objectValues;
  const convert = (item: unknown): CelData => {
    left -= 1;
    if (left < 0) throw new RangeError(`the object has more than ${limitText("objectValues")} values`);
    switch (typeof item) {
      case "string":
      case "boolean":
      case "bigint":
        return item;
      case "number":
        return Number.isSafeInteger(item) ? BigInt(item) : item;
      case "object": {
        if (item === null) return null;
        if (Array.isArray(item)) return item.map(convert);
        const map = new Map<string, CelData>();
        for (const [key, entry] of Object.entries(item)) if (entry !== undefined) map.set(key, convert(entry));
        return map;
      }
      default:
        return null;
    }
  };
  return convert(value);
}
