/** Entries with how many of the same key came before each, from 0: what is told twice of one place stays two. */
export function numberCopies<T>(entries: readonly T[], keyOf: (entry: T) => string): readonly (readonly [entry: T, copy: number])[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const copy = seen.get(keyOf(entry)) ?? 0;
    seen.set(keyOf(entry), copy + 1);
    return [entry, copy];
  });
}
