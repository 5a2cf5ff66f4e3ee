import type { ReactNode } from "react";
import { RingIcon } from "./ring-icon";

const SCORES = [
  { layer: "cloud", score: 71 },
  { layer: "cluster", score: 49 },
  { layer: "container", score: 67 },
  { layer: "code", score: 78 },
] as const;

/** The sign of the product, not a score of anything. */
export function BrandMark({ size }: { readonly size: number }): ReactNode {
  return <RingIcon size={size} scores={SCORES} />;
}
