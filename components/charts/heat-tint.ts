/** Cost that takes the full tint; one scale for all columns, so that 4.6 never looks like 25.4. */
export const FULL_TINT_POINTS = 26;

/** Tint in percent of the layer's hue: 2 for nothing, 58 for `FULL_TINT_POINTS` and more, square root between. */
export function heatTintPercent(points: number): number {
  const share = Math.sqrt(Math.min(Math.max(points, 0), FULL_TINT_POINTS) / FULL_TINT_POINTS);
  return Math.round(2 + share * 56);
}
