import type { FindingResponse } from "@/lib/contracts/findings";
import { FINDING_STATE_WORDS, findingTitle } from "@/lib/format/finding-titles";
import { formatDate } from "@/lib/format/instant";
import { toSentence } from "@/lib/format/tuning-words";
import { SEVERITY_WORDS } from "@/lib/format/words";

/** States that began on the day on which the finding closed: of what is there again, or judged no more, it is an earlier one. */
const BEGAN_CLOSED: ReadonlySet<string> = new Set<FindingResponse["state"]>(["fixed", "gone"]);

/** It fails no more, is not there, or was not seen yet: how bad it is shows not then. What nobody could assess again, or another finding shows, is not over. */
export function isFindingOver({ state }: Pick<FindingResponse, "state">): boolean {
  return BEGAN_CLOSED.has(state) || state === "not-failing" || state === "not-yet";
}

/** How it stands, and since when. Of a moment before it, what became of it later is not how it stood. */
function standing({ state, openedAt, firstSeenAt, closedAt }: FindingResponse): string {
  const word = FINDING_STATE_WORDS[state].replace(/ since$/, "");
  const dayOf = (instant: string): string => formatDate(new Date(instant), "UTC");
  if (state === "not-yet") return `${word}, first seen on ${dayOf(firstSeenAt)}`;
  if (closedAt === null) return `${word} since ${dayOf(openedAt ?? firstSeenAt)}`;
  return `${word}, ${BEGAN_CLOSED.has(state) ? "" : "closed on "}${dayOf(closedAt)}`;
}

/** What a shared link says of a finding below its title: "Critical. Open since 23 Nov 2026.", and what should hold. In UTC: nobody's zone is known. */
export function findingLines(finding: FindingResponse): readonly string[] {
  // Where no failure is stated, the title is what should hold.
  const control = findingTitle(finding).endsWith(finding.shouldHold) ? [] : [toSentence(`Control: ${finding.shouldHold}`)];
  return [`${SEVERITY_WORDS[finding.severity]}. ${standing(finding)}.`, ...control];
}
