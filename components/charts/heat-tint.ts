/** Points at which the tint grows by one step: each twice the one before, so that small and large costs both show. */
export const HEAT_BOUNDS: readonly number[] = [0.05, 0.5, 1, 2, 4, 8, 16];

/** Tint step of a cost in points, one scale for all columns: 0 = none, for what is printed as 0.0; 7 = 16 points and more. */
export function heatStep(points: number): number {
  return HEAT_BOUNDS.filter((bound) => points >= bound).length;
}

/** The cell's ground: the layer's hue on the page's, as strong as the theme needs for the step (`--heat-1` to `--heat-7`). */
export function heatTint(layerHue: string, step: number): string {
  return step === 0 ? "var(--bg)" : `color-mix(in oklab, ${layerHue} var(--heat-${step}), var(--bg))`;
}
