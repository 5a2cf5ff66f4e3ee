import type { ReactNode } from "react";
import { showHidden } from "@/lib/format/show-hidden";

/** A sentence in which `backticks` mark names of fields and values. */
export function Prose({ text }: { readonly text: string }): ReactNode {
  return showHidden(text)
    .split("`")
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
