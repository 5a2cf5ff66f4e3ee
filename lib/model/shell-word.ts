import { HIDDEN_CHARACTERS } from "./hidden-characters";
import { toKeptText } from "./kept-text";

const SPELLED_OUT = new RegExp(`\\p{Cc}|${HIDDEN_CHARACTERS.source}`, "u");
const UNSAFE = new RegExp(`[\\\\']|${SPELLED_OUT.source}`, "gu");

/** In octal, byte by byte: every shell that knows such quotes reads that, in any locale, as it does not read `\u0080`. */
const toEscape = (character: string): string => [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

/**
 * A name as a shell takes it: names of most objects need no quotes, what a manifest calls one may, and a role may be called anything. Control characters are
 * spelled out, since a terminal that one is pasted into acts upon them before the shell sees any quotes, and what turns the order of letters or shows nothing,
 * since whoever reads the command would read another one; and so is what ends quotes, for shells such as dash, which do not know `$'…'`: they find nothing of
 * that name, but must run none of it. No argument holds a NUL: what is cut there would be another object's name.
 */
export function toShellWord(name: string): string {
  const kept = toKeptText(name);
  if (/^[\w.:@/-]+$/.test(kept)) return kept;
  if (!SPELLED_OUT.test(kept)) return `'${kept.replaceAll("'", "'\\''")}'`;
  return `$'${kept.replaceAll(UNSAFE, toEscape)}'`;
}
