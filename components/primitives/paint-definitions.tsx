import type { ReactNode } from "react";
import { LAYERS } from "@/lib/model/layer";

/** SVG patterns by id: `hatch` (not assessed) and `stripe-<layer>`. Rendered once, in the root layout. */
export function PaintDefinitions(): ReactNode {
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--hatch-bg)" />
          <rect width="1.4" height="5" fill="var(--hatch)" />
        </pattern>
        {LAYERS.map((layer) => (
          <pattern key={layer} id={`stripe-${layer}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" fill={`var(--layer-${layer})`} />
            <rect width="1.5" height="5" fill="var(--bg)" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
