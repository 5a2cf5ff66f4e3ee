import type { Layer } from "../model/layer";
import { effectiveScore, gainBetween, withFixed } from "./gain";
import { type LayerScore, type ScoredControl, scoreLayer } from "./score";

/** One step of the fix plan: every failing subject of one control. */
export interface PlanStep {
  readonly control: string;
  readonly layer: Layer;
  readonly objects: number;
  /** Layer score before and after, given all steps above. */
  readonly from: number;
  readonly to: number;
}

interface LayerState {
  readonly layer: Layer;
  readonly controls: readonly ScoredControl[];
  readonly score: LayerScore;
}

interface Candidate {
  readonly state: LayerState;
  readonly id: string;
  readonly objects: number;
  readonly to: LayerScore;
  readonly gain: number;
  readonly rawGain: number;
  /** How many controls hold the cap together with this one, itself included; 0 = it holds none. */
  readonly together: number;
  /** Its share of the points that these gain together. */
  readonly share: number;
}

function holdsCap(state: LayerState, control: ScoredControl): boolean {
  const { raw, cap, capReason } = state.score;
  return raw !== null && raw > cap && control.worst !== null && control.worst === capReason;
}

/** What holds the cap, and the points won when all of it is repaired, per control; nothing while no cap holds. */
function findLift(state: LayerState): { readonly together: number; readonly share: number } {
  const holders = state.controls.filter((control) => holdsCap(state, control));
  if (holders.length === 0) return { together: 0, share: 0 };
  const lifted = holders.reduce((controls, holder) => withFixed(controls, holder.control), state.controls);
  const gain = gainBetween(state.score, scoreLayer(state.layer, lifted));
  return { together: holders.length, share: gain / holders.length };
}

function candidatesOf(state: LayerState): Candidate[] {
  const lift = findLift(state);
  return state.controls
    .filter((control) => control.failing > 0)
    .map((control) => {
      const to = scoreLayer(state.layer, withFixed(state.controls, control.control));
      const gain = gainBetween(state.score, to);
      const held = holdsCap(state, control) ? lift : { together: 0, share: 0 };
      return { state, id: control.control, objects: control.failing, to, gain, rawGain: (to.raw ?? 0) - (state.score.raw ?? 0), ...held };
    });
}

/** Its gain, or its share of lifting a cap where the steps that are left are enough to lift it. */
function worthOf({ gain, share, together }: Candidate, stepsLeft: number): number {
  return Math.max(gain, together <= stepsLeft ? share : 0);
}

/** What is worth most comes first, and so what lifts a cap; with equal worth the fewest objects. */
function better(a: Candidate, b: Candidate, stepsLeft: number): number {
  return worthOf(b, stepsLeft) - worthOf(a, stepsLeft) || b.rawGain - a.rawGain || a.objects - b.objects || (a.id < b.id ? -1 : 1);
}

/** A greedy plan over all layers: each gain assumes the steps above it. At most `limit` steps. */
export function planFixes(layers: readonly { readonly layer: Layer; readonly controls: readonly ScoredControl[] }[], limit: number): readonly PlanStep[] {
  // A step changes one layer: what the others could do is not worked out again.
  const candidates = new Map(layers.map(({ layer, controls }) => [layer, candidatesOf({ layer, controls, score: scoreLayer(layer, controls) })]));
  const steps: PlanStep[] = [];
  while (steps.length < limit) {
    const stepsLeft = limit - steps.length;
    const [best] = [...candidates.values()].flat().sort((a, b) => better(a, b, stepsLeft));
    if (!best || (best.gain <= 0 && best.rawGain <= 0)) break;
    const { state, id, objects, to: score } = best;
    const [from, to] = [effectiveScore(state.score), effectiveScore(score)];
    if (from === null || to === null) break;
    steps.push({ control: id, layer: state.layer, objects, from, to });
    candidates.set(state.layer, candidatesOf({ layer: state.layer, controls: withFixed(state.controls, id), score }));
  }
  return steps;
}
