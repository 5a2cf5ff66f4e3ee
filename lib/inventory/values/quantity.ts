import { remembered } from "../../model/remembered";

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

function parse(written: string): number | null {
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(written.trim());
  if (!match) return null;
  const exponent = match[2] === undefined ? 1 : 10 ** Number(match[2]);
  return Number(match[1]) * exponent * (FACTORS[match[3] ?? ""] ?? 1);
}

/** A cluster writes few amounts, thousands of times. */
const parseText = remembered(parse, { limit: 2_000, holds: (written) => written.length <= 32 });

/** A Kubernetes quantity (`250m`, `64Mi`, `1e3`, 2) as a number of its base unit; null when it is none. */
export function parseQuantity(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" ? parseText(value) : null;
}

/** Zero is how Kubernetes writes "no limit". */
export function isAmountSet(value: unknown): boolean {
  const quantity = parseQuantity(value);
  return quantity !== null && quantity > 0;
}
