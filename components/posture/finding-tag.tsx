import type { ReactNode } from "react";
import type { FindingRow } from "@/lib/contracts/findings";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";

/** How grave an open finding is, or the state of one that is not open. */
export function FindingTag({ row: { state, severity } }: { readonly row: Pick<FindingRow, "state" | "severity"> }): ReactNode {
  return state === "open" ? <SeverityTag severity={severity} /> : <StateTag state={state} />;
}
