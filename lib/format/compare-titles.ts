import { findWeakest, hasNothingToJudge, isAllEmpty, type Layer } from "../model/layer";
import type { LayerStanding } from "./posture-titles";
import { formatCount, formatNoun, formatScore, scoreChange } from "./numbers";
import { plural } from "./plural";
import { formatSpan } from "./relative-time";
import { capitalise, LAYER_WORDS } from "./words";
import { joinWords } from "../model/join-words";

export interface ComparedStanding extends LayerStanding {
  /** Nothing of it was assessed at the earlier moment: there was nothing, or nobody could see it. */
  readonly isNewlyJudged?: boolean;
}

/** "In 9 days the weakest layer changed from container, 62, to cluster, 49" */
export function compareTitle(durationMs: number, standings: readonly ComparedStanding[]): string {
  const span = formatSpan(durationMs);
  const now = findWeakest(standings);
  const before = findWeakest(standings.map((standing) => ({ ...standing, score: standing.previous })));
  if (now === null) return `In ${span}: no layer has ${isAllEmpty(standings) ? "anything to judge" : "enough evidence for a score"}`;
  const name = (layer: Layer): string => LAYER_WORDS[layer].toLowerCase();
  const isNewlyJudged = (layer: Layer): boolean => standings.some((standing) => standing.layer === layer && standing.isNewlyJudged === true);
  const lost = standings.find((standing) => standing.layer === before?.layer && standing.score === null);
  if (before === null) return `${capitalise(name(now.layer))} is the weakest layer: ${formatScore(now.score)}`;
  // A layer that cannot be seen any more, or could not be seen, is neither better nor worse than it was.
  if (lost !== undefined && hasNothingToJudge(lost))
    return `In ${span} the weakest layer, ${name(before.layer)}, ${formatScore(before.score)}, was left with nothing to judge; the weakest of the others is ${name(now.layer)}: ${formatScore(now.score)}`;
  if (lost !== undefined)
    return `In ${span} the weakest layer, ${name(before.layer)}, ${formatScore(before.score)}, lost its evidence; the weakest with enough evidence is ${name(now.layer)}: ${formatScore(now.score)}`;
  if (now.previous === null && before.layer !== now.layer)
    return `In ${span} ${name(now.layer)} ${isNewlyJudged(now.layer) ? "got something to judge" : "got enough evidence"} and is the weakest layer: ${formatScore(now.score)}; before, it was ${name(before.layer)}, ${formatScore(before.score)}`;
  const stood = standings.find((standing) => standing.layer === before.layer);
  if (before.layer !== now.layer && stood?.score != null && scoreChange(stood.score, now.score) === 0)
    return levelTitle(span, now, { ...stood, score: stood.score });
  if (before.layer !== now.layer)
    return `In ${span} the weakest layer changed from ${name(before.layer)}, ${formatScore(before.score)}, to ${name(now.layer)}, ${formatScore(now.score)}`;
  const change = scoreChange(before.score, now.score);
  if (change === 0) return `In ${span} the weakest layer, ${name(now.layer)}, stayed at ${formatScore(now.score)}`;
  return `In ${span} the weakest layer, ${name(now.layer)}, went ${change > 0 ? "up" : "down"} from ${formatScore(before.score)} to ${formatScore(now.score)}`;
}

interface Level {
  readonly layer: Layer;
  readonly score: number;
  readonly previous: number | null;
}

/** Two layers at one score: the weakest did not change hands, one of them came to where the other is. */
function levelTitle(span: string, now: Level, other: Level): string {
  const name = ({ layer }: Level): string => LAYER_WORDS[layer].toLowerCase();
  const changeOf = ({ score, previous }: Level): number => (previous === null ? 0 : scoreChange(previous, score));
  const [mover, still] = changeOf(now) !== 0 ? [now, other] : [other, now];
  const change = changeOf(mover);
  if (change === 0) return `In ${span} the weakest layers, ${joinWords([name(other), name(now)])}, stayed at ${formatScore(now.score)}`;
  return `In ${span} ${name(mover)} went ${change > 0 ? "up" : "down"} from ${formatScore(mover.previous)} to ${formatScore(mover.score)}, level with ${name(still)}`;
}

/** How many findings came and went between two moments; `assessed` = of those that opened, the ones of which nobody could tell before. */
export interface FindingFlow {
  readonly closed: number;
  readonly opened: number;
  readonly assessed: number;
}

/** "149 findings closed and 82 opened, 3 of them not assessed before. Cloud rose by 1 and code by 4; cluster fell by 32."; `isWhole` = everything in scope was assessed at both moments. */
export function compareSentence({ closed, opened, assessed }: FindingFlow, standings: readonly LayerStanding[], isWhole: boolean): string {
  const isUnknown = !isWhole && closed + opened === 0;
  const ofThem = assessed === 0 ? "" : `, ${assessed === opened ? "" : `${formatCount(assessed)} of them `}not assessed before`;
  const flow = isUnknown
    ? "No finding is known to have closed or opened."
    : `${formatCount(closed)} ${plural(closed, "finding")} closed and ${formatCount(opened)} opened${ofThem}.`;
  const moved = (sign: number): { readonly name: string; readonly by: number }[] =>
    standings.flatMap(({ layer, score, previous }) =>
      score !== null && previous !== null && Math.sign(scoreChange(previous, score)) === sign
        ? [{ name: LAYER_WORDS[layer].toLowerCase(), by: Math.abs(scoreChange(previous, score)) }]
        : [],
    );
  const [up, down] = [moved(1), moved(-1)];
  if (standings.every(({ score, previous }) => score === null || previous === null)) return `${flow} No layer has a score at both moments.`;
  if (up.length + down.length === 0) return `${flow} No score changed by a whole point.`;
  const say = (layers: typeof up, verb: string): string => joinWords(layers.map(({ name, by }, at) => `${name}${at === 0 ? ` ${verb}` : ""} by ${by}`));
  const parts = [say(up, "rose"), say(down, "fell")].filter((part) => part !== "");
  return `${flow} ${capitalise(parts.join("; "))}.`;
}

/** "Findings: 67 fewer"; `isWhole` = everything in scope was assessed at both moments. */
export function balanceTitle(before: number, after: number, isWhole: boolean): string {
  if (!isWhole && before + after === 0) return "Findings: none is known to be open";
  const change = after - before;
  return change === 0 ? "Findings: as many as before" : `Findings: ${formatCount(Math.abs(change))} ${change > 0 ? "more" : "fewer"}`;
}

interface ObjectFlow {
  readonly added: number;
  readonly gone: number;
  /** Of kinds that could not be read before. */
  readonly firstRead: number;
}

/** "12 objects came and 3 went; 5 more are of kinds that were not read before.", "No object came or went."; `isWhole` = every kind in scope was read at both moments. */
export function objectsSentence({ added, gone, firstRead }: ObjectFlow, isWhole: boolean): string {
  const came =
    added + gone > 0
      ? `${capitalise(formatNoun(added, "object"))} came and ${gone === 0 ? "none" : formatCount(gone)} went`
      : isWhole && firstRead === 0
        ? "No object came or went"
        : "No object is known to have come or gone";
  const first =
    firstRead === 0 ? "" : `; ${formatCount(firstRead)}${added > 0 ? " more" : ""} ${plural(firstRead, "is of a kind", "are of kinds")} not read before`;
  return `${came}${first}.`;
}
