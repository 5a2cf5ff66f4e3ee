import type { ClauseDto } from "@/lib/contracts/frameworks";
import { type Severity, worstSeverity } from "@/lib/model/severity";

/** The gravest of what fails a clause. */
export function worstOf(clause: Pick<ClauseDto, "controls">): Severity {
  return worstSeverity(clause.controls.filter(({ state }) => state === "fail").map(({ severity }) => severity)) ?? "info";
}
