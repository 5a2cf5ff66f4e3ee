/** A name as a shell takes it: names of most objects need no quotes, what a manifest calls one may. */
export function toShellWord(name: string): string {
  return /^[\w.:@/-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
