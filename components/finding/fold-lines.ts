export type YamlPart =
  | { readonly kind: "lines" /** Number of the first line, from 1. */; readonly first: number; readonly lines: readonly string[] }
  | { readonly kind: "fold"; readonly first: number; readonly count: number };

const SHORT = 40;
const HEAD = 2;
const AROUND = 4;
const WORTH_FOLDING = 4;

/** A long object cut down to its head and what is round the marked lines; a short one whole. Lines count from 1. */
export function foldLines(text: string, marks: readonly number[]): readonly YamlPart[] {
  const lines = text.replace(/\n$/, "").split("\n");
  if (lines.length <= SHORT) return [{ kind: "lines", first: 1, lines }];
  const isNear = (line: number): boolean => line <= HEAD || marks.some((mark) => Math.abs(mark - line) <= AROUND);
  const parts: YamlPart[] = [];
  for (let start = 1; start <= lines.length; ) {
    const near = isNear(start);
    let end = start;
    while (end < lines.length && isNear(end + 1) === near) end += 1;
    const own = lines.slice(start - 1, end);
    if (!near && own.length >= WORTH_FOLDING) parts.push({ kind: "fold", first: start, count: own.length });
    else {
      const last = parts.at(-1);
      if (last?.kind === "lines") parts[parts.length - 1] = { ...last, lines: [...last.lines, ...own] };
      else parts.push({ kind: "lines", first: start, lines: own });
    }
    start = end + 1;
  }
  return parts;
}
