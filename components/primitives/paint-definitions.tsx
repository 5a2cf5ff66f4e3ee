import type { ReactNode } from "react";
import { LAYERS } from "@/lib/model/layer";

interface StripesProps {
  readonly id: string;
  readonly stripe: string;
  readonly ground: string;
  readonly every?: number;
  readonly turn?: number;
}

/** Stripes of 1.5 px every so many px. A gradient that repeats stays one on paper, where browsers make a coarse picture of a pattern; its edges are soft for half a pixel. */
function Stripes({ id, stripe, ground, every = 5, turn = 45 }: StripesProps): ReactNode {
  return (
    <linearGradient id={id} gradientUnits="userSpaceOnUse" x1="0" y1="0" x2={every} y2="0" gradientTransform={`rotate(${turn})`} spreadMethod="repeat">
      <stop offset="0" stopColor={stripe} />
      <stop offset={1.1 / every} stopColor={stripe} />
      <stop offset={1.7 / every} stopColor={ground} />
      <stop offset={1 - 0.5 / every} stopColor={ground} />
      <stop offset="1" stopColor={stripe} />
    </linearGradient>
  );
}

/** SVG paints by id: `hatch` (not assessed), `ruled` (no snapshot: told from it by its direction and its ground, also in grey) and `stripe-<layer>`. Rendered once, in the root layout. */
export function PaintDefinitions(): ReactNode {
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      <defs>
        <Stripes id="hatch" stripe="var(--hatch)" ground="var(--hatch-bg)" />
        <Stripes id="ruled" stripe="var(--hatch)" ground="var(--bg)" every={6} turn={90} />
        {LAYERS.map((layer) => (
          <Stripes key={layer} id={`stripe-${layer}`} stripe="var(--bg)" ground={`var(--layer-${layer})`} />
        ))}
      </defs>
    </svg>
  );
}
