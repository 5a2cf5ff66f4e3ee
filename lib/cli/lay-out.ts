import { showHidden } from "../format/show-hidden";

export interface TextPart {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** What a terminal acts upon. */
const CONTROL = /\p{Cc}/gu;

/** What runners of CI take for a command to them: `::set-output` where a line begins, `##[add-mask]` and `##vso[task.setvariable]` anywhere in it. */
const COMMAND = /(?<!\S):(?=:[a-z])|(?<=#)#(?=\w*\[)/gi;

/** As JSON and YAML read it: `\u001B`. */
export function toEscape(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Nearly no text has what any of these looks for. */
const MAY_HIDE = /[^ -~]|::|##/;

/** One line, with nothing in it that its reader does not see: `web\u001B[2K`. Names and values of manifests hold whatever somebody wrote. */
export function toPrintable(text: string): string {
  if (!MAY_HIDE.test(text)) return text;
  return showHidden(text)
    .replace(CONTROL, (mark) => (mark === "\n" ? "\\n" : toEscape(mark)))
    .replace(COMMAND, toEscape);
}

const NARROW = /^[ -~]*$/;
const MARK = /^\p{M}$/u;
/** Letters of East Asia and pictures, which terminals show in two columns. */
const WIDE = /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that a text takes on a terminal. */
function columnsOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  return [...text].reduce((sum, letter) => sum + (MARK.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1), 0);
}

/** Between two parts of a line. */
const GAP = 2;

/**
 * Parts side by side, folded between words so that no line is longer than `width`, where words are short enough; a part that has no room left on a
 * line and has on the next stays whole. What is hidden is shown. Lines after the first are indented; `start` is how much of the first is taken. Infinity = one line.
 */
export function layOut(
  given: readonly TextPart[],
  { start, indent, width }: { readonly start: number; readonly indent: number; readonly width: number },
): string {
  const parts = given.map(({ text, paint }) => ({ text: toPrintable(text), paint }));
  if (width === Number.POSITIVE_INFINITY) return parts.map(({ text, paint }) => paint(text)).join(" ".repeat(GAP));
  let column = start;
  let written = "";
  for (const [index, { text, paint }] of parts.entries()) {
    let run = "";
    const end = (): void => {
      if (run !== "") written += paint(run);
      run = "";
    };
    const whole = columnsOf(text);
    for (const [at, word] of text.split(" ").entries()) {
      const own = columnsOf(word);
      const gap = at > 0 ? 1 : index > 0 ? GAP : 0;
      const needed = index > 0 && at === 0 && indent + whole <= width ? whole : own;
      if (column + gap + needed > width && column > indent) {
        end();
        written += `\n${" ".repeat(indent)}`;
        column = indent + own;
      } else {
        if (at === 0) written += " ".repeat(gap);
        else run += " ";
        column += gap + own;
      }
      run += word;
    }
    end();
  }
  return written;
}
