export interface YamlLine {
  /** Key with its indent, dash and colon; "" when the line has none. */
  readonly key: string;
  readonly rest: string;
}

/** Splits one line of YAML for two inks: `  name: x` -> ["  name:", " x"]. Never fails: odd lines are all rest. */
export function splitYamlLine(line: string): YamlLine {
  const match = /^(\s*(?:- +)*(?:"[^"]*"|'[^']*'|(?!- )[^\s#"'][^:#]*):)(?=\s|$)/.exec(line);
  const key = match?.[1];
  return key === undefined ? { key: "", rest: line } : { key, rest: line.slice(key.length) };
}
