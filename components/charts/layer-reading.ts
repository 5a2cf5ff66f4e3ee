import { formatInterval, formatLayerScore, formatPercent, formatScore, scoreChange } from "@/lib/format/numbers";
import { findAllWeakest, noScoreWords } from "@/lib/format/posture-titles";
import { LAYER_WORDS } from "@/lib/format/words";
import { joinWords } from "@/lib/model/join-words";
import { ENOUGH_COVERAGE, hasNothingToJudge, isAllEmpty, type Layer } from "@/lib/model/layer";

/** What rings and bars draw of one layer. All scores 0..100; lower and upper are the interval without the cap. */
export interface LayerReading {
  readonly layer: Layer;
  /** min(raw, cap); null = not enough evidence, or nothing to judge (`hasNothingToJudge`). */
  readonly score: number | null;
  readonly raw: number | null;
  readonly lower: number;
  readonly upper: number;
  readonly capped: boolean;
  /** 0..1 */
  readonly coverage: number;
  /** Score at the baseline: the notch. null = none. */
  readonly previous: number | null;
  /** Out of scope by choice: dotted outline. */
  readonly excluded?: boolean;
}

export type ScoredReading = LayerReading & { readonly score: number };

export function hasEvidence(reading: LayerReading): reading is ScoredReading {
  return reading.score !== null && reading.coverage >= ENOUGH_COVERAGE && reading.excluded !== true;
}

/** All that are shown at the lowest score among the layers with evidence, outside in. */
export function findWeakestReadings(readings: readonly LayerReading[]): readonly ScoredReading[] {
  return findAllWeakest(readings.filter(hasEvidence));
}

/** What stands within the rings: the score that counts, and whose it is, a line each; four names have no room there. */
export interface RingCentre {
  readonly value: string;
  readonly words: readonly string[];
}

/** Names in lines of their own. */
const MOST_NAMES = 3;

export function toCentre(readings: readonly LayerReading[]): RingCentre {
  const weakest = findWeakestReadings(readings);
  const [first] = weakest;
  if (first === undefined) return { value: isAllEmpty(readings) ? "–" : "?", words: ["no score"] };
  return { value: readingScore(first), words: weakest.length > MOST_NAMES ? ["all layers"] : weakest.map(({ layer }) => LAYER_WORDS[layer]) };
}

/** The same for those who hear it: "; lowest: cluster and code, 49". */
export function lowestWords(readings: readonly LayerReading[]): string {
  const weakest = findWeakestReadings(readings);
  const [first] = weakest;
  return first === undefined ? "" : `; lowest: ${joinWords(weakest.map(({ layer }) => LAYER_WORDS[layer].toLowerCase()))}, ${readingScore(first)}`;
}

/** "49", "?" without enough evidence, "–" where there is nothing to judge. */
export function readingScore(reading: LayerReading): string {
  return formatLayerScore({ score: hasEvidence(reading) ? reading.score : null, coverage: reading.coverage });
}

/** "at cap", "50–79", "not enough evidence" or "nothing to judge" */
export function intervalWords(reading: LayerReading): string {
  if (reading.excluded === true) return "excluded";
  if (!hasEvidence(reading)) return noScoreWords(reading);
  return reading.capped ? "at cap" : formatInterval(reading.lower, reading.upper);
}

/** "Cluster, 49, at cap, coverage 87 %, down 32" */
export function readingName(reading: LayerReading): string {
  const parts = [LAYER_WORDS[reading.layer]];
  if (hasEvidence(reading)) parts.push(formatScore(reading.score));
  parts.push(
    reading.capped || !hasEvidence(reading) ? intervalWords(reading) : `between ${formatInterval(reading.lower, reading.upper).replace("\u2013", " and ")}`,
  );
  if (reading.excluded !== true && !hasNothingToJudge(reading)) parts.push(`coverage ${formatPercent(reading.coverage)}`);
  if (hasEvidence(reading) && reading.previous !== null) {
    const change = scoreChange(reading.previous, reading.score);
    parts.push(change === 0 ? "unchanged" : `${change > 0 ? "up" : "down"} ${Math.abs(change)}`);
  }
  return parts.join(", ");
}
