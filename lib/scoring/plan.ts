import type { Layer } from "../model/layer";
import { severityRank } from "../model/severity";
import { effectiveScore, withFixed } from "./gain";
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
  controls: readonly ScoredControl[];
  score: LayerScore;
}

interface Candidate {
  readonly state: LayerState;
  readonly id: string;
  readonly objects: number;
  readonly to: LayerScore;
  readonly gain: number;
  readonly rawGain: number;
  /** It holds the cap that holds the score. */
  readonly holdsCap: boolean;
}

function holdsCap(state: LayerState, control: ScoredControl): boolean {
  const { raw, cap, capReason } = state.score;
  if (raw === null || raw <= cap || control.worst === null) return false;
  return capReason === "attack-path" ? severityRank(control.worst) === 0 : control.worst === capReason;
}

function candidatesOf(state: LayerState): Candidate[] {
  return state.controls
    .filter((control) => control.failing > 0)
    .map((control) => {
      const to = scoreLayer(state.layer, withFixed(state.controls, control.control));
      const gain = effectiveScore(to) - effectiveScore(state.score);
      return { state, id: control.control, objects: control.failing, to, gain, rawGain: (to.raw ?? 0) - (state.score.raw ?? 0), holdsCap: holdsCap(state, control) };
    });
}

/** What lifts a cap comes first, the most points next; with equal points the fewest objects. */
function better(a: Candidate, b: Candidate): number {
  if (a.holdsCap !== b.holdsCap) return a.holdsCap ? -1 : 1;
  return b.gain - a.gain || b.rawGain - a.rawGain || a.objects - b.objects || (a.id < b.id ? -1 : 1);
}

/** A greedy plan over all layers: each gain assumes the steps above it. At most `limit` steps. */
export function planFixes(layers: readonly { readonly layer: Layer; readonly controls: readonly ScoredControl[] }[], limit: number): readonly PlanStep[] {
  const states: LayerState[] = layers.map(({ layer, controls }) => ({ layer, controls, score: scoreLayer(layer, controls) }));
  const steps: PlanStep[] = [];
  while (steps.length < limit) {
    const best = states.flatMap(candidatesOf).sort(better)[0];
    if (!best || (best.gain <= 0 && best.rawGain <= 0)) break;
    steps.push({ control: best.id, layer: best.state.layer, objects: best.objects, from: effectiveScore(best.state.score), to: effectiveScore(best.to) });
    best.state.controls = withFixed(best.state.controls, best.id);
    best.state.score = best.to;
  }
  return steps;
}
