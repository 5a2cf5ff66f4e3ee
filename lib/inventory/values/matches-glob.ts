/**
 * Whether a text is what a pattern of a policy says: `*` is any number of characters, `?` is one. The last `*` alone is tried again, so
 * that no pattern takes more than the product of both lengths.
 */
export function matchesGlob(pattern: string, value: string): boolean {
  let p = 0;
  let v = 0;
  let star = -1;
  let tried = 0;
  while (v < value.length) {
    if (pattern[p] === "*") {
      star = p++;
      tried = v;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === value[v])) {
      p++;
      v++;
    } else if (star >= 0) {
      p = star + 1;
      v = ++tried;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

export function matchesSome(patterns: readonly string[], value: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, value));
}
