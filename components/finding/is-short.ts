const INLINE_LETTERS = 42;

/** Short enough to stand in the line of the field that it is about; longer ones stand below the object. */
export function isShort(message: string): boolean {
  return message.length <= INLINE_LETTERS;
}
