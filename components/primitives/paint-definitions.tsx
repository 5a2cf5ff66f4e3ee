import type { ReactNode } from "react";
import { LAYERS } from "@/lib/model/layer";

/** Stripes of 1.5 px every 5 px. A gradient that repeats stays one on paper, where browsers make a coarse picture of a pattern; its edges are soft for half a pixel. */
function Stripes({ id, stripe, ground }: { readonly id: string; readonly stripe: string; readonly ground: string }): ReactNode {
  return (
    <linearGradient id={id} gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="5" y2="0" gradientTransform="rotate(45)" spreadMethod="repeat">
      <stop offset="0" stopColor={stripe} />
      <stop offset=".22" stopColor={stripe} />
      <stop offset=".34" stopColor={ground} />
      <stop offset=".9" stopColor={ground} />
      <stop offset="1" stopColor={stripe} />
    </linearGradient>
  );
}

/** SVG paints by id: `hatch` (not assessed) and `stripe-<layer>`. Rendered once, in the root layout. */
export function PaintDefinitions(): ReactNode {
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      <defs>
        <Stripes id="hatch" stripe="var(--hatch)" ground="var(--hatch-bg)" />
        {LAYERS.map((layer) => (
          <Stripes key={layer} id={`stripe-${layer}`} stripe="var(--bg)" ground={`var(--layer-${layer})`} />
        ))}
      </defs>
    </svg>
  );
}
