import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";

/** What a control says of its subjects, of workloads and of the platform, on the page of one of its findings. */
export interface Elsewhere {
  /** Its control is in force. */
  readonly isJudged: boolean;
  readonly failing: number;
  readonly passing: number;
  /** Of those that fail or pass. */
  readonly platform: number;
  /** Without the finding itself. */
  readonly others: number;
  /** Without the finding itself. */
  readonly othersNotAssessed: number;
  /** Without the finding itself. */
  readonly othersManual: number;
  /** Without the finding itself: another finding shows the same of them. */
  readonly othersCovered: number;
}

/** "Same weakness elsewhere: 18"; "nowhere else" only where everything was assessed, and nothing fails under another control. */
export function elsewhereTitle({ isJudged, others, othersNotAssessed, othersManual, othersCovered }: Elsewhere): string {
  if (others > 0) return `Same weakness elsewhere: ${formatCount(others)}`;
  if (othersCovered > 0) return "Same weakness elsewhere: under other controls";
  return isJudged && othersNotAssessed + othersManual === 0 ? "Same weakness nowhere else" : "Same weakness elsewhere: not known";
}

function platformWords(platform: number, judged: number): string {
  if (platform === 0) return "";
  if (judged === 1) return ", on the platform";
  return platform === judged
    ? ", all on the platform"
    : `; ${formatCount(platform)} of the ${formatCount(judged)} ${plural(platform, "is", "are")} on the platform`;
}

function passWords({ failing, passing, platform, others }: Elsewhere): string {
  const judged = failing + passing;
  if (judged === 0 || (judged === 1 && failing === 1 && others === 0)) return "";
  return `${formatCount(passing)} of ${formatNoun(judged, "subject")} ${passing === 1 || judged === 1 ? "passes" : "pass"}${platformWords(platform, judged)}.`;
}

/** "11 of 12 subjects pass; 4 of the 12 are on the platform.", "6 more were not assessed." */
export function subjectsSentence(elsewhere: Elsewhere): string {
  const { isJudged, othersNotAssessed, othersManual, othersCovered } = elsewhere;
  if (!isJudged) return "The control was not judged in this snapshot.";
  const more = (count: number, one: string, many: string): string => (count === 0 ? "" : `${formatCount(count)} more ${plural(count, one, many)}.`);
  const parts = [
    passWords(elsewhere),
    more(othersCovered, "fails under another control", "fail under other controls"),
    more(othersNotAssessed, "was not assessed", "were not assessed"),
    more(othersManual, "needs review", "need review"),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "The control has no other subject." : parts.join(" ");
}
