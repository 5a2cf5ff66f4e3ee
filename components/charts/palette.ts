import type { Layer } from "@/lib/model/layer";
import type { Severity } from "@/lib/model/severity";
import type { Paint } from "./ring-geometry";

/** The only place where charts take colours from: CSS variables, so that both themes follow. */
export const layerMark = (layer: Layer): string => `var(--layer-${layer})`;
export const layerInk = (layer: Layer): string => `var(--layer-${layer}-ink)`;
export const severityMark = (severity: Severity): string => `var(--sev-${severity})`;
export const severityInk = (severity: Severity): string => `var(--sev-${severity}-ink)`;

/** Full-strength edge of an area; medium and info need a darker one to keep 3:1. */
export const severityEdge = (severity: Severity): string =>
  severity === "medium" || severity === "info" ? `var(--sev-${severity}-edge)` : severityMark(severity);

/** Areas are quieter than glyphs; criticals never are. */
export const severityArea = (severity: Severity): string =>
  severity === "critical" ? severityMark(severity) : `color-mix(in oklab, ${severityMark(severity)} 66%, var(--bg))`;

export function layerPaint(layer: Layer, paint: Paint): string {
  switch (paint) {
    case "solid":
      return layerMark(layer);
    case "striped":
      return `url(#stripe-${layer})`;
    case "tint":
      return `color-mix(in oklab, ${layerMark(layer)} 24%, var(--bg))`;
    case "hatch":
      return "url(#hatch)";
  }
}

export const HATCH = "url(#hatch)";
/** Where there is no snapshot. */
export const RULED = "url(#ruled)";

/** sRGB values of the dark tokens, for pictures that are drawn without CSS (social cards, icons). */
export const IMAGE_PALETTE: Readonly<Record<Layer | "bg" | "track" | "ink" | "ink2", string>> = {
  cloud: "#53b4e6",
  cluster: "#9a7df5",
  container: "#48bfae",
  code: "#e2ab58",
  bg: "#111317",
  track: "#292b30",
  ink: "#ebecef",
  ink2: "#b7babf",
};

/** The same of severities: of the glyph, and of the word beside it. */
export const IMAGE_SEVERITIES: Readonly<Record<Severity, { readonly mark: string; readonly ink: string }>> = {
  critical: { mark: "#de3951", ink: "#fa878c" },
  high: { mark: "#f3743f", ink: "#fb9c6e" },
  medium: { mark: "#efcf53", ink: "#ecd065" },
  low: { mark: "#78889b", ink: "#abb9cb" },
  info: { mark: "#6f757d", ink: "#989fa8" },
};
