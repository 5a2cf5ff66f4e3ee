import { ENOUGH_COVERAGE, type Layer } from "../model/layer";
import { type Severity, worstSeverity } from "../model/severity";
import { CAPS, FIRST_FAILURE_SHARE, WEIGHTS } from "./weights";

/** What the formula needs of one control. */
export interface ScoredControl {
  readonly control: string;
  /** The worst severity that it can take. */
  readonly maxSeverity: Severity;
  readonly n: number;
  readonly failing: number;
  /** Worst severity among its failing subjects; null when none fails. */
  readonly worst: Severity | null;
  readonly unknown: number;
  /** Of n, how many were carried from an earlier scan. */
  readonly stale: number;
  /** It waits for a source that nobody switched on. */
  readonly isSwitchedOff?: boolean;
}

/** One control's part of a layer score. */
interface ControlCost {
  readonly control: string;
  readonly weight: number;
  /** 0 = no failure, 1 = everything fails at its worst. */
  readonly g: number;
  /** Points of 100 that it costs before the cap; all of a layer add up to 100 - raw. */
  readonly cost: number;
  readonly n: number;
  readonly failing: number;
  /** Share of its subjects that were assessed, 0 to 1. */
  readonly assessed: number;
}

export interface LayerScore {
  readonly layer: Layer;
  /** min(raw, cap); null when coverage is under 60 % or no subject of any control was assessed. */
  readonly score: number | null;
  /** Null when no subject of any control was assessed. */
  readonly raw: number | null;
  readonly cap: number;
  readonly capReason: "critical" | "high" | null;
  /** Interval of the raw score: everything not assessed is the worst / is fine. */
  readonly lower: number;
  readonly upper: number;
  /** 0 to 1; 0 where there is something to judge and nothing of it was assessed, however many controls have no subjects. */
  readonly coverage: number;
  /** Controls that are out of scope because nobody switched their source on. */
  readonly switchedOff: readonly string[];
  readonly controls: readonly ControlCost[];
}

/**
 * Sources that one has to switch on define the scope. What such a source once told stays in scope after it is switched off: it
 * counts as it last was, so that switching off never raises a score.
 */
function isOutByChoice({ isSwitchedOff, n }: Pick<ScoredControl, "isSwitchedOff" | "n">): boolean {
  return isSwitchedOff === true && n === 0;
}

/** g(c) = v (alpha + (1 - alpha) f / n), 0 without failures. */
function failureShare(control: Pick<ScoredControl, "maxSeverity" | "n" | "failing" | "worst">): number {
  const weight = WEIGHTS[control.maxSeverity];
  if (control.failing === 0 || control.n === 0 || control.worst === null || weight === 0) return 0;
  const severity = Math.min(1, WEIGHTS[control.worst] / weight);
  const first = FIRST_FAILURE_SHARE[control.maxSeverity];
  return severity * (first + (1 - first) * (control.failing / control.n));
}

function assessedShare(control: ScoredControl): number {
  if (control.unknown === 0 && control.stale === 0) return 1;
  return (control.n - control.stale) / (control.n + control.unknown);
}

function capOf(controls: readonly ScoredControl[]): Pick<LayerScore, "cap" | "capReason"> {
  const worst = worstSeverity(controls.flatMap((control) => (control.failing > 0 && control.worst ? [control.worst] : [])));
  if (worst === "critical" || worst === "high") return { cap: CAPS[worst], capReason: worst };
  return { cap: CAPS.none, capReason: null };
}

/**
 * The score of one layer. A control with subjects of which none was assessed is left out of both sums and lowers coverage;
 * one in scope without subjects has g = 0 and stays in the sum, as long as others of the layer have some: where nothing at all was
 * assessed there is no score, as nothing unchecked is a pass.
 */
export function scoreLayer(layer: Layer, controls: readonly ScoredControl[]): LayerScore {
  const scoped = controls.filter((control) => WEIGHTS[control.maxSeverity] > 0 && !isOutByChoice(control));
  const total = scoped.reduce((sum, control) => sum + WEIGHTS[control.maxSeverity], 0);
  const isCounted = ({ n, unknown }: ScoredControl): boolean => n > 0 || unknown === 0;
  const countedWeight = scoped.filter(isCounted).reduce((sum, control) => sum + WEIGHTS[control.maxSeverity], 0);
  const { cap, capReason } = capOf(controls);
  let covered = 0;
  let lost = 0;
  let lostAtWorst = 0;
  let lostAtBest = 0;
  const costs = scoped.map((control): ControlCost => {
    const weight = WEIGHTS[control.maxSeverity];
    const g = failureShare(control);
    const assessed = assessedShare(control);
    covered += weight * assessed;
    lost += weight * g;
    lostAtWorst += weight * (g * assessed + (1 - assessed));
    lostAtBest += weight * g * assessed;
    // What fails was assessed: its control is among those that count.
    const cost = g > 0 ? (100 * weight * g) / countedWeight : 0;
    return { control: control.control, weight, g, cost, n: control.n, failing: control.failing, assessed };
  });
  const isAnyAssessed = scoped.some(({ n }) => n > 0);
  const isBlind = !isAnyAssessed && scoped.some(({ unknown }) => unknown > 0);
  const coverage = total === 0 || isBlind ? 0 : covered / total;
  const raw = isAnyAssessed ? 100 * (1 - lost / countedWeight) : null;
  const isEnough = raw !== null && coverage >= ENOUGH_COVERAGE;
  return {
    layer,
    score: isEnough ? Math.min(raw, cap) : null,
    raw,
    cap,
    capReason,
    lower: raw === null ? 0 : Math.min(raw, 100 * (1 - lostAtWorst / total)),
    upper: raw === null ? 100 : Math.max(raw, 100 * (1 - lostAtBest / total)),
    coverage,
    switchedOff: controls.filter(isOutByChoice).map(({ control }) => control),
    controls: costs,
  };
}
