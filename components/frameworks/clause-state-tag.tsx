import type { ReactNode } from "react";
import { CLAUSE_STATE_WORDS } from "@/lib/format/framework-titles";
import type { ClauseState } from "@/lib/model/clause-state";
import type { Severity } from "@/lib/model/severity";
import { StateTag } from "../primitives/state-tag";

const STATES = { fail: "fail", "not-assessed": "unknown", "needs-review": "manual", pass: "pass", "not-applicable": "not-applicable" } as const;

/** Glyph and word of a clause. A failure wears the glyph of the worst severity that fails it. */
export function ClauseStateTag({
  state,
  severity,
  children,
}: {
  readonly state: ClauseState;
  readonly severity: Severity;
  readonly children?: ReactNode;
}): ReactNode {
  if (state === "no-control") return <span className="muted">{children ?? CLAUSE_STATE_WORDS[state]}</span>;
  return (
    <StateTag state={STATES[state]} severity={severity}>
      {children ?? CLAUSE_STATE_WORDS[state]}
    </StateTag>
  );
}
