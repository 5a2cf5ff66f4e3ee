/** A line of a configuration up to the ` # comment` at its end. Looks from each `#` back: a pattern would look on from each blank. */
export function withoutComment(line: string): string {
  for (let at = line.indexOf("#", 1); at > 0; at = line.indexOf("#", at + 1)) if (/\s/.test(line[at - 1] ?? "")) return line.slice(0, at).trimEnd();
  return line;
}
