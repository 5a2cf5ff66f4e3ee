/** A text as CSS writes it between quotes; whatever could end the text, the rule or the element around it is written by its number. */
export function toCssText(text: string): string {
  return `"${text.replace(/["\\<>\p{Cc}]/gu, (letter) => `\\${letter.codePointAt(0)?.toString(16)} `)}"`;
}
