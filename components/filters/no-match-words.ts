/** What stands where the rows of a list would: what was asked for, since the title of the page says already that nothing matches. */
export function noMatchWords(typed: string): string {
  return typed === "" ? "Nothing matches this filter" : `Nothing matches “${typed}”`;
}
