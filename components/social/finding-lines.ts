import type { FindingResponse } from "@/lib/contracts/findings";
import { FINDING_STATE_WORDS, findingTitle } from "@/lib/format/finding-titles";
import { formatDate } from "@/lib/format/instant";
import { SEVERITY_WORDS } from "@/lib/format/words";

/** States that began on the day on which the finding closed: of what is there again, or judged no more, it is an earlier one. */
const BEGAN_CLOSED: ReadonlySet<string> = new Set<FindingResponse["state"]>(["fixed", "gone"]);

/** It fails no more, or is not there: how bad it is shows no more. What nobody could assess again, or another finding shows, is not over. */
export function isFindingOver({ state }: Pick<FindingResponse, "state">): boolean {
  return BEGAN_CLOSED.has(state) || state === "not-failing";
}

/** What a shared link says of a finding below its title: "Critical. Open since 23 Nov 2026.", and what should hold. In UTC: nobody's zone is known. */
export function findingLines(finding: FindingResponse): readonly string[] {
  const word = FINDING_STATE_WORDS[finding.state].replace(/ since$/, "");
  const state =
    finding.closedAt === null
      ? `${word} since ${formatDate(new Date(finding.openedAt ?? finding.firstSeenAt), "UTC")}`
      : `${word}, ${BEGAN_CLOSED.has(finding.state) ? "" : "closed on "}${formatDate(new Date(finding.closedAt), "UTC")}`;
  // Where no failure is stated, the title is what should hold.
  return [`${SEVERITY_WORDS[finding.severity]}. ${state}.`, ...(findingTitle(finding).endsWith(finding.shouldHold) ? [] : [`Control: ${finding.shouldHold}`])];
}
