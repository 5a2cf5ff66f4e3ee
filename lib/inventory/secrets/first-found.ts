/** What is found in the first of many in which there is something; null = in none. */
export function firstFound<Item, Found>(items: Iterable<Item>, look: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = look(item);
    if (found !== null) return found;
  }
  return null;
}
