export interface TextPart {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** Between two parts of a line. */
const GAP = 2;

/**
 * Parts side by side, folded between words so that no line is longer than `width`, where words are short enough; a part that has no room left on a
 * line and has on the next stays whole. Lines after the first are indented; `start` is how much of the first is taken. Infinity = one line.
 */
export function layOut(
  parts: readonly TextPart[],
  { start, indent, width }: { readonly start: number; readonly indent: number; readonly width: number },
): string {
  if (width === Number.POSITIVE_INFINITY) return parts.map(({ text, paint }) => paint(text)).join(" ".repeat(GAP));
  let column = start;
  let written = "";
  for (const [index, { text, paint }] of parts.entries()) {
    let run = "";
    const end = (): void => {
      if (run !== "") written += paint(run);
      run = "";
    };
    for (const [at, word] of text.split(" ").entries()) {
      const gap = at > 0 ? 1 : index > 0 ? GAP : 0;
      const needed = index > 0 && at === 0 && indent + text.length <= width ? text.length : word.length;
      if (column + gap + needed > width && column > indent) {
        end();
        written += `\n${" ".repeat(indent)}`;
        column = indent + word.length;
      } else {
        if (at === 0) written += " ".repeat(gap);
        else run += " ";
        column += gap + word.length;
      }
      run += word;
    }
    end();
  }
  return written;
}
