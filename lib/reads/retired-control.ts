import { type AnyControl, unknown } from "@/lib/controls/define";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";

const WHY = "This release does not have the control any more: what it said of its day stands, what it asked cannot be told.";

/** A control that a snapshot was judged by and this release does not have: it counts and weighs as it did, and judges nothing. */
export function toRetiredControl({ id, layer, severity, title = id, failure = `fails ${id}` }: CatalogueEntry): AnyControl {
  return {
    id,
    layer,
    severity,
    title,
    failure,
    why: WHY,
    action: `Look at ${id}`,
    fix: "",
    verify: "",
    tips: [],
    frameworks: {},
    references: [],
    subject: "cluster",
    reads: [],
    check: () => unknown(WHY),
    remedy: null,
  };
}
