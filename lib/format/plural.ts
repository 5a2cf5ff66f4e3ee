/** The noun alone, in the number that `count` asks for: plural(1, "finding") = "finding". */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return Math.abs(count) === 1 ? one : many;
}
