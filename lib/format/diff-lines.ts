import { diffLines } from "diff";

export interface DiffLine {
  readonly kind: "add" | "del" | "same" | "fold";
  readonly text: string;
}

/** Lines of a diff with `context` unchanged lines kept round each change; longer runs become one "fold" line. */
export function toDiffLines(before: string, after: string, context = 3): readonly DiffLine[] {
  const all = diffLines(before, after).flatMap((part) => {
    const kind = part.added ? "add" : part.removed ? "del" : "same";
    return part.value
      .replace(/\n$/, "")
      .split("\n")
      .map((text): DiffLine => ({ kind, text }));
  });
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
  return lines;
}
