export interface CellPlace {
  readonly column: number;
  readonly row: number;
}

/** The cell that a key leads to in columns of these heights; null = none, the key is not ours. */
export function nextCell(heights: readonly number[], { column, row }: CellPlace, key: string): CellPlace | null {
  const height = heights[column];
  if (height === undefined || row < 0) return null;
  const clamp = (at: number): CellPlace | null => {
    const other = heights[at];
    return other === undefined || other === 0 ? null : { column: at, row: Math.min(row, other - 1) };
  };
  switch (key) {
    case "ArrowDown":
      return row + 1 < height ? { column, row: row + 1 } : null;
    case "ArrowUp":
      return row > 0 ? { column, row: row - 1 } : null;
    case "ArrowRight":
      return clamp(column + 1);
    case "ArrowLeft":
      return clamp(column - 1);
    case "Home":
      return { column, row: 0 };
    case "End":
      return { column, row: height - 1 };
    default:
      return null;
  }
}
