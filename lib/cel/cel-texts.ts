import { type CelFunc, celFunc, celMethod, CelScalar, celUint, listType } from "@bufbuild/cel";

const { STRING, INT, UINT, DOUBLE } = CelScalar;

/** At most `most` of the parts of a text, the last one with all that is left; all of them where `most` is negative. */
function limited(parts: readonly string[], most: bigint, separator: string): string[] {
  if (most < 0n || parts.length <= most) return [...parts];
  if (most === 0n) return [];
  const last = Number(most) - 1;
  return [...parts.slice(0, last), parts.slice(last).join(separator)];
}

function split(text: string, separator: string, most: bigint): string[] {
  return limited(separator === "" ? [...text] : text.split(separator), most, separator);
}

/** Nothing stands before, between and after all characters. */
function replace(text: string, from: string, to: string, most: bigint): string {
  const parts = from === "" ? ["", ...text, ""] : text.split(from);
  return limited(parts, most < 0n ? most : most + 1n, from).join(to);
}

function toWhole(text: string, pattern: RegExp, least: bigint, most: bigint): bigint {
  const value = pattern.test(text) ? BigInt(text.replace(/^\+/, "")) : null;
  if (value === null || value < least || value > most) throw new Error(`${JSON.stringify(text)} is no whole number`);
  return value;
}

// Each digit has one place: where it had two, a long text that is no number took hours.
const NUMBER = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?)$|^nan$/i;

function toDouble(text: string): number {
  if (!NUMBER.test(text)) throw new Error(`${JSON.stringify(text)} is no number`);
  return Number(text.replace(/inf(?:inity)?$/i, "Infinity"));
}

/** Functions of texts that the library answers otherwise than Kubernetes: limits that keep the rest, and numbers by their decimal form alone. */
export const TEXT_FUNCTIONS: readonly CelFunc[] = [
  celMethod("split", STRING, [STRING], listType(STRING), function (separator) {
    return split(this, separator, -1n);
  }),
  celMethod("split", STRING, [STRING, INT], listType(STRING), function (separator, most) {
    return split(this, separator, most);
  }),
  celMethod("replace", STRING, [STRING, STRING], STRING, function (from, to) {
    return replace(this, from, to, -1n);
  }),
  celMethod("replace", STRING, [STRING, STRING, INT], STRING, function (from, to, most) {
    return replace(this, from, to, most);
  }),
  celFunc("int", [STRING], INT, (text) => toWhole(text, /^[+-]?\d+$/, -(2n ** 63n), 2n ** 63n - 1n)),
  celFunc("uint", [STRING], UINT, (text) => celUint(toWhole(text, /^\d+$/, 0n, 2n ** 64n - 1n))),
  celFunc("double", [STRING], DOUBLE, toDouble),
];
