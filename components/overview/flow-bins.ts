import type { SeverityBucket } from "@/lib/contracts/overview";
import type { SilentTimeDto } from "@/lib/contracts/score";
import type { FlowBin } from "../charts/open-series";
import { partAtSilence } from "../charts/silent-times";

const BINS = 13;

const msOf = ({ takenAt }: SeverityBucket): number => Date.parse(takenAt);

function lengthOf(part: readonly SeverityBucket[]): number {
  const [first, last] = [part[0], part.at(-1)];
  return first && last ? msOf(last) - msOf(first) : 0;
}

/** What came and went from the first of these snapshots on, in stretches of about `widthMs`, all of equal length. */
function binPart(part: readonly SeverityBucket[], widthMs: number): readonly FlowBin[] {
  const [first] = part;
  if (!first || part.length < 2) return [];
  const startMs = msOf(first);
  const spanMs = lengthOf(part);
  const count = Math.max(1, Math.round(spanMs / widthMs));
  const ownMs = Math.max(1, spanMs / count);
  const at = (index: number): string => new Date(startMs + index * ownMs).toISOString();
  const bins = Array.from({ length: count }, (_, i) => ({ fromAt: at(i), toAt: at(i + 1), opened: 0, closed: 0 }));
  for (const point of part.slice(1)) {
    const bin = bins[Math.min(count - 1, Math.max(0, Math.ceil((msOf(point) - startMs) / ownMs) - 1))];
    if (!bin) continue;
    bin.opened += point.opened;
    bin.closed += point.closed;
  }
  return bins;
}

/**
 * What opened and closed, in about 13 stretches that cover the whole series. A time without a snapshot is one of them: on which of its days it came, nobody
 * saw, and it did not all come on the last.
 */
export function toFlowBins(stack: readonly SeverityBucket[], silent: readonly SilentTimeDto[]): readonly FlowBin[] {
  const parts = partAtSilence(stack, silent);
  const seenMs = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return parts.flatMap((part, index): readonly FlowBin[] => {
    const [first, before] = [part[0], parts[index - 1]?.at(-1)];
    const unseen = first && before ? [{ fromAt: before.takenAt, toAt: first.takenAt, opened: first.opened, closed: first.closed }] : [];
    return [...unseen, ...binPart(part, Math.max(1, seenMs / BINS))];
  });
}
