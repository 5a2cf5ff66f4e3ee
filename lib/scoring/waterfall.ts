import type { Layer } from "../model/layer";
import { type Severity, worstSeverity } from "../model/severity";
import { effectiveScore } from "./gain";
import { type ScoredControl, scoreLayer } from "./score";

export const CAUSES = [
  "new-resources",
  "gone-resources",
  "newly-failing",
  "fixed",
  "exceptions",
  "settings",
  "catalogue",
  "coverage",
  "without-cap",
  "cap",
] as const;
export type Cause = (typeof CAUSES)[number];

/** What became of one control between two snapshots: how many findings opened and closed by cause, and how its subjects changed in number. */
export interface ControlChange {
  readonly control: string;
  /** Of all subjects, also those that it did not assess: what came less what went. */
  readonly subjects: number;
  /** Of the assessed ones, what changed settings moved into the scope less what they moved out of it. */
  readonly movedBySettings: number;
  readonly openedNew: number;
  readonly openedExisting: number;
  readonly closedFixed: number;
  readonly closedGone: number;
  /** By changed settings, and by a control that was itself changed: what opened less what closed. */
  readonly bySettings: number;
  readonly byControl: number;
}

export interface Waterfall {
  readonly layer: Layer;
  readonly from: number;
  readonly to: number;
  /** In a fixed order; they add up from `from` to `to`. `without-cap` is a level, not a step: 0 points. */
  readonly rows: readonly { readonly cause: Cause; readonly points: number }[];
}

function clamp(control: ScoredControl, n: number, failing: number, worst: Severity | null): ScoredControl {
  const bounded = Math.max(0, Math.min(failing, n));
  return { ...control, n, failing: bounded, worst: bounded === 0 ? null : (worst ?? control.maxSeverity) };
}

const UNCHANGED: Omit<ControlChange, "control"> = {
  subjects: 0,
  movedBySettings: 0,
  openedNew: 0,
  openedExisting: 0,
  closedGone: 0,
  closedFixed: 0,
  bySettings: 0,
  byControl: 0,
};

/** How many more assessed subjects there are because objects came or went: where their number stayed, others were assessed. */
function grownBy(from: ScoredControl, to: ScoredControl, { subjects, movedBySettings }: ControlChange): number {
  const rest = to.n - from.n - movedBySettings;
  return Math.sign(rest) === Math.sign(subjects) ? Math.sign(rest) * Math.min(Math.abs(rest), Math.abs(subjects)) : 0;
}

/**
 * Explains how a layer's score moved, one cause after the other: each step changes the statistics of all controls by that cause
 * alone, and its points are the difference of the raw score. What the steps leave over is coverage (became or stopped being
 * assessed, or applicable). The caps of both ends close the sum.
 */
export function explainMove(layer: Layer, before: readonly ScoredControl[], after: readonly ScoredControl[], changes: readonly ControlChange[]): Waterfall {
  const changeOf = new Map(changes.map((change) => [change.control, change]));
  const afterOf = new Map(after.map((control) => [control.control, control]));
  const beforeOf = new Map(before.map((control) => [control.control, control]));
  const worstOf = (id: string): Severity | null =>
    worstSeverity([beforeOf.get(id)?.worst, afterOf.get(id)?.worst].filter((s): s is Severity => Boolean(s))) ?? null;
  let current: readonly ScoredControl[] = before;
  let raw = scoreLayer(layer, before).raw ?? 100;
  const rows: { cause: Cause; points: number }[] = [];
  const step = (cause: Cause, next: readonly ScoredControl[]): void => {
    const nextRaw = scoreLayer(layer, next).raw ?? 100;
    rows.push({ cause, points: nextRaw - raw });
    raw = nextRaw;
    current = next;
  };
  const each = (by: (control: ScoredControl, change: ControlChange, grown: number) => ScoredControl): readonly ScoredControl[] =>
    current.map((control) => {
      const [from, to] = [beforeOf.get(control.control), afterOf.get(control.control)];
      if (!from || !to) return control;
      const change = changeOf.get(control.control) ?? { ...UNCHANGED, control: control.control };
      return by(control, change, grownBy(from, to, change));
    });
  step(
    "new-resources",
    each((c, change, grown) => clamp(c, c.n + Math.max(0, grown), c.failing + change.openedNew, worstOf(c.control))),
  );
  step(
    "gone-resources",
    each((c, change, grown) => clamp(c, c.n + Math.min(0, grown), c.failing - change.closedGone, worstOf(c.control))),
  );
  step(
    "newly-failing",
    each((c, change) => clamp(c, c.n, c.failing + change.openedExisting, worstOf(c.control))),
  );
  step(
    "fixed",
    each((c, change) => clamp(c, c.n, c.failing - change.closedFixed, worstOf(c.control))),
  );
  step("exceptions", current);
  step(
    "settings",
    each((c, change) => clamp(c, Math.max(0, c.n + change.movedBySettings), c.failing + change.bySettings, worstOf(c.control))),
  );
  current = each((c, change) => clamp(c, c.n, c.failing + change.byControl, worstOf(c.control)));
  const known = current.flatMap((control) => {
    const to = afterOf.get(control.control);
    if (!to) return [];
    // Somebody changed what it weighs: that is the catalogue's doing, also where nothing else moved.
    return to.maxSeverity === control.maxSeverity ? [control] : [clamp({ ...control, maxSeverity: to.maxSeverity }, control.n, control.failing, to.worst)];
  });
  const added = after.filter((control) => !beforeOf.has(control.control));
  step("catalogue", [...known, ...added]);
  step("coverage", after);
  const fromScore = scoreLayer(layer, before);
  const toScore = scoreLayer(layer, after);
  const capLoss = (raw: number | null, cap: number): number => Math.max(0, (raw ?? 100) - cap);
  const capPoints = capLoss(fromScore.raw, fromScore.cap) - capLoss(toScore.raw, toScore.cap);
  if (Math.abs(capPoints) > 1e-9 || capLoss(toScore.raw, toScore.cap) > 0) rows.push({ cause: "without-cap", points: 0 }, { cause: "cap", points: capPoints });
  return { layer, from: effectiveScore(fromScore), to: effectiveScore(toScore), rows };
}
