import { type CelFunc, celFunc, celMethod, CelScalar } from "@bufbuild/cel";
import { compareWhole } from "./compare-whole";
import { findKept, keep, TEXT_MAP } from "./kept-value";

/** Kept without its build: equal versions are equal, whatever build they name. */
const KEY = "@semver";
const SEMVER = TEXT_MAP;

const NUMBER = "(0|[1-9]\\d*)";
const LABEL = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
const PATTERN = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${LABEL}(?:\\.${LABEL})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`);
/** Longer than any version is written. */
const LONGEST = 256;
const LARGEST = 2n ** 64n - 1n;

interface Version {
  readonly numbers: readonly [bigint, bigint, bigint];
  /** Labels behind the dash; none = a release. */
  readonly labels: readonly string[];
}

/** As Kubernetes does before it reads one with leniency: no `v`, no zeros in front, and what is left out is zero. */
function normalize(text: string): string {
  const parts = text.replace(/^v/, "").split(".");
  const three = [...parts.slice(0, 2), ...(parts.length > 2 ? [parts.slice(2).join(".")] : [])].map((part) => {
    const rest = part.length > 1 ? part.replace(/^0+/, "") : part;
    return part.length > 1 && !/^\d/.test(rest) ? `0${rest}` : rest;
  });
  const last = three.at(-1) ?? "";
  // A label stands behind three numbers only.
  if (three.length < 3 && /[+-]/.test(last)) return text;
  return [...three, "0", "0"].slice(0, 3).join(".");
}

function parseVersion(text: string): Version | null {
  const match = text.length > LONGEST ? null : PATTERN.exec(text);
  if (!match) return null;
  const [, major = "", minor = "", patch = "", labels] = match;
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const;
  const found = { numbers, labels: labels?.split(".") ?? [] };
  const whole = [...numbers, ...found.labels.filter((label) => /^\d+$/.test(label)).map(BigInt)];
  return whole.every((number) => number <= LARGEST) ? found : null;
}

function toSemver({ numbers, labels }: Version): Map<string, string> {
  return keep(KEY, `${numbers.join(".")}${labels.length > 0 ? `-${labels.join(".")}` : ""}`);
}

/** null for what is no semver(…). */
export function findVersion(value: unknown): Version | null {
  const kept = findKept(value, KEY);
  return kept === null ? null : parseVersion(kept);
}

function compareLabels(one: string, other: string): bigint {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (isNumber && isOtherNumber) return compareWhole(BigInt(one), BigInt(other));
  if (isNumber !== isOtherNumber) return isNumber ? -1n : 1n;
  return one < other ? -1n : one > other ? 1n : 0n;
}

/** By the rules of semver.org: a release comes after all that lead to it. */
export function compareVersions(one: Version, other: Version): bigint {
  for (const [index, number] of one.numbers.entries()) {
    const order = compareWhole(number, other.numbers[index] ?? 0n);
    if (order !== 0n) return order;
  }
  if (one.labels.length === 0 || other.labels.length === 0) return compareWhole(BigInt(other.labels.length), BigInt(one.labels.length));
  for (const [index, label] of one.labels.entries()) {
    const against = other.labels[index];
    const order = against === undefined ? 1n : compareLabels(label, against);
    if (order !== 0n) return order;
  }
  return compareWhole(BigInt(one.labels.length), BigInt(other.labels.length));
}

function read(text: string, isLenient: boolean): Map<string, string> {
  const version = parseVersion(isLenient ? normalize(text) : text);
  if (version === null) throw new Error(`${JSON.stringify(text.slice(0, 40))} is no version such as 1.2.3`);
  return toSemver(version);
}

function part(of: unknown, index: 0 | 1 | 2): bigint {
  const version = findVersion(of);
  if (version === null) throw new Error("it asks for a part of what is no semver(…)");
  return BigInt.asIntN(64, version.numbers[index]);
}

/** The semver library of Kubernetes. */
export const SEMVER_FUNCTIONS: readonly CelFunc[] = [
  celFunc("semver", [CelScalar.STRING], SEMVER, (text) => read(text, false)),
  celFunc("semver", [CelScalar.STRING, CelScalar.BOOL], SEMVER, (text, isLenient) => read(text, isLenient)),
  celFunc("isSemver", [CelScalar.STRING], CelScalar.BOOL, (text) => parseVersion(text) !== null),
  celFunc("isSemver", [CelScalar.STRING, CelScalar.BOOL], CelScalar.BOOL, (text, isLenient) => parseVersion(isLenient ? normalize(text) : text) !== null),
  ...(["major", "minor", "patch"] as const).map((name, index) =>
    celMethod(name, SEMVER, [], CelScalar.INT, function () {
      return part(this, index as 0 | 1 | 2); // safe: there are three names
    }),
  ),
];
