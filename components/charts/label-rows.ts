export interface LineLabel {
  readonly text: string;
  /** Place on the line, 0..100. */
  readonly at: number;
}

type Anchor = "start" | "middle" | "end";

export interface PlacedLabel extends LineLabel {
  readonly anchor: Anchor;
  /** Text position in px. */
  readonly x: number;
  /** 0 = nearest to the line. */
  readonly row: number;
}

/** Estimate for 12 px Inter; wide enough that real text never overlaps. */
const CHAR_PX = 6.3;
const GAP_PX = 4;
const ANCHORS: readonly Anchor[] = ["middle", "end", "start"];
/** Up to this many labels all ways to anchor them are tried: 3 to the power of 6. */
const MAX_SEARCH = 6;

/** Puts labels at their marks without overlap, in as few rows as anchoring them left or right allows. */
export function placeLabels(labels: readonly LineLabel[], widthPx: number): readonly PlacedLabel[] {
  const sorted = [...labels].sort((a, b) => a.at - b.at);
  if (sorted.length > MAX_SEARCH) return fill(sorted, widthPx, () => ANCHORS);
  let best: readonly PlacedLabel[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (let code = 0; code < ANCHORS.length ** sorted.length; code += 1) {
    const choice = (index: number): readonly Anchor[] => [ANCHORS[Math.floor(code / ANCHORS.length ** index) % ANCHORS.length] ?? "middle"];
    const placed = fill(sorted, widthPx, choice);
    const cost = placed.reduce((sum, label) => sum + label.row * 10 + (label.anchor === "middle" ? 0 : 1), 0);
    if (cost < bestCost) {
      best = placed;
      bestCost = cost;
    }
  }
  return best;
}

function fill(labels: readonly LineLabel[], widthPx: number, anchorsOf: (index: number) => readonly Anchor[]): readonly PlacedLabel[] {
  const taken: { readonly row: number; readonly from: number; readonly to: number }[] = [];
  return labels.map((label, index): PlacedLabel => {
    const width = label.text.length * CHAR_PX;
    const mark = (label.at / 100) * widthPx;
    const options = anchorsOf(index).map((anchor) => {
      const wanted = anchor === "start" ? mark : anchor === "end" ? mark - width : mark - width / 2;
      const from = Math.max(0, Math.min(wanted, widthPx - width));
      let row = 0;
      while (taken.some((t) => t.row === row && from < t.to + GAP_PX && from + width + GAP_PX > t.from)) row += 1;
      return { anchor: from === wanted ? anchor : from === 0 ? ("start" as const) : ("end" as const), from, row };
    });
    const { anchor, from, row } = options.reduce((a, b) => (b.row < a.row ? b : a));
    taken.push({ row, from, to: from + width });
    return { ...label, anchor, row, x: anchor === "start" ? from : anchor === "end" ? from + width : from + width / 2 };
  });
}
