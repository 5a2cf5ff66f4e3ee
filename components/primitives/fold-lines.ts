export type YamlPart =
  | { readonly kind: "lines" /** Number of the first line, from 1. */; readonly first: number; readonly lines: readonly string[] }
  | { readonly kind: "fold"; readonly first: number; readonly count: number };

/** No page draws more lines of a text than this at once. */
export const LINES_SHOWN = 2_000;

const SHORT = 40;
const HEAD = 2;
const AROUND = 4;
const WORTH_FOLDING = 4;

/** The lines of a text that ends its last one. */
export function toLines(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

/**
 * A long object cut down to its head and what is round the marked lines, up to so many lines that a page can draw; one of up to `whole` lines
 * as it is. Lines count from 1.
 */
export function foldLines(text: string, marks: readonly number[], whole = SHORT): readonly YamlPart[] {
  const lines = toLines(text);
  if (lines.length <= whole) return [{ kind: "lines", first: 1, lines }];
  const near = new Set<number>();
  for (let line = 1; line <= HEAD; line += 1) near.add(line);
  for (const mark of marks) for (let line = mark - AROUND; line <= mark + AROUND; line += 1) near.add(line);
  const parts: YamlPart[] = [];
  for (let start = 1, shown = 0; start <= lines.length; ) {
    const isNear = near.has(start);
    let end = start;
    while (end < lines.length && near.has(end + 1) === isNear) end += 1;
    if (shown === LINES_SHOWN) end = lines.length;
    const own = lines.slice(start - 1, end);
    if (shown === LINES_SHOWN || (!isNear && own.length >= WORTH_FOLDING)) parts.push({ kind: "fold", first: start, count: own.length });
    else {
      const room = own.slice(0, LINES_SHOWN - shown);
      end = start + room.length - 1;
      shown += room.length;
      const last = parts.at(-1);
      if (last?.kind === "lines") parts[parts.length - 1] = { ...last, lines: [...last.lines, ...room] };
      else parts.push({ kind: "lines", first: start, lines: room });
    }
    start = end + 1;
  }
  return parts;
}

/**
 * As many lines as a page can draw, from one on (the last one when there are not so many), with what is before and after them folded.
 * A text that a page can draw stays whole.
 */
export function cutLines(text: string, from: number): readonly YamlPart[] {
  const lines = toLines(text);
  const first = lines.length <= LINES_SHOWN ? 1 : Math.min(Math.max(1, from), lines.length);
  const shown = lines.slice(first - 1, first - 1 + LINES_SHOWN);
  const after = first + shown.length;
  return [
    ...(first === 1 ? [] : [{ kind: "fold" as const, first: 1, count: first - 1 }]),
    { kind: "lines", first, lines: shown },
    ...(after > lines.length ? [] : [{ kind: "fold" as const, first: after, count: lines.length - after + 1 }]),
  ];
}
