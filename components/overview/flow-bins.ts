import type { SeverityBucket } from "@/lib/contracts/overview";
import type { FlowBin } from "../charts/open-series";

const BINS = 13;

/** What opened and closed, in at most 13 stretches of equal length that cover the whole series. */
export function toFlowBins(stack: readonly SeverityBucket[]): readonly FlowBin[] {
  const [first, last] = [stack[0], stack.at(-1)];
  if (!first || !last || stack.length < 2) return [];
  const startMs = Date.parse(first.takenAt);
  const widthMs = Math.max(1, (Date.parse(last.takenAt) - startMs) / BINS);
  const at = (index: number): string => new Date(startMs + index * widthMs).toISOString();
  const bins = Array.from({ length: BINS }, (_, i) => ({ fromAt: at(i), toAt: at(i + 1), opened: 0, closed: 0 }));
  for (const point of stack.slice(1)) {
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil((Date.parse(point.takenAt) - startMs) / widthMs) - 1))];
    if (!bin) continue;
    bin.opened += point.opened;
    bin.closed += point.closed;
  }
  return bins;
}
