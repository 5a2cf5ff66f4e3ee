export interface HistorySpan {
  readonly state: "failing" | "not-assessed" | "no-snapshot";
  readonly fromAt: string;
  /** null = up to the end of the strip. */
  readonly toAt: string | null;
  readonly label: string;
}

export interface StripSpan {
  readonly state: HistorySpan["state"];
  /** Percent of the strip. */
  readonly left: number;
  readonly width: number;
  readonly label: string;
  /** It goes on from one with the same label, which was cut where nobody looked. */
  readonly isRest: boolean;
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** What is left of a span without the times in which nobody looked, oldest first; it was seen at both ends of each. `isOpen` = at its end, too. */
function cutOut({ from, to }: Piece, unseen: readonly Piece[], isOpen: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = from;
  for (const time of unseen) {
    if (time.to <= start || time.from >= to) continue;
    if (start <= time.from) pieces.push({ from: start, to: time.from });
    start = time.to;
  }
  return start < to || isOpen || start === from ? [...pieces, { from: start, to }] : pieces;
}

/** Spans as percentages of the strip, cut to it, and where there was no snapshot; those outside are dropped. Dates are ISO instants. */
export function toStripSpans(spans: readonly HistorySpan[], fromAt: string, toAt: string): readonly StripSpan[] {
  const [start, end] = [Date.parse(fromAt), Date.parse(toAt)];
  const length = Math.max(end - start, 1);
  const toPiece = (span: HistorySpan): Piece => ({ from: Date.parse(span.fromAt), to: span.toAt === null ? end : Date.parse(span.toAt) });
  const unseen = spans.filter(({ state }) => state === "no-snapshot").map(toPiece);
  return spans.flatMap((span): StripSpan[] => {
    const { state, label } = span;
    const whole = toPiece(span);
    // Cut before they are fitted to the strip, which may begin or end where nobody looked.
    const pieces = state === "no-snapshot" ? [whole] : cutOut(whole, unseen, span.toAt === null);
    return pieces
      .map(({ from, to }) => ({ from: Math.max(from, start), to: Math.min(to, end) }))
      .filter(({ from, to }) => from <= to)
      .map(({ from, to }, index) => ({
        state,
        label,
        left: ((from - start) / length) * 100,
        width: ((to - from) / length) * 100,
        isRest: index > 0,
      }));
  });
}
