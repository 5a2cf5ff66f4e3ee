/** One entry per line: trimmed, without empty lines and repetitions. */
export function parseLines(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}
