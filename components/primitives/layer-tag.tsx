import type { ReactNode } from "react";
import { LAYER_WORDS } from "@/lib/format/words";
import type { Layer } from "@/lib/model/layer";
import { LayerGlyph } from "./layer-glyph";

/** Glyph and word of a layer, in its ink. */
export function LayerTag({ layer, size, children }: { readonly layer: Layer; readonly size?: number; readonly children?: ReactNode }): ReactNode {
  return (
    <span className={`layer ${layer}`}>
      <LayerGlyph layer={layer} {...(size === undefined ? {} : { size })} />
      {children ?? LAYER_WORDS[layer]}
    </span>
  );
}
