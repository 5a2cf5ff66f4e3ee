import { formatCount } from "@/lib/format/numbers";

/** Round steps for an axis: 1, 2 or 5 times a power of ten, at most `maxSteps` of them between the ends. */
function niceStep(from: number, to: number, maxSteps: number): number {
  const rough = Math.max(to - from, Number.EPSILON) / maxSteps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough - power * 1e-9) ?? 10;
  return factor * power;
}

/** Multiples of the nice step inside [from, to]. */
export function niceTicks(from: number, to: number, maxSteps: number): readonly number[] {
  const step = niceStep(from, to, maxSteps);
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k += 1) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** The smallest whole, nice upper end that holds `max`; never 0. */
export function niceCeiling(max: number, maxSteps: number): number {
  if (max <= 0) return 1;
  const step = Math.max(1, niceStep(0, max, maxSteps));
  return Math.ceil(max / step) * step;
}

/** Pixels for the figures of an axis of counts up to `highest`: those of "5,000", and what "100,000" needs beyond that. */
export function countAxisPx(highest: number): number {
  return 44 + Math.max(0, formatCount(highest).length - 5) * 8;
}
