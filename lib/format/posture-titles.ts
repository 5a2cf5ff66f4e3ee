import { findWeakest, hasNothingToJudge, isAllEmpty, type Layer } from "../model/layer";
import { formatCount, formatPercent, formatScore, scoreChange } from "./numbers";
import { plural } from "./plural";
import { capitalise, countWord, LAYER_WORDS } from "./words";
import { joinWords } from "../model/join-words";

/** What the title sentences need to know of a layer. `score` null = not enough evidence, or nothing to judge. */
export interface LayerStanding {
  readonly layer: Layer;
  readonly score: number | null;
  /** Score without the cap; differs from `score` only while a cap holds. */
  readonly raw: number | null;
  readonly capped: boolean;
  /** Score at the baseline; null = there was none. */
  readonly previous: number | null;
  readonly coverage: number;
}

type Scored = LayerStanding & { readonly score: number };

function isScored(standing: LayerStanding): standing is Scored {
  return standing.score !== null;
}

/** Why a layer has no score. */
export function noScoreWords(layer: Pick<LayerStanding, "score" | "coverage">): string {
  return hasNothingToJudge(layer) ? "nothing to judge" : "not enough evidence";
}

/** "Cluster is the weakest layer: 49, down 32 since the last review", "…, level with container: 69", "Cluster, container and code are level at 100" */
export function overviewTitle(standings: readonly LayerStanding[], baseline: string): string {
  const weakest = findWeakest(standings);
  if (weakest === null)
    return isAllEmpty(standings) ? "There is nothing to judge yet, so no layer has a score" : "No layer has enough evidence for a score yet";
  if (areAllLevel(standings)) {
    const scored = standings.filter(isScored);
    const ways = new Set(scored.map((one) => moved(one, baseline)));
    const names = capitalise(joinWords(scored.map((one) => LAYER_WORDS[one.layer].toLowerCase())));
    return `${names} are level at ${formatScore(weakest.score)}${ways.size === 1 ? [...ways].join("") : ""}`;
  }
  // A layer of which something is known could be weaker: what cannot be seen must not look like progress.
  const isOnlySeen = standings.some(({ score, raw }) => score === null && raw !== null);
  const layer = isOnlySeen ? "the weakest layer with enough evidence" : "the weakest layer";
  const level = standings.filter((one) => one !== weakest && isLevel(one, weakest)).map((one) => LAYER_WORDS[one.layer].toLowerCase());
  const beside = level.length === 0 ? "" : `, level with ${joinWords(level)}`;
  return `${LAYER_WORDS[weakest.layer]} is ${layer}${beside}: ${formatScore(weakest.score)}${moved(weakest, baseline)}`;
}

/** Whether a layer is shown at the score of the weakest, which of equal ones is only the outer. */
function isLevel({ score }: { readonly score: number | null }, weakest: { readonly score: number } | null): boolean {
  return score !== null && weakest !== null && scoreChange(weakest.score, score) === 0;
}

/** All that are shown at the score of the weakest, outside in; none where none has a score. */
export function findAllWeakest<T extends { readonly score: number | null }>(layers: readonly T[]): readonly T[] {
  const weakest = findWeakest(layers);
  return layers.filter((layer) => isLevel(layer, weakest));
}

/** Whether several layers have a score, all are shown at the same one, and no cap holds one of them there: none is the weakest. */
export function areAllLevel(standings: readonly Pick<LayerStanding, "score" | "capped">[]): boolean {
  const scored = standings.filter(({ score }) => score !== null);
  const weakest = findWeakest(scored);
  return scored.length > 1 && scored.every((one) => !one.capped && isLevel(one, weakest));
}

function moved(standing: Scored, baseline: string): string {
  if (standing.previous === null) return "";
  const change = scoreChange(standing.previous, standing.score);
  if (change === 0) return `, unchanged since ${baseline}`;
  return `, ${change > 0 ? "up" : "down"} ${Math.abs(change)} since ${baseline}`;
}

/** One sentence on the layers other than the weakest, or on all where none is: "The other three layers rose." */
export function othersSentence(standings: readonly LayerStanding[]): string {
  const weakest = areAllLevel(standings) ? null : findWeakest(standings);
  const others = standings.filter((s) => s !== weakest && isScored(s) && s.previous !== null);
  if (others.length === 0) return "";
  const names = (sign: number): string[] =>
    others.filter((s) => Math.sign(scoreChange(s.previous ?? 0, s.score ?? 0)) === sign).map((s) => LAYER_WORDS[s.layer].toLowerCase());
  const [up, down, same] = [names(1), names(-1), names(0)];
  const all = others.length === 1 ? "The other layer" : `The other ${countWord(others.length)} layers`;
  if (weakest !== null && up.length === others.length) return `${all} rose.`;
  if (weakest !== null && down.length === others.length) return `${all} fell.`;
  if (same.length === others.length) return weakest === null ? "" : `${all} did not move.`;
  const said = [
    [up, "rose"],
    [down, "fell"],
    [same, "did not move"],
  ] as const;
  return `${said
    .filter(([list]) => list.length > 0)
    .map(([list, verb]) => `${capitalise(joinWords(list))} ${verb}.`)
    .join(" ")}`;
}

