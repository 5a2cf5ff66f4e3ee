/** Fits on one line of a list. */
const ONE_LINE = 60;
/** Less says nothing: "Remove it". */
const CLAUSE = 16;

/** The first clause of an instruction that is too long to read at a glance; "…" says that it goes on. What stands in backticks is not cut. */
export function firstClause(sentence: string): string {
  if (sentence.length <= ONE_LINE) return sentence;
  const masked = sentence.replace(/`[^`]*`/g, (code) => "x".repeat(code.length));
  const end = masked.slice(CLAUSE).search(/[,;](?=\s)/);
  return end < 0 ? sentence : `${sentence.slice(0, CLAUSE + end)} …`;
}
