import type { ClauseDto } from "@/lib/contracts/frameworks";
import { type Severity, severityRank } from "@/lib/model/severity";

/** The gravest of what fails a clause. */
export function worstOf(clause: Pick<ClauseDto, "controls">): Severity {
  const failing = clause.controls.filter((control) => control.state === "fail").map((control) => control.severity);
  return failing.sort((a, b) => severityRank(a) - severityRank(b))[0] ?? "info";
}
