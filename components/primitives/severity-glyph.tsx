import type { ReactNode } from "react";
import type { Severity } from "@/lib/model/severity";

/** Shape tells the severity without colour: diamond, triangle, square, disc, ring. Give it words beside it. `paint` is for pictures, which are drawn without CSS. */
export function SeverityGlyph({ severity, size = 12, paint }: { readonly severity: Severity; readonly size?: number; readonly paint?: string }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {shape(severity, paint ?? `var(--sev-${severity})`, paint ?? `var(--sev-${severity}-edge)`)}
    </svg>
  );
}

function shape(severity: Severity, fill: string, edge: string): ReactNode {
  switch (severity) {
    case "critical":
      return <path d="M6 0L12 6L6 12L0 6Z" fill={fill} />;
    case "high":
      return <path d="M6 .75L11.5 10.25L.5 10.25Z" fill={fill} />;
    case "medium":
      return <rect x="2" y="2" width="8" height="8" fill={fill} stroke={edge} />;
    case "low":
      return <circle cx="6" cy="6" r="3.6" fill={fill} />;
    case "info":
      return <circle cx="6" cy="6" r="3.3" fill="none" stroke={edge} strokeWidth="1.5" />;
  }
}
