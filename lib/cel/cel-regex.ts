import { type CelFunc, celFunc, celMethod, CelScalar, listType } from "@bufbuild/cel";
import { CEL_LIMITS } from "./cel-limits";
import { compilePattern } from "./compile-pattern";
import { findMatches } from "./find-matches";

const TEXTS = listType(CelScalar.STRING);
/** Instructions of a pattern that are looked at in one step. */
const LOOKED_AT_ONCE = 64;
/** The same of the library, which looks at each instruction for each character only at worst. */
const LOOKED_AT_ONCE_AT_WORST = 1_024;

/** The regex library of Kubernetes, and `matches`. `charge` is told the steps that a search takes beside its call. */
export function toRegexFunctions(charge: (steps: number) => void): readonly CelFunc[] {
  /** At most `limit` of them, and one more than a list may hold; all where it is negative. */
  const find = (text: string, pattern: string, limit: bigint): string[] => {
    const most = limit < 0n || limit > CEL_LIMITS.listLength ? CEL_LIMITS.listLength + 1 : Number(limit);
    const matches = findMatches(text, pattern, (instructions) => charge(instructions / LOOKED_AT_ONCE));
    return [...matches.take(most)].map(({ from, to }) => text.slice(from, to));
  };
  const matches = (text: string, pattern: string): boolean => {
    const compiled = compilePattern(pattern);
    charge((compiled.re2().prog.numInst() * text.length) / LOOKED_AT_ONCE_AT_WORST);
    return compiled.test(text);
  };
  return [
    celFunc("matches", [CelScalar.STRING, CelScalar.STRING], CelScalar.BOOL, matches),
    celMethod("matches", CelScalar.STRING, [CelScalar.STRING], CelScalar.BOOL, function (pattern) {
      return matches(this, pattern);
    }),
    celMethod("find", CelScalar.STRING, [CelScalar.STRING], CelScalar.STRING, function (pattern) {
      return find(this, pattern, 1n)[0] ?? "";
    }),
    celMethod("findAll", CelScalar.STRING, [CelScalar.STRING], TEXTS, function (pattern) {
      return find(this, pattern, -1n);
    }),
    celMethod("findAll", CelScalar.STRING, [CelScalar.STRING, CelScalar.INT], TEXTS, function (pattern, limit) {
      return find(this, pattern, limit);
    }),
  ];
}
