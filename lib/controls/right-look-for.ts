/** How to read a question of `kubectl auth can-i`, whichever right it asks about; `also` = other rights that count. */
export function rightLookFor(also = ""): string {
  return `\`yes\`: the identity has the right that is asked about.${also === "" ? "" : ` ${also}`}`;
}
