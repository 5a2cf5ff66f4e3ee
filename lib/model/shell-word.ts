const CONTROL = /\p{Cc}/gu;

const toEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * A name as a shell takes it: names of most objects need no quotes, what a manifest calls one may, and a role may be called anything. Control characters are
 * spelled out, since a terminal that one is pasted into acts upon them before the shell sees any quotes.
 */
export function toShellWord(name: string): string {
  if (/^[\w.:@/-]+$/.test(name)) return name;
  if (name.search(CONTROL) === -1) return `'${name.replaceAll("'", "'\\''")}'`;
  return `$'${name.replaceAll(/[\\']/g, "\\$&").replaceAll(CONTROL, toEscape)}'`;
}