export interface CapHolder {
  readonly reason: "critical" | "high";
  /** How many findings of that severity are open. */
  readonly open: number;
}

/** "one open critical finding", "36 open high findings" */
export function capHolderWords({ reason, open }: CapHolder): string {
  return `${countWord(open)} open ${reason} ${plural(open, "finding")}`;
}

/** What follows the words for the holder: " caps it at 69; without it the layer would score 88." */
export function capSentence(holder: CapHolder, cap: number, raw: number): string {
  return ` ${plural(holder.open, "caps", "cap")} it at ${cap}; without ${plural(holder.open, "it", "them")} the layer would score ${formatScore(raw)}.`;
}

/** "Cluster: 49, capped by one open critical finding; 78 without it", "Code: 78, up 4 since 17 Nov" */
export function layerTitle(standing: LayerStanding, heldBy: CapHolder | null, baseline: string): string {
  const name = LAYER_WORDS[standing.layer];
  if (!isScored(standing)) return `${name}: ${noScoreWords(standing)}${hasNothingToJudge(standing) ? "" : `, coverage ${formatPercent(standing.coverage)}`}`;
  if (standing.capped && standing.raw !== null && heldBy !== null) {
    return `${name}: ${formatScore(standing.score)}, capped by ${capHolderWords(heldBy)}; ${formatScore(standing.raw)} without ${plural(heldBy.open, "it", "them")}`;
  }
  return `${name}: ${formatScore(standing.score)}${moved(standing, baseline)}`;
}

/** "5 critical and 556 high findings are open"; names the worst two severities that occur. `unassessed` = checks of the same view. */
export function findingsTitle(open: { readonly critical: number; readonly high: number; readonly total: number }, unassessed: number): string {
  if (open.total === 0)
    return unassessed === 0
      ? "No findings are open"
      : `Nothing is known to be open; ${formatCount(unassessed)} ${plural(unassessed, "check was", "checks were")} not assessed`;
  const worst = [
    [open.critical, "critical"],
    [open.high, "high"],
  ] as const;
  const named = worst.filter(([count]) => count > 0);
  if (named.length === 0) {
    return `${formatCount(open.total)} ${plural(open.total, "finding is", "findings are")} open, none critical or high`;
  }
  const count = named.reduce((sum, [n]) => sum + n, 0);
  return `${joinWords(named.map(([n, word]) => `${formatCount(n)} ${word}`))} ${plural(count, "finding is", "findings are")} open`;
}

/** "2,802 open, 67 fewer; criticals went from 4 to 5"; `isWhole` = everything in scope was assessed. */
export function openTitle(
  now: { readonly total: number; readonly critical: number },
  before: { readonly total: number; readonly critical: number } | null,
  isWhole: boolean,
): string {
  const open = now.total > 0 ? `${formatCount(now.total)} open` : isWhole ? "Nothing is open" : "Nothing is known to be open";
  if (now.total === 0 && (before === null || before.total === 0)) return open;
  if (before === null) return now.critical === 0 ? `${open}, none critical` : `${open}, ${formatCount(now.critical)} critical`;
  const change = now.total - before.total;
  const more = change === 0 ? "as many as before" : `${formatCount(Math.abs(change))} ${change > 0 ? "more" : "fewer"}`;
  const critical =
    now.critical === before.critical
      ? now.critical === 0
        ? "no criticals"
        : `${formatCount(now.critical)} ${plural(now.critical, "critical")}, as before`
      : `criticals went from ${formatCount(before.critical)} to ${formatCount(now.critical)}`;
  return `${open}, ${more}; ${critical}`;
}

/** Of a list without a change; `isWhole` = all in scope was assessed at both moments, `hasOthers` = something opened or closed for reasons that the list leaves out: settings, controls, exceptions. */
export function nothingMovedSentence(isWhole: boolean, hasOthers: boolean): string {
  const rest = hasOthers ? ": what opened or closed did so for other reasons" : "";
  return isWhole ? `Nothing was fixed, and nothing new fails${rest}.` : `No fix and no new failure is known${rest}.`;
}
