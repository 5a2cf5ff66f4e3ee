import type { ReactNode } from "react";
import type { ClauseDto } from "@/lib/contracts/frameworks";
import { clauseSentence } from "@/lib/format/framework-titles";
import { capitalise } from "@/lib/format/words";
import { foldsQuiet } from "./clause-controls";

/** What the controls in sight above do not say themselves. */
export function ClauseRest({ clause }: { readonly clause: ClauseDto }): ReactNode {
  const { controls, state, rest } = clause;
  if (controls.length === 0) return null;
  const said = state === "not-assessed" && foldsQuiet(controls) ? clauseSentence(clause) : rest;
  return said === null ? null : <span className="cap block">{capitalise(said)}</span>;
}
