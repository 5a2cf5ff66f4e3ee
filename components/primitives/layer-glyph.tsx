import type { ReactNode } from "react";
import { type Layer, LAYERS } from "@/lib/model/layer";

/** Four rings, the one meant in its hue: position says the layer as well as colour does. */
export function LayerGlyph({ layer, size = 16 }: { readonly layer: Layer; readonly size?: number }): ReactNode {
  return (
    <svg width={`${size / 16}rem`} height={`${size / 16}rem`} viewBox="0 0 16 16" aria-hidden="true">
      {LAYERS.map((id, index) => {
        const on = id === layer;
        const paint = on ? `var(--layer-${id})` : "var(--line-strong)";
        const opacity = on ? 1 : 0.55;
        if (id === "code") return <circle key={id} cx="8" cy="8" r={on ? 2.3 : 1.3} fill={paint} opacity={opacity} />;
        return <circle key={id} cx="8" cy="8" r={7 - index * 1.9} fill="none" stroke={paint} strokeWidth={on ? 2.4 : 0.8} opacity={opacity} />;
      })}
    </svg>
  );
}
