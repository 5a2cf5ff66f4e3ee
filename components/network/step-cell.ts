type Cell = readonly [row: number, column: number];

const STEPS: Readonly<Record<string, Cell>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Where a key leads in a table: the next cell that is there, past those that are not; null = it leads nowhere. */
export function stepCell(
  key: string,
  [row, column]: Cell,
  size: { readonly rows: number; readonly columns: number },
  has: (row: number, column: number) => boolean,
): Cell | null {
  const step = STEPS[key];
  if (!step) {
    const order = key === "Home" ? [...Array(size.columns).keys()] : key === "End" ? [...Array(size.columns).keys()].reverse() : [];
    const found = order.find((at) => has(row, at));
    return found === undefined ? null : [row, found];
  }
  let [y, x] = [row + step[0], column + step[1]];
  while (y >= 0 && y < size.rows && x >= 0 && x < size.columns) {
    if (has(y, x)) return [y, x];
    y += step[0];
    x += step[1];
  }
  return null;
}
