import { useChartWidth } from "recharts";
import { useTimeZone } from "../primitives/use-time-zone";
import { apartTicks, fittingTicks, type TimeTick, timeTicks } from "./time-ticks";

interface Span {
  readonly first: { readonly atMs: number };
  readonly end: { readonly atMs: number };
}

/** The ticks that a Recharts picture has room for beside its other axis and its margins, `takenPx` together. */
export function useTimeTicks({ first, end }: Span, takenPx: number, most: number): readonly TimeTick[] {
  const zone = useTimeZone();
  const width = (useChartWidth() ?? 0) - takenPx;
  const ticks = timeTicks(first.atMs, end.atMs, zone, fittingTicks(width, most));
  return apartTicks(ticks, (atMs) => ((atMs - first.atMs) / Math.max(end.atMs - first.atMs, 1)) * width);
}
