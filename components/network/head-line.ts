/** Characters that the least height of the heads has room for. */
const LEAST = 17;

/** How many characters long the heads of the columns are, so that each name is whole on one line or two: no more fit above the narrowest column. */
export function headLine(names: readonly string[]): number {
  return Math.max(LEAST, ...names.map((name) => Math.ceil(name.length / 2)));
}
