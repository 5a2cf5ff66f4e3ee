import type { ReactNode } from "react";
import { layerMark, layerPaint } from "./palette";
import { arcPath, EMBLEM_SIZE, type Ring, tickPath } from "./ring-geometry";

/** One ring of the emblem: track, segments, edge of the score, notch of the baseline. */
export function RingArc({ ring, size }: { readonly ring: Ring; readonly size: number }): ReactNode {
  const c = size / 2;
  const k = size / EMBLEM_SIZE;
  if (ring.excluded) {
    return <circle cx={c} cy={c} r={ring.radius} fill="none" stroke={layerMark(ring.layer)} strokeWidth={1.5 * k} strokeDasharray={`${1.5 * k} ${4 * k}`} />;
  }
  return (
    <g fill="none">
      <circle cx={c} cy={c} r={ring.radius} stroke="var(--track)" strokeWidth={ring.thickness} />
      {ring.segments.map((s) => (
        <path key={s.paint} d={arcPath(c, ring.radius, s.from, s.to)} stroke={layerPaint(ring.layer, s.paint)} strokeWidth={ring.thickness} />
      ))}
      {ring.edge === null ? null : <path d={tickPath(c, ring, ring.edge, 0)} stroke="var(--bg)" strokeWidth={3 * k} />}
      <path d={tickPath(c, ring, 0, k)} stroke="var(--bg)" strokeWidth={2 * k} />
      {ring.notch === null ? null : (
        <>
          <path d={tickPath(c, ring, ring.notch, 2.5 * k)} stroke="var(--bg)" strokeWidth={5 * k} />
          <path d={tickPath(c, ring, ring.notch, 2.5 * k)} stroke="var(--ink)" strokeWidth={2 * k} />
        </>
      )}
    </g>
  );
}
