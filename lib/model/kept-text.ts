/** A text as any database keeps it: names of roles and of subjects may hold a NUL, or half a surrogate pair, and are remembered and linked to with U+FFFD there. */
export function toKeptText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\u{FFFD}");
}
