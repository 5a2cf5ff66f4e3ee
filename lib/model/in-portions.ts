/**
 * Does something with each of many, so many at a time as it is told, and all that are left where it is told no number: those of a large cluster take long.
 * False = none is left.
 */
export function inPortions<T>(items: readonly T[], each: (item: T) => void): (most?: number) => boolean {
  let taken = 0;
  return (most = items.length) => {
    const next = items.slice(taken, taken + most);
    taken += next.length;
    for (const item of next) each(item);
    return taken < items.length;
  };
}
