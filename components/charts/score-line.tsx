"use client";
import type { ReactNode } from "react";
import { formatScore, scoreChange } from "@/lib/format/numbers";
import { noScoreWords } from "@/lib/format/posture-titles";
import { hasNothingToJudge } from "@/lib/model/layer";
import { useElementWidth } from "../primitives/use-element-width";
import { type LineLabel, type PlacedLabel, placeLabels } from "./label-rows";
import { hasEvidence, type LayerReading, readingName } from "./layer-reading";
import { layerPaint } from "./palette";
import { toSegments } from "./ring-geometry";
import { labelsBelow } from "./score-labels";

const ROW = 16;
const HEIGHT = 22;

/** How the number of a layer is made, on one line: score and baseline above, bounds below. */
export function ScoreLine({ reading, baseline }: { readonly reading: LayerReading; readonly baseline: string }): ReactNode {
  const [ref, width] = useElementWidth<HTMLDivElement>(1100);
  const known = hasEvidence(reading);
  const above = placeLabels(labelsAbove(reading, baseline), width);
  const below = placeLabels(labelsBelow(reading), width);
  const rowsAbove = Math.max(0, ...above.map((l) => l.row)) + 1;
  const rowsBelow = Math.max(0, ...below.map((l) => l.row)) + 1;
  const top = rowsAbove * ROW + 10;
  const height = top + HEIGHT + 8 + rowsBelow * ROW;
  const px = (value: number): number => (value / 100) * width;
  return (
    <div ref={ref}>
      <svg
        className="to-paper"
        width="100%"
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={[readingName(reading), ...above.map((l) => l.text), ...below.map((l) => l.text)].join(", ")}
      >
        <rect x="0" y={top} width={width} height={HEIGHT} fill="var(--track)" />
        {toSegments(reading).map((s) => (
          <rect key={s.paint} x={px(s.from)} y={top} width={px(s.to - s.from)} height={HEIGHT} fill={layerPaint(reading.layer, s.paint)} />
        ))}
        {/* All marks before all words: the mark of a label in the second row passes behind the words of the first. */}
        {known
          ? above.map((l) => <path key={l.text} d={`M${px(l.at)} ${top - 6 - markRow(l, above) * ROW}V${top + HEIGHT}`} stroke="var(--ink)" strokeWidth="2" />)
          : null}
        {below.map((l) => (
          <path key={l.text} d={`M${px(l.at)} ${top + HEIGHT}v${7 + l.row * ROW}`} stroke="var(--ink-3)" opacity={l.row > 0 ? 0.6 : 1} />
        ))}
        {above.map((l) => (
          <text
            key={l.text}
            className="halo"
            x={l.x}
            y={top - 11 - l.row * ROW}
            textAnchor={l.anchor}
            style={{ fill: "var(--ink)", fontWeight: !known || l.at === reading.score ? 600 : 400 }}
          >
            {l.text}
          </text>
        ))}
        {below.map((l) => (
          <text key={l.text} className="halo" x={l.x} y={top + HEIGHT + 20 + l.row * ROW} textAnchor={l.anchor} style={{ fill: "var(--ink-2)" }}>
            {l.text}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** Up to which row a mark reaches: labels of the same place share the mark below them, instead of one that runs through the words. */
function markRow(label: PlacedLabel, all: readonly PlacedLabel[]): number {
  return all.some((other) => other.row < label.row && Math.abs(other.at - label.at) < 1) ? 0 : label.row;
}

function labelsAbove(reading: LayerReading, baseline: string): readonly LineLabel[] {
  if (!hasEvidence(reading))
    return [{ text: hasNothingToJudge(reading) ? `${noScoreWords(reading)}, so no score` : `${noScoreWords(reading)} for a score`, at: 50 }];
  const { score, previous, capped } = reading;
  const words = `${formatScore(score)} score${capped ? ", at cap" : ""}`;
  // One mark for both: two labels of one place would stand on each other.
  if (previous !== null && scoreChange(previous, score) === 0) return [{ text: `${words}, as on ${baseline}`, at: score }];
  const now = { text: words, at: score };
  return previous === null ? [now] : [now, { text: `${formatScore(previous)} on ${baseline}`, at: previous }];
}
