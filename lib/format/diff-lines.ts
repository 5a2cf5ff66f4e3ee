import { diffLines } from "diff";

export interface DiffLine {
  readonly kind: "add" | "del" | "same" | "fold";
  readonly text: string;
}

const toLines = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** The shortest diff takes time with the square of what differs: beyond so many changed lines, one that is found step by step will do. */
const EXACT_EDITS = 200;
/** So many equal lines in a row mean that both texts go on together again, which is looked for so far ahead. */
const IN_STEP = 3;
const AHEAD = 100;
/** More lines than this help nobody; the patch itself holds them all. */
const SHOWN = 400;

/** Whether the next lines are the same, up to where both texts end. */
function isInStep(before: readonly string[], i: number, after: readonly string[], j: number): boolean {
  return Array.from({ length: IN_STEP }, (_, k) => k).every((k) => before[i + k] === after[j + k]);
}

/** How many lines to leave out of the one and to take from the other until both go on together. */
function findStep(before: readonly string[], i: number, after: readonly string[], j: number): readonly [number, number] {
  for (let distance = 1; distance <= AHEAD; distance += 1) {
    for (let gone = 0; gone <= distance; gone += 1) if (isInStep(before, i + gone, after, j + distance - gone)) return [gone, distance - gone];
  }
  return [before.length - i, after.length - j];
}

function walk(before: readonly string[], after: readonly string[]): DiffLine[] {
  const all: DiffLine[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const same = before[i];
    if (same !== undefined && same === after[j]) {
      all.push({ kind: "same", text: same });
      i += 1;
      j += 1;
      continue;
    }
    const [gone, come] = findStep(before, i, after, j);
    for (const text of before.slice(i, i + gone)) all.push({ kind: "del", text });
    for (const text of after.slice(j, j + come)) all.push({ kind: "add", text });
    i += gone;
    j += come;
  }
  return all;
}

function compare(before: string, after: string): DiffLine[] {
  const parts = diffLines(before, after, { maxEditLength: EXACT_EDITS });
  if (parts === undefined) return walk(toLines(before), toLines(after));
  return parts.flatMap((part) => {
    const kind = part.added ? "add" : part.removed ? "del" : "same";
    return toLines(part.value).map((text): DiffLine => ({ kind, text }));
  });
}

function shorten(lines: readonly DiffLine[]): readonly DiffLine[] {
  const rest = lines.slice(SHOWN).filter(({ kind }) => kind === "add" || kind === "del").length;
  return rest === 0 ? lines : [...lines.slice(0, SHOWN), { kind: "fold", text: `${rest} more changed ${rest === 1 ? "line" : "lines"} in the patch` }];
}

/**
 * Lines of a diff with `context` unchanged lines kept round each change; longer runs become one "fold" line, and so does what comes
 * after the first 400.
 */
export function toDiffLines(before: string, after: string, context = 3): readonly DiffLine[] {
  const all = compare(before, after);
  const near = all.map((_, index) => all.slice(Math.max(0, index - context), index + context + 1).some((line) => line.kind !== "same"));
  const lines: DiffLine[] = [];
  let skipped = 0;
  const flush = (): void => {
    if (skipped > 0) lines.push({ kind: "fold", text: skipped === 1 ? "1 line unchanged" : `${skipped} lines unchanged` });
    skipped = 0;
  };
  all.forEach((line, index) => {
    if (near[index] === true) {
      flush();
      lines.push(line);
    } else skipped += 1;
  });
  flush();
  return shorten(lines);
}
