"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { SeverityGlyph } from "../primitives/severity-glyph";
import { type SeverityLabel, spreadLabels } from "./open-series";
import { severityInk } from "./palette";

interface SeverityLabelsProps {
  readonly x: number;
  /** Of the plot. */
  readonly bottom: number;
  readonly labels: readonly SeverityLabel[];
}

/** Glyph, word and count at the end of an area, moved apart where areas are thin. */
export function SeverityLabels({ x, bottom, labels }: SeverityLabelsProps): ReactNode {
  const ys = spreadLabels(
    labels.map((label) => label.y),
    16,
    bottom,
  );
  return labels.map((label, index) => (
    <g key={label.severity} transform={`translate(${x} ${ys[index] ?? label.y})`}>
      <g transform="translate(0 -6)">
        <SeverityGlyph severity={label.severity} size={11} />
      </g>
      <text
        x="17"
        y="4"
        style={{ fill: severityInk(label.severity), fontWeight: label.severity === "critical" ? 600 : 500 }}
      >{`${SEVERITY_WORDS[label.severity]} ${formatCount(label.count)}`}</text>
    </g>
  ));
}
