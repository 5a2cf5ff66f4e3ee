import type { ReactNode } from "react";
import { hasEvidence, type LayerReading, readingName } from "./layer-reading";
import { layerMark, layerPaint } from "./palette";
import { toSegments } from "./ring-geometry";

const HEIGHT = 12;
const TOP = 4;
const ALL = HEIGHT + 2 * TOP;

/** The reading of a ring along a straight bar, as wide as its place. */
export function ScoreBar({ reading }: { readonly reading: LayerReading }): ReactNode {
  const known = hasEvidence(reading);
  return (
    <svg width="100%" height={ALL} role="img" aria-label={readingName(reading)}>
      {reading.excluded === true ? (
        <rect x=".5" y={TOP + 0.5} width="100%" height={HEIGHT - 1} fill="none" stroke={layerMark(reading.layer)} strokeDasharray="1.5 4" />
      ) : (
        <rect x="0" y={TOP} width="100%" height={HEIGHT} fill="var(--track)" />
      )}
      {toSegments(reading).map((s) => (
        <rect key={s.paint} x={`${s.from}%`} y={TOP} width={`${s.to - s.from}%`} height={HEIGHT} fill={layerPaint(reading.layer, s.paint)} />
      ))}
      {known ? <line x1={`${reading.score}%`} x2={`${reading.score}%`} y1={TOP} y2={TOP + HEIGHT} stroke="var(--bg)" strokeWidth="2" /> : null}
      {known && reading.previous !== null ? (
        <>
          <line x1={`${reading.previous}%`} x2={`${reading.previous}%`} y1="0" y2={ALL} stroke="var(--bg)" strokeWidth="5" />
          <line x1={`${reading.previous}%`} x2={`${reading.previous}%`} y1="0" y2={ALL} stroke="var(--ink)" strokeWidth="2" />
        </>
      ) : null}
    </svg>
  );
}
