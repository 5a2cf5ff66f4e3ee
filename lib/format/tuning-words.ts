import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";
import { capitalise } from "./words";
import { joinWords } from "../model/join-words";

interface Counts {
  readonly off: number;
  readonly reweighted: number;
  readonly own: number;
}

/** "2 controls are off, 1 counts differently and 3 are this cluster’s own"; "" when all are as they come. */
export function tunedWords({ off, reweighted, own }: Counts): string {
  const parts = [
    { count: off, words: plural(off, "is off", "are off") },
    { count: reweighted, words: plural(reweighted, "counts differently", "count differently") },
    { count: own, words: `${plural(own, "is", "are")} this cluster’s own` },
  ].filter(({ count }) => count > 0);
  return joinWords(parts.map(({ count, words }, index) => `${index === 0 ? formatNoun(count, "control") : formatCount(count)} ${words}`));
}

/** Title of the list of what was changed: "Every control is on, at its default severity". */
export function tuningTitle(counts: Omit<Counts, "own">): string {
  return tunedWords({ ...counts, own: 0 }) || "Every control is on, at its default severity";
}

/** "3 own controls", "No own controls yet" */
export function ownControlsTitle(count: number): string {
  return count === 0 ? "No own controls yet" : formatNoun(count, "own control");
}

/** "Tried on snapshot 91: 12 fail, 40 pass, 1 was not assessed" */
export function trialTitle(trial: { readonly seq: number; readonly failing: number; readonly passing: number; readonly notAssessed: number }): string {
  const { seq, failing, passing, notAssessed } = trial;
  if (failing + passing + notAssessed === 0) return `Tried on snapshot ${seq}: there is nothing it applies to`;
  const parts = [
    `${formatCount(failing)} ${plural(failing, "fails", "fail")}`,
    `${formatCount(passing)} ${plural(passing, "passes", "pass")}`,
    ...(notAssessed === 0 ? [] : [`${formatCount(notAssessed)} ${plural(notAssessed, "was", "were")} not assessed`]),
  ];
  return `Tried on snapshot ${seq}: ${parts.join(", ")}`;
}

/** What a schema says of a value ("say why") as people read it: "Say why." */
export function toSentence(message: string): string {
  const sentence = capitalise(message.trim());
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
