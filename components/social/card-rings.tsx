import type { ReactNode } from "react";
import { findWeakestReadings, type LayerReading } from "../charts/layer-reading";
import { IMAGE_PALETTE } from "../charts/palette";
import { arcPath, EMBLEM_SIZE, layoutRings } from "../charts/ring-geometry";

const OPACITY = { solid: 1, striped: 1, tint: 0.3, hatch: 1 } as const;
/** Lengths of dash and gap in a ring of the emblem's own size: stripes where it is not certain, as on the page, and thinner ones where nothing is known. */
const DASHES = { solid: null, striped: [4, 2.5], tint: null, hatch: [2, 4] } as const;
const HATCH = "#6b7078";

/** The emblem without CSS, for pictures: what was not assessed is dashed grey, what hangs on it dashed in the hue. */
export function CardRings({ readings, size }: { readonly readings: readonly LayerReading[]; readonly size: number }): ReactNode {
  const c = size / 2;
  const k = size / EMBLEM_SIZE;
  const weakest = findWeakestReadings(readings).map(({ layer }) => layer);
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`}>
      {layoutRings(readings, size, weakest).flatMap((ring) => [
        <circle key={ring.layer} cx={c} cy={c} r={ring.radius} fill="none" stroke={IMAGE_PALETTE.track} strokeWidth={ring.thickness} />,
        ...ring.segments.map((segment) => (
          <path
            key={`${ring.layer} ${segment.paint}`}
            d={arcPath(c, ring.radius, segment.from, segment.to)}
            fill="none"
            strokeWidth={segment.paint === "hatch" ? ring.thickness * 0.8 : ring.thickness}
            stroke={segment.paint === "hatch" ? HATCH : IMAGE_PALETTE[ring.layer]}
            strokeOpacity={OPACITY[segment.paint]}
            strokeDasharray={DASHES[segment.paint]?.map((length) => length * k).join(" ")}
          />
        )),
      ])}
    </svg>
  );
}
