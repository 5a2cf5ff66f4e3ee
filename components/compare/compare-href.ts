import type { CompareRow } from "@/lib/contracts/snapshots";
import type { Layer } from "@/lib/model/layer";

type Change = CompareRow["change"];

export interface CompareShown {
  /** Of the picture; null = the layer that moved most. */
  readonly layer: Layer | null;
  /** Of the list; null = every kind. */
  readonly change: Change | null;
}

/** The address of a comparison: what one of its two rows of tabs shows stays when the other is used. The moment is added where the link is drawn. */
export function compareHref(base: string, { layer, change }: CompareShown): string {
  const params = new URLSearchParams();
  if (layer !== null) params.set("layer", layer);
  if (change !== null) params.set("change", change);
  const query = params.toString();
  return `${base}/compare${query === "" ? "" : `?${query}`}`;
}
