import { RE2JS } from "@bufbuild/re2";
import { remembered } from "../model/remembered";

/** Of a pattern with its repetitions written out. No sane one is as long; one of 2,000 characters may be 600,000, which takes seconds each time. */
const MOST_INSTRUCTIONS = 10_000;

function compile(pattern: string): RE2JS {
  const compiled = RE2JS.compile(pattern);
  if (compiled.re2().prog.numInst() > MOST_INSTRUCTIONS) throw new Error("with its repetitions written out it is too long");
  return compiled;
}

/** A pattern, compiled once for all texts. Throws for one that cannot be read, or is too long. */
export const compilePattern = remembered(compile, { limit: 100 });
