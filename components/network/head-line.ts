/** Characters that the least height of the heads has room for. */
const LEAST = 17;

/** Whether a name goes on below itself: no more than two lines fit above the narrowest column. */
export const isTwoLines = (name: string): boolean => name.length > LEAST;

/** How many characters long the heads of the columns are, so that each name is whole. */
export function headLine(names: readonly string[]): number {
  return Math.max(LEAST, ...names.filter(isTwoLines).map((name) => Math.ceil(name.length / 2)));
}
