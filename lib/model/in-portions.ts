/**
 * Does something with each of many, so many at a time as it is told, and all that are left where it is told no number: those of a large cluster take long.
 * False = none is left. One that throws is not passed by: whoever asks next is told the same, and takes none of it for all.
 */
export function inPortions<T>(items: readonly T[], each: (item: T) => void): (most?: number) => boolean {
  let taken = 0;
  return (most = items.length) => {
    for (const item of items.slice(taken, taken + most)) {
      each(item);
      taken += 1;
    }
    return taken < items.length;
  };
}
