import { type CelFunc, celMethod, CelScalar } from "@bufbuild/cel";
import { findNano } from "./cel-quantity";
import { compareVersions, findVersion } from "./cel-semver";
import { compareWhole } from "./compare-whole";
import { TEXT_MAP } from "./kept-value";

/** What amounts and versions both are inside an expression: one method has to serve the two. */
const ORDERED = TEXT_MAP;

function compare(one: unknown, other: unknown): bigint {
  const [nano, otherNano] = [findNano(one), findNano(other)];
  if (nano !== null && otherNano !== null) return compareWhole(nano, otherNano);
  const [version, otherVersion] = [findVersion(one), findVersion(other)];
  if (version !== null && otherVersion !== null) return compareVersions(version, otherVersion);
  if (nano !== null) throw new Error("it compares an amount with something that is no quantity(…)");
  throw new Error(version === null ? "it compares what is neither quantity(…) nor semver(…)" : "it compares a version with something that is no semver(…)");
}

/** How amounts and versions are compared, each with its own kind. */
export const ORDER_FUNCTIONS: readonly CelFunc[] = [
  celMethod("compareTo", ORDERED, [ORDERED], CelScalar.INT, function (other) {
    return compare(this, other);
  }),
  celMethod("isLessThan", ORDERED, [ORDERED], CelScalar.BOOL, function (other) {
    return compare(this, other) < 0n;
  }),
  celMethod("isGreaterThan", ORDERED, [ORDERED], CelScalar.BOOL, function (other) {
    return compare(this, other) > 0n;
  }),
];
