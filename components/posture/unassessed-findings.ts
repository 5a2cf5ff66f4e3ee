import type { ReasonDto } from "@/lib/contracts/reasons";
import { workloadFindings } from "@/lib/format/paths";

/** The list of the findings of workloads that a control, or one reason of it, did not assess: those that it never could, and those that are shown as they last were. */
export function unassessedFindings(
  base: string,
  control: string,
  { subjects, stale, isUnlisted }: Pick<ReasonDto, "subjects" | "stale" | "isUnlisted">,
): string {
  const which = stale === 0 ? "state=unknown" : isUnlisted || subjects > stale ? "state=open,unknown&assessed=last,not" : "assessed=last";
  return workloadFindings(base, `control=${control}&${which}`);
}
