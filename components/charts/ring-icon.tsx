import type { ReactNode } from "react";
import type { Layer } from "@/lib/model/layer";
import { layerMark } from "./palette";
import { arcPath } from "./ring-geometry";

interface RingIconProps {
  /** Scores outside in; null = not enough evidence or nothing to judge, drawn as a track alone. */
  readonly scores: readonly { readonly layer: Layer; readonly score: number | null }[];
  readonly size: number;
}

/** Arcs only, no hatch, no notch: for the brand and the list of clusters. */
export function RingIcon({ scores, size }: RingIconProps): ReactNode {
  const center = size / 2;
  const width = size * 0.085;
  const step = width + size * 0.045;
  return (
    <svg width={`${size / 16}rem`} height={`${size / 16}rem`} viewBox={`0 0 ${size} ${size}`} aria-hidden="true" style={{ flex: "none" }}>
      {scores.map(({ layer, score }, index) => {
        const radius = center - width / 2 - size / 40 - index * step;
        return (
          <g key={layer} fill="none" strokeWidth={width}>
            <circle cx={center} cy={center} r={radius} stroke="var(--track)" />
            {score === null || score < 0.5 ? null : <path d={arcPath(center, radius, 0, score)} stroke={layerMark(layer)} />}
          </g>
        );
      })}
    </svg>
  );
}
