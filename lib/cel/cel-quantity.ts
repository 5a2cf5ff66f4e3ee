import { type CelFunc, celFunc, celMethod, CelScalar } from "@bufbuild/cel";
import { compareWhole } from "./compare-whole";
import { findKept, keep, TEXT_MAP } from "./kept-value";

/** Units in a nano unit, the smallest part that Kubernetes keeps: sums and comparisons are exact. */
const NANO = 1_000_000_000n;
const SUFFIXES: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  "": NANO,
  k: NANO * 10n ** 3n,
  M: NANO * 10n ** 6n,
  G: NANO * 10n ** 9n,
  T: NANO * 10n ** 12n,
  P: NANO * 10n ** 15n,
  E: NANO * 10n ** 18n,
  Ki: NANO << 10n,
  Mi: NANO << 20n,
  Gi: NANO << 30n,
  Ti: NANO << 40n,
  Pi: NANO << 50n,
  Ei: NANO << 60n,
};
/** More digits than any amount has; without a bound a long text would be a long sum. */
const MOST_DIGITS = 40;
const MOST_EXPONENT = 30;

/** Kept in nano units: equal amounts are equal, however they are written. */
const KEY = "@quantity";
const QUANTITY = TEXT_MAP;

const isWhole = (nano: bigint): boolean => nano % NANO === 0n;

/** Nano units of an amount as the API server reads it, parts of one rounded away from zero; null for what is none. */
function parseNano(value: unknown): bigint | null {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") return null;
  const match = /^([-+]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(String(value));
  if (!match) return null;
  const [, sign, whole = "", part = "", exponent, suffix = ""] = match;
  const power = Number(exponent ?? 0);
  if (whole.length + part.length > MOST_DIGITS || Math.abs(power) > MOST_EXPONENT) return null;
  const scale = (SUFFIXES[suffix] ?? NANO) * 10n ** BigInt(Math.max(0, power));
  const divisor = 10n ** BigInt(part.length + Math.max(0, -power));
  const amount = (BigInt(`${whole}${part}` || "0") * scale + divisor - 1n) / divisor;
  return sign === "-" ? -amount : amount;
}

function toQuantity(nano: bigint): Map<string, string> {
  return keep(KEY, String(nano));
}

/** null for what is no quantity(…). */
export function findNano(value: unknown): bigint | null {
  const kept = findKept(value, KEY);
  return kept === null ? null : BigInt(kept);
}

function readNano(value: unknown): bigint {
  const nano = findNano(value);
  if (nano === null) throw new Error("it compares an amount with something that is no quantity(…)");
  return nano;
}

function toInteger(nano: bigint): bigint {
  const value = nano / NANO;
  if (!isWhole(nano) || BigInt.asIntN(64, value) !== value) throw new Error("the amount is no whole number");
  return value;
}

/** The quantity library of Kubernetes. Numbers are amounts, too: a manifest may say `cpu: 1` where the API server would keep "1". */
export const QUANTITY_FUNCTIONS: readonly CelFunc[] = [
  celFunc("isQuantity", [CelScalar.DYN], CelScalar.BOOL, (value) => parseNano(value) !== null),
  celFunc("quantity", [CelScalar.DYN], QUANTITY, (value) => {
    const nano = parseNano(value);
    if (nano === null) throw new Error(`${JSON.stringify(typeof value === "string" ? value.slice(0, 40) : typeof value)} is no amount such as 500m or 2Gi`);
    return toQuantity(nano);
  }),
  ...(["add", "sub"] as const).flatMap((name) => {
    const run = (one: bigint, other: bigint) => toQuantity(name === "add" ? one + other : one - other);
    return [
      celMethod(name, QUANTITY, [QUANTITY], QUANTITY, function (other) {
        return run(readNano(this), readNano(other));
      }),
      celMethod(name, QUANTITY, [CelScalar.INT], QUANTITY, function (other) {
        return run(readNano(this), other * NANO);
      }),
    ];
  }),
  celMethod("sign", QUANTITY, [], CelScalar.INT, function () {
    return compareWhole(readNano(this), 0n);
  }),
  celMethod("isInteger", QUANTITY, [], CelScalar.BOOL, function () {
    const nano = readNano(this);
    return isWhole(nano) && BigInt.asIntN(64, nano / NANO) === nano / NANO;
  }),
  celMethod("asInteger", QUANTITY, [], CelScalar.INT, function () {
    return toInteger(readNano(this));
  }),
  celMethod("asApproximateFloat", QUANTITY, [], CelScalar.DOUBLE, function () {
    return Number(readNano(this)) / Number(NANO);
  }),
];
