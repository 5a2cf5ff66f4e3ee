import type { ReactNode } from "react";
import { findWeakestReading, type LayerReading } from "../charts/layer-reading";
import { IMAGE_PALETTE } from "../charts/palette";
import { arcPath, EMBLEM_SIZE, layoutRings } from "../charts/ring-geometry";

const OPACITY = { solid: 1, striped: 0.66, tint: 0.3, hatch: 1 } as const;
const HATCH = "#6b7078";

/** The emblem without CSS, for pictures: what was not assessed is dashed grey. */
export function CardRings({ readings, size }: { readonly readings: readonly LayerReading[]; readonly size: number }): ReactNode {
  const c = size / 2;
  const k = size / EMBLEM_SIZE;
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`}>
      {layoutRings(readings, size, findWeakestReading(readings)?.layer ?? null).flatMap((ring) => [
        <circle key={ring.layer} cx={c} cy={c} r={ring.radius} fill="none" stroke={IMAGE_PALETTE.track} strokeWidth={ring.thickness} />,
        ...ring.segments.map((segment) => (
          <path
            key={`${ring.layer} ${segment.paint}`}
            d={arcPath(c, ring.radius, segment.from, segment.to)}
            fill="none"
            strokeWidth={segment.paint === "hatch" ? ring.thickness * 0.8 : ring.thickness}
            stroke={segment.paint === "hatch" ? HATCH : IMAGE_PALETTE[ring.layer]}
            strokeOpacity={OPACITY[segment.paint]}
            strokeDasharray={segment.paint === "hatch" ? `${2 * k} ${4 * k}` : undefined}
          />
        )),
      ])}
    </svg>
  );
}
