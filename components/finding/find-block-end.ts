const DEEP = /\S/;

/** The last line (from 1) of the map or list that begins at a line of YAML as kubectl writes it, where a list stands as deep as its key. */
export function findBlockEnd(lines: readonly string[], line: number): number {
  const first = lines[line - 1] ?? "";
  const depth = first.search(DEEP);
  const isItem = first.startsWith("- ", depth);
  let end = line;
  for (; end < lines.length; end += 1) {
    const next = lines[end] ?? "";
    const nextDepth = next.search(DEEP);
    if (nextDepth < depth || (nextDepth === depth && (isItem || !next.startsWith("-", depth)))) break;
  }
  return end;
}
