import type { Layer } from "../model/layer";
import type { Scope } from "../model/verdict";
import type { PatchProof } from "./finding-titles";
import { formatPointChange, formatPoints, formatScore, formatScoreChange, scoreChange } from "./numbers";
import { capitalise, LAYER_WORDS } from "./words";

interface Place {
  readonly layer: Layer;
  readonly scope: Scope;
}

interface Gain {
  /** Null = the finding is in no score itself. */
  readonly points: number | null;
  readonly isTried: boolean;
  /** Enough of the layer is assessed for a score. */
  readonly isScored: boolean;
  readonly from: number;
  readonly to: number;
  readonly change: number;
  readonly isCapped: boolean;
  readonly others: readonly (Place & { readonly from: number; readonly to: number })[];
}

type Proof = Omit<PatchProof, "elsewhere">;

interface GainWords {
  readonly value: string;
  readonly note: string;
}

const UNDER_CAP = "Counts once the cap is lifted";
const UNSCORED = "Too little could be assessed for a score";

function partOf({ layer, scope }: Place): string {
  return scope === "platform" ? `${LAYER_WORDS[layer]} of the platform` : LAYER_WORDS[layer];
}

function isNothing(points: number): boolean {
  return formatPointChange(points, 2) === "0";
}

/** Which controls fail once the fix is there: `since "Pods have ..." begins to apply`; "" for none. */
function sayWhy(proof: Proof | null): string {
  const titles = [...new Set([...(proof?.uncovers ?? []), ...(proof?.unmasks ?? []), ...(proof?.breaks ?? [])])];
  const [first, ...more] = titles;
  if (proof === null || first === undefined) return "";
  const doBegin = titles.length === proof.uncovers.length;
  const does = more.length === 0 ? (doBegin ? "begins to apply" : "then fails") : doBegin ? "begin to apply" : "then fail";
  return `since \u201c${first}\u201d${more.length === 0 ? "" : ` and ${more.length} more`} ${does}`;
}

/** Layers that move with it; where one loses and the own layer does not tell why, why. */
function sayOthers(others: Gain["others"], proof: Proof | null): readonly string[] {
  const moved = others.filter(({ from, to }) => !isNothing(to - from));
  if (moved.length === 0) return [];
  const why = moved.some(({ from, to }) => to < from) ? sayWhy(proof) : "";
  const words = moved.map((other) => `${partOf(other)} ${formatPointChange(other.to - other.from, 2)}`).join(", ");
  return [`Also ${words} points${why === "" ? "" : `, ${why}`}`];
}

function toNote(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map(capitalise)
    .join(". ");
}

/** How the points that lists show go with what the fix gains; "" where they are the same. */
function sayListed({ points, change, isTried, others }: Gain, proof: Proof | null): string {
  if (points === null) return "Not scored itself: the findings that it sums up are";
  if (isNothing(points - change)) return "";
  // Said once: of another layer that loses by the same.
  const why = isTried && change < points && sayOthers(others, proof).length === 0 ? sayWhy(proof) : "";
  const listed = formatPoints(points, 2);
  return why === "" ? `Lists show ${listed}, its share of what the control costs` : `Less than the ${listed} that it costs, ${why}`;
}

/** What the fix takes, or leaves as it is. */
function lossWords(gain: Gain, part: string, proof: Proof | null): GainWords {
  const start = proof?.turnsGreen === true ? "Turns this green; " : "";
  const stays = gain.isScored ? `${part} stays at ${formatScore(gain.from)}` : `${part} gains nothing`;
  const what = isNothing(gain.change) ? stays : `${part} falls by ${formatPoints(Math.abs(gain.change), 2)}`;
  const cap = !gain.isScored ? UNSCORED : gain.isCapped ? UNDER_CAP : "";
  return { value: capitalise(`${start}${what}`), note: toNote(sayWhy(proof), cap, ...sayOthers(gain.others, null)) };
}

/** What fixing a finding does to the score of its layer. `proof` = what trying its patch showed; `isPatched` = it has one. */
export function gainWords(gain: Gain, place: Place, proof: Proof | null, isPatched = proof !== null): GainWords {
  const part = partOf(place);
  if (isPatched && !gain.isTried && gain.points !== null)
    return { value: `Costs ${part} ${formatPoints(gain.points, 2)} points`, note: "What this patch does to the score is not known" };
  const untried = gain.isTried ? [] : ["Controls that begin to apply with the fix are not counted"];
  if (gain.isTried && (gain.change < 0 || isNothing(gain.change))) return lossWords(gain, part, proof);
  const points = formatPointChange(gain.change, 2);
  const rest = [sayListed(gain, proof), ...sayOthers(gain.others, proof), ...untried];
  if (!gain.isScored) return { value: `${part} ${points} points`, note: toNote(UNSCORED, ...rest) };
  if (gain.isCapped) return { value: `${part} ${points} points`, note: toNote(UNDER_CAP, ...rest) };
  if (scoreChange(gain.from, gain.to) === 0)
    return { value: `${part} ${points} points`, note: toNote(`Too little to move the score of ${formatScore(gain.from)} on its own`, ...rest) };
  const change = formatScoreChange(gain.from, gain.to);
  const exactly = points === `${change}.00` ? "" : `Exactly ${points} points`;
  return { value: `${part} ${formatScore(gain.from)} \u2192 ${formatScore(gain.to)}, ${change}`, note: toNote(exactly, ...rest) };
}
