export interface HistorySpan {
  readonly state: "failing" | "not-assessed";
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
}

/** Spans as percentages of the strip, cut to it; those outside are dropped. Dates are ISO instants. */
export function toStripSpans(spans: readonly HistorySpan[], fromAt: string, toAt: string): readonly StripSpan[] {
  const [start, end] = [Date.parse(fromAt), Date.parse(toAt)];
  const length = Math.max(end - start, 1);
  return spans.flatMap((span): StripSpan[] => {
    const from = Math.max(Date.parse(span.fromAt), start);
    const to = Math.min(span.toAt === null ? end : Date.parse(span.toAt), end);
    if (to < from || to < start || from > end) return [];
    return [{ state: span.state, label: span.label, left: ((from - start) / length) * 100, width: ((to - from) / length) * 100 }];
  });
}
