import type { ReactNode } from "react";
import { STATE_WORDS } from "@/lib/format/words";
import type { Severity } from "@/lib/model/severity";
import type { State } from "@/lib/model/verdict";
import { SeverityGlyph } from "./severity-glyph";
import { StateGlyph } from "./state-glyph";

interface StateTagProps {
  readonly state: State;
  /** Glyph of a failure; needed when `state` is "fail". */
  readonly severity?: Severity;
  readonly children?: ReactNode;
}

/** State glyph and word. A failure wears the glyph of its severity. */
export function StateTag({ state, severity, children }: StateTagProps): ReactNode {
  return (
    <span className="state">
      {state === "fail" ? <SeverityGlyph severity={severity ?? "info"} /> : <StateGlyph state={state} />}
      {children ?? STATE_WORDS[state]}
    </span>
  );
}
