import { useChartWidth } from "recharts";
import { useTimeZone } from "../primitives/use-time-zone";
import { fittedTicks, type TimeTick } from "./time-ticks";

interface Span {
  readonly first: { readonly atMs: number };
  readonly end: { readonly atMs: number };
}

/** The ticks that a Recharts picture has room for beside its other axis and its margins, `takenPx` together. */
export function useTimeTicks({ first, end }: Span, takenPx: number, most: number): readonly TimeTick[] {
  const zone = useTimeZone();
  const width = useChartWidth() ?? 0;
  return fittedTicks(first.atMs, end.atMs, zone, { px: width - takenPx, most });
}
