export interface LineLabel {
  readonly text: string;
  /** Place on the line, 0..100. */
  readonly at: number;
}

export interface PlacedLabel extends LineLabel {
  readonly anchor: "start" | "middle" | "end";
  /** Text position in px. */
  readonly x: number;
  /** 0 = nearest to the line. */
  readonly row: number;
}

/** Estimate for 12 px Inter; wide enough that real text never overlaps. */
const CHAR_PX = 6.5;
const GAP_PX = 10;

/** Puts labels under their marks without overlap: each takes the first row in which it has room. */
export function placeLabels(labels: readonly LineLabel[], widthPx: number): readonly PlacedLabel[] {
  const taken: { row: number; from: number; to: number }[] = [];
  return [...labels].sort((a, b) => a.at - b.at).map((label): PlacedLabel => {
    const width = label.text.length * CHAR_PX;
    const mark = (label.at / 100) * widthPx;
    const anchor = mark - width / 2 < 0 ? "start" : mark + width / 2 > widthPx ? "end" : "middle";
    const from = anchor === "start" ? mark : anchor === "end" ? mark - width : mark - width / 2;
    const clamped = Math.max(0, Math.min(from, widthPx - width));
    const to = clamped + width;
    let row = 0;
    while (taken.some((t) => t.row === row && clamped < t.to + GAP_PX && to + GAP_PX > t.from)) row += 1;
    taken.push({ row, from: clamped, to });
    const x = anchor === "start" ? clamped : anchor === "end" ? to : clamped + width / 2;
    return { ...label, anchor, x, row };
  });
}
