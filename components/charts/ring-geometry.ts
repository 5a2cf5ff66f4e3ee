import { hasNothingToJudge, type Layer } from "@/lib/model/layer";
import { hasEvidence, type LayerReading } from "./layer-reading";

/** solid = certain, striped = lost if what is not assessed fails, hatch = won if it passes, tint = above the cap. */
export type Paint = "solid" | "striped" | "tint" | "hatch";

export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly paint: Paint;
}

export interface Ring {
  readonly layer: Layer;
  /** Radius of the middle of the stroke. */
  readonly radius: number;
  readonly thickness: number;
  readonly segments: readonly Segment[];
  /** Where the score ends; null = there is none. */
  readonly edge: number | null;
  /** Score at the baseline; null = no notch. */
  readonly notch: number | null;
  readonly excluded: boolean;
}

/** All measures belong to this size and scale with it. */
export const EMBLEM_SIZE = 272;
const OUTER_MARGIN = 6;
const THICK = 23;
const THIN = 15;
const GAP = 6;
const VISIBLE = 0.2;

/** The reading of one layer as stretches of 0..100, clockwise on a ring, left to right on a bar; none where there is nothing to judge. */
export function toSegments(reading: LayerReading): readonly Segment[] {
  if (reading.excluded === true || hasNothingToJudge(reading)) return [];
  if (!hasEvidence(reading)) return [{ from: 0, to: 100, paint: "hatch" }];
  const { score, lower, upper, capped } = reading;
  const stretches: Segment[] = capped
    ? [
        { from: 0, to: score, paint: "solid" },
        { from: score, to: Math.max(score, lower), paint: "tint" },
        { from: Math.max(score, lower), to: upper, paint: "hatch" },
      ]
    : [
        { from: 0, to: Math.min(lower, score), paint: "solid" },
        { from: Math.min(lower, score), to: score, paint: "striped" },
        { from: score, to: upper, paint: "hatch" },
      ];
  return stretches.filter((s) => s.to - s.from > VISIBLE);
}

/** Rings outside in, in the order given; the weakest are thicker, and share what one alone has more, so that within them stays as much room. Lengths are px at `size`. */
export function layoutRings(readings: readonly LayerReading[], size: number, weakest: readonly Layer[]): readonly Ring[] {
  const scale = size / EMBLEM_SIZE;
  const thick = THIN + (THICK - THIN) / Math.max(weakest.length, 1);
  let outer = size / 2 - OUTER_MARGIN * scale;
  return readings.map((reading): Ring => {
    const thickness = (weakest.includes(reading.layer) ? thick : THIN) * scale;
    const radius = outer - thickness / 2;
    outer -= thickness + GAP * scale;
    const known = hasEvidence(reading);
    return {
      layer: reading.layer,
      radius,
      thickness,
      segments: toSegments(reading),
      edge: known ? reading.score : null,
      notch: known ? reading.previous : null,
      excluded: reading.excluded === true,
    };
  });
}

/** Point at `value` (0..100, clockwise from 12 o'clock) on a circle. */
export function pointAt(center: number, radius: number, value: number): { readonly x: number; readonly y: number } {
  const angle = (value / 100) * 2 * Math.PI - Math.PI / 2;
  return { x: round(center + radius * Math.cos(angle)), y: round(center + radius * Math.sin(angle)) };
}

/** SVG path of an arc between two values; a full turn is drawn as nearly one, which SVG needs. */
export function arcPath(center: number, radius: number, from: number, to: number): string {
  const end = to - from >= 99.99 ? from + 99.98 : to;
  const a = pointAt(center, radius, from);
  const b = pointAt(center, radius, end);
  return `M${a.x} ${a.y}A${round(radius)} ${round(radius)} 0 ${end - from > 50 ? 1 : 0} 1 ${b.x} ${b.y}`;
}

/** A short radial line through the ring at `value`, `overhang` px longer at each side. */
export function tickPath(center: number, ring: Pick<Ring, "radius" | "thickness">, value: number, overhang: number): string {
  const inner = pointAt(center, ring.radius - ring.thickness / 2 - overhang, value);
  const outer = pointAt(center, ring.radius + ring.thickness / 2 + overhang, value);
  return `M${inner.x} ${inner.y}L${outer.x} ${outer.y}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
