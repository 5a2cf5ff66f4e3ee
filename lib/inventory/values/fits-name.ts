/** Whether a name is the one that a pattern says, or begins with what stands before its `*`; a `*` alone says nothing. */
export function fitsName(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? pattern.length > 1 && name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
