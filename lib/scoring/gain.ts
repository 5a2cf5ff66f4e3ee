import { type LayerScore, type ScoredControl, scoreLayer } from "./score";

function fixed(control: ScoredControl, count: number): ScoredControl {
  const failing = Math.max(0, control.failing - count);
  return { ...control, failing, worst: failing === 0 ? null : control.worst };
}

/** The layer's controls with `count` failing subjects of one control repaired (all of them by default). */
export function withFixed(controls: readonly ScoredControl[], id: string, count = Number.POSITIVE_INFINITY): readonly ScoredControl[] {
  return controls.map((control) => (control.control === id ? fixed(control, count) : control));
}

/** min(raw, cap) even where too little is assessed to show it: gains compare the same thing before and after. Null where nothing is assessed. */
export function effectiveScore({ raw, cap }: LayerScore): number | null {
  return raw === null ? null : Math.min(raw, cap);
}

/** Points that a layer wins from one to the other; 0 where nothing is assessed at either end: to have nothing left to judge is no gain. */
export function gainBetween(before: LayerScore, after: LayerScore): number {
  const [from, to] = [effectiveScore(before), effectiveScore(after)];
  return from === null || to === null ? 0 : to - from;
}

/** Points that the layer wins when every failing subject of a control is repaired, the cap included. */
export function gainOfControl(score: LayerScore, controls: readonly ScoredControl[], id: string): number {
  return gainBetween(score, scoreLayer(score.layer, withFixed(controls, id)));
}

/** What a finding is worth: shown in lists and on its page. */
export interface FindingPoints {
  /** Its control's cost shared by the failing subjects; or the whole gain when its fix alone lifts the cap. */
  readonly points: number;
  /** Under a cap that other findings hold as well: the points count only once the cap is gone. */
  readonly isBracketed: boolean;
}

/** Points per finding of each control of a layer. */
export function findingPoints(score: LayerScore, controls: readonly ScoredControl[]): ReadonlyMap<string, FindingPoints> {
  const isCapped = score.raw !== null && score.raw > score.cap;
  const points = new Map<string, FindingPoints>();
  for (const cost of score.controls) {
    if (cost.failing === 0) continue;
    const share = cost.cost / cost.failing;
    if (!isCapped) {
      points.set(cost.control, { points: share, isBracketed: false });
      continue;
    }
    const gain = gainBetween(score, scoreLayer(score.layer, withFixed(controls, cost.control, 1)));
    points.set(cost.control, gain > 0 ? { points: gain, isBracketed: false } : { points: share, isBracketed: true });
  }
  return points;
}
