import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";

/** What a control says of its subjects, of workloads and of the platform, on the page of one of its findings. */
export interface Elsewhere {
  readonly failing: number;
  readonly passing: number;
  /** Of those that fail or pass. */
  readonly platform: number;
  /** Without the finding itself. */
  readonly others: number;
  /** Without the finding itself. */
  readonly othersNotAssessed: number;
}

/** "Same weakness elsewhere: 18"; "nowhere else" only where everything was assessed. */
export function elsewhereTitle({ others, othersNotAssessed }: Elsewhere): string {
  if (others > 0) return `Same weakness elsewhere: ${formatCount(others)}`;
  return othersNotAssessed > 0 ? "Same weakness elsewhere: not known" : "Same weakness nowhere else";
}

function platformWords(platform: number, judged: number): string {
  if (platform === 0) return "";
  if (judged === 1) return ", on the platform";
  return platform === judged
    ? ", all on the platform"
    : `; ${formatCount(platform)} of the ${formatCount(judged)} ${plural(platform, "is", "are")} on the platform`;
}

/** "11 of 12 subjects pass; 4 of the 12 are on the platform.", "6 more were not assessed." */
export function subjectsSentence({ failing, passing, platform, others, othersNotAssessed }: Elsewhere): string {
  const judged = failing + passing;
  const open = othersNotAssessed === 0 ? [] : [`${formatCount(othersNotAssessed)} more ${plural(othersNotAssessed, "was", "were")} not assessed.`];
  const isAlone = judged === 0 || (judged === 1 && failing === 1 && others === 0);
  if (isAlone) return open[0] ?? "The control has no other subject.";
  const passes = `${formatCount(passing)} of ${formatNoun(judged, "subject")} ${passing === 1 || judged === 1 ? "passes" : "pass"}`;
  return [`${passes}${platformWords(platform, judged)}.`, ...open].join(" ");
}
