import type { ReactNode } from "react";
import { hasEvidence, type LayerReading, readingName } from "./layer-reading";
import { layerMark, layerPaint } from "./palette";
import { toSegments } from "./ring-geometry";

/** The reading of a ring along a straight bar, as wide as its place. */
export function ScoreBar({ reading, height = 12 }: { readonly reading: LayerReading; readonly height?: number }): ReactNode {
  const top = 4;
  const all = height + 2 * top;
  const known = hasEvidence(reading);
  return (
    <svg width="100%" height={all} role="img" aria-label={readingName(reading)}>
      {reading.excluded === true ? (
        <rect x=".5" y={top + 0.5} width="100%" height={height - 1} fill="none" stroke={layerMark(reading.layer)} strokeDasharray="1.5 4" />
      ) : (
        <rect x="0" y={top} width="100%" height={height} fill="var(--track)" />
      )}
      {toSegments(reading).map((s) => (
        <rect key={s.paint} x={`${s.from}%`} y={top} width={`${s.to - s.from}%`} height={height} fill={layerPaint(reading.layer, s.paint)} />
      ))}
      {known ? <line x1={`${reading.score}%`} x2={`${reading.score}%`} y1={top} y2={top + height} stroke="var(--bg)" strokeWidth="2" /> : null}
      {known && reading.previous !== null ? (
        <>
          <line x1={`${reading.previous}%`} x2={`${reading.previous}%`} y1="0" y2={all} stroke="var(--bg)" strokeWidth="5" />
          <line x1={`${reading.previous}%`} x2={`${reading.previous}%`} y1="0" y2={all} stroke="var(--ink)" strokeWidth="2" />
        </>
      ) : null}
    </svg>
  );
}
