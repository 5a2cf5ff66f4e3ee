import { firstLine } from "./first-line";

/** One value of a stream with the line that it starts on, or what is wrong with that place of it. */
export type JsonPart = { readonly value: unknown; readonly line: number } | { readonly problem: string; readonly line: number };

/** Without the position, which counts from where the value starts and not from the start of the file. */
function messageOf(error: unknown): string {
  return firstLine(error).replace(/ (?:in JSON )?at position \d+.*$/, "");
}

/** Lines from `start` to the one on which the object or list closes; `closes` is false where a text runs over its line, or nothing closes. */
function measureValue(lines: readonly string[], start: number, most: number): { readonly count: number; readonly closes: boolean } {
  let depth = 0;
  let count = 0;
  while (count < most && start + count < lines.length) {
    for (const match of (lines[start + count] ?? "").matchAll(/"(?:[^"\\]|\\.)*("?)|[[\]{}]/g)) {
      const [token, closing] = match;
      if (token === "{" || token === "[") depth += 1;
      else if (token === "}" || token === "]") depth -= 1;
      else if (closing === "") return { count, closes: false };
    }
    count += 1;
    if (depth <= 0) return { count, closes: true };
  }
  return { count, closes: false };
}

function startsValue(line: string): boolean {
  return line.startsWith("{") || line.startsWith("[");
}

/**
 * Values one after the other, each on a line of its own (JSON lines) or over several: what cannot be read is a problem of its place,
 * and reading goes on at the next line that starts a value.
 */
export function* parseJsonStream(content: string): Generator<JsonPart> {
  const lines = content.split("\n");
  // What never closes is looked for in vain: all such searches together may read the content a few times, not once for each line.
  let left = 4 * lines.length;
  for (let index = 0; index < lines.length; ) {
    if (lines[index]?.trim() === "") {
      index += 1;
      continue;
    }
    const { count, closes } = measureValue(lines, index, left);
    if (!closes) left -= count;
    const end = index + (closes ? count : 1);
    try {
      yield { value: JSON.parse(lines.slice(index, end).join("\n")), line: index + 1 };
      index = end;
    } catch (error) {
      yield { problem: `What starts on line ${index + 1} is not JSON: ${messageOf(error)}`, line: index + 1 };
      for (index = end; index < lines.length && !startsValue(lines[index] ?? ""); ) index += 1;
    }
  }
}
