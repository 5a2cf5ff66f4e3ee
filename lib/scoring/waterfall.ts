import type { Layer } from "../model/layer";
import { type Severity, worstSeverity } from "../model/severity";
import { effectiveScore } from "./gain";
import { type LayerScore, type ScoredControl, scoreLayer } from "./score";

type Cause = "new-resources" | "gone-resources" | "newly-failing" | "fixed" | "exceptions" | "settings" | "catalogue" | "coverage" | "without-cap" | "cap";

/** What became of one control between two snapshots: how many findings opened and closed by cause, and how its subjects changed in number. */
export interface ControlChange {
  readonly control: string;
  /** Of all subjects, also those that it did not assess: what came less what went. */
  readonly subjects: number;
  /** Of the assessed ones, what changed settings moved into the scope less what they moved out of it. */
  readonly movedBySettings: number;
  /** The same, where a release counts other namespaces to the platform. */
  readonly movedByRelease: number;
  readonly openedNew: number;
  readonly openedExisting: number;
  readonly closedFixed: number;
  readonly closedGone: number;
  /** Another finding came to show the same, or shows it no more: the subject left the assessed ones, or is among them again. */
  readonly covered: number;
  readonly uncovered: number;
  /** By changed settings, and by a control that was itself changed: what opened less what closed. */
  readonly bySettings: number;
  readonly byControl: number;
  /** The worst of what opened, by cause; among the existing also what people made graver. Null = nothing. */
  readonly worst: Readonly<Record<"openedNew" | "openedExisting" | "uncovered" | "bySettings" | "byControl", Severity | null>>;
  /** Findings that stayed open with another severity: because their objects changed, or because releases or weights did. */
  readonly regraded: Readonly<Record<"byPeople" | "byRules", number>>;
}

export interface Waterfall {
  readonly layer: Layer;
  /** Null = no subject of the layer was assessed there: no rows, as there is nothing that moved from or to. */
  readonly from: number | null;
  readonly to: number | null;
  /** In a fixed order; they add up from `from` to `to`. `without-cap` is a level, not a step: 0 points. */
  readonly rows: readonly { readonly cause: Cause; readonly points: number }[];
}

const graver = (a: Severity | null, b: Severity | null): Severity | null => worstSeverity([a, b].filter((severity) => severity !== null)) ?? null;

function clamp(control: ScoredControl, n: number, failing: number, worst: Severity | null): ScoredControl {
  const bounded = Math.max(0, Math.min(failing, n));
  return { ...control, n, failing: bounded, worst: bounded === 0 ? null : (worst ?? control.maxSeverity) };
}

const UNCHANGED: Omit<ControlChange, "control"> = {
  subjects: 0,
  movedBySettings: 0,
  movedByRelease: 0,
  openedNew: 0,
  openedExisting: 0,
  closedGone: 0,
  closedFixed: 0,
  covered: 0,
  uncovered: 0,
  bySettings: 0,
  byControl: 0,
  worst: { openedNew: null, openedExisting: null, uncovered: null, bySettings: null, byControl: null },
  regraded: { byPeople: 0, byRules: 0 },
};

/** How many of `more` assessed subjects there are because objects came or went: where their number stayed, others were assessed. */
function grownBy(more: number, { subjects }: ControlChange): number {
  return Math.sign(more) === Math.sign(subjects) ? Math.sign(more) * Math.min(Math.abs(more), Math.abs(subjects)) : 0;
}

/** Of a control of which everything fails, what came as something else went: one in place of the other, which costs nothing and is neither's doing. */
function replaced(failing: number, n: number, opened: number, closed: number): number {
  return Math.min(opened, closed, Math.max(0, failing + opened - n));
}

/** What became of a control that both ends score: without what went as something came in its place, of which no more can fail than there is. */
interface Move {
  readonly change: ControlChange;
  /** How many more assessed subjects there are because objects came or went. */
  readonly grown: number;
  /** What fails where the control did not apply brings its subject along; what is fixed by its not applying any more takes it away. */
  readonly entered: number;
  readonly left: number;
  /** Settings opened or closed findings of it, or switched it, and nothing else is known that moved its number of subjects. */
  readonly endsWithSettings: boolean;
  readonly to: ScoredControl;
}

function toMove(from: ScoredControl, to: ScoredControl, change: ControlChange, isTuned: boolean): Move {
  const more = to.n - from.n - change.movedBySettings - change.movedByRelease + change.covered - change.uncovered;
  const grown = grownBy(more, change);
  const entered = Math.max(0, Math.min(more - grown, change.openedExisting));
  const left = Math.max(0, Math.min(grown - more, change.closedFixed));
  const objects = replaced(from.failing, from.n + Math.max(0, grown), change.openedNew, change.closedGone);
  const stayed = from.failing + change.openedNew - change.closedGone;
  const findings = replaced(stayed, from.n + grown + entered, change.openedExisting, change.closedFixed);
  const mixed = replaced(from.failing, from.n + Math.max(0, grown) + entered, change.openedNew - objects, change.closedFixed - findings);
  const isRegraded = from.maxSeverity !== to.maxSeverity || change.regraded.byRules > 0;
  const isSwitched = isTuned && from.isSwitchedOff !== to.isSwitchedOff;
  const endsWithSettings = isSwitched || (change.bySettings !== 0 && !isRegraded && from.unknown === to.unknown);
  const net = {
    ...change,
    closedGone: change.closedGone - objects,
    ...{ openedExisting: change.openedExisting - findings, closedFixed: change.closedFixed - findings - mixed },
  };
  return { change: net, grown, entered, left, endsWithSettings, to };
}

/** The worst severity rises with what brings it. */
const raised = (c: ScoredControl, by: Severity | null): Severity | null => (c.failing > 0 ? graver(c.worst, by) : by);

/** It falls with what people closed or mended; what releases and weights did to it comes with the catalogue. */
const eased = (c: ScoredControl, { change, to }: Move): Severity | null =>
  change.regraded.byRules === 0 && to.worst && graver(c.worst, to.worst) === c.worst ? to.worst : c.worst;

type Effect = (c: ScoredControl, move: Move) => ScoredControl;

const addNew: Effect = (c, { change, grown }) => clamp(c, c.n + Math.max(0, grown), c.failing + change.openedNew, raised(c, change.worst.openedNew));

const removeGone: Effect = (c, move) => {
  const { change, grown } = move;
  const isAlone = change.closedGone > 0 && change.closedFixed + change.openedExisting + change.regraded.byPeople === 0;
  return clamp(c, c.n + Math.min(0, grown), c.failing - change.closedGone, isAlone ? eased(c, move) : c.worst);
};

const failNewly: Effect = (c, move) => {
  const { change, entered } = move;
  const left = { ...c, worst: change.covered > 0 ? eased(c, move) : c.worst };
  return clamp(
    left,
    Math.max(0, c.n - change.covered + entered),
    c.failing + change.openedExisting - change.covered,
    raised(left, change.worst.openedExisting),
  );
};

const fix: Effect = (c, move) => {
  const { change, left } = move;
  const worst = change.closedFixed + change.regraded.byPeople > 0 ? eased(c, move) : c.worst;
  const shown = { ...c, n: Math.max(0, c.n + change.uncovered - left), worst };
  return clamp(shown, shown.n, c.failing - change.closedFixed + change.uncovered, raised(shown, change.worst.uncovered));
};

/** What they open brings its subjects, and what they close takes them: all that is left, where what they did leads to what fails in the end. */
const applySettings: Effect = (c, { change, endsWithSettings, to }) => {
  const failing = c.failing + change.bySettings;
  const isTheirs = failing === to.failing && (to.n - c.n) * change.bySettings >= 0;
  return endsWithSettings && isTheirs ? to : clamp(c, Math.max(0, c.n + change.movedBySettings), failing, raised(c, change.worst.bySettings));
};

const applyRelease: Effect = (c, { change }) =>
  clamp(c, Math.max(0, c.n + change.movedByRelease), c.failing + change.byControl, raised(c, change.worst.byControl));

const capLoss = ({ raw, cap }: LayerScore): number => Math.max(0, (raw ?? 0) - cap);

/**
 * Explains how a layer's score moved, one cause after the other: each step changes the statistics of all controls by that cause
 * alone, and its points are the difference of the raw score. What the steps leave over is coverage (became or stopped being
 * assessed, or applicable). The caps of both ends close the sum. `weighed`: the controls that both ends' catalogues weigh; one
 * of them that is in one score alone is in scope there alone, by what came, went, was read or set and by no release. `tuned`: those that people switched
 * off or on, or the source that they need, or gave another weight.
 */
export function explainMove(
  layer: Layer,
  before: readonly ScoredControl[],
  after: readonly ScoredControl[],
  changes: readonly ControlChange[],
  weighed: ReadonlySet<string> = new Set(),
  tuned: ReadonlySet<string> = new Set(),
): Waterfall {
  const [fromScore, toScore] = [scoreLayer(layer, before), scoreLayer(layer, after)];
  const [from, to] = [effectiveScore(fromScore), effectiveScore(toScore)];
  if (fromScore.raw === null || from === null || toScore.raw === null || to === null) return { layer, from, to, rows: [] };
  const known = new Map(changes.map((change) => [change.control, change]));
  const changeOf = ({ control }: ScoredControl): ControlChange => known.get(control) ?? { ...UNCHANGED, control };
  const afterOf = new Map(after.map((control) => [control.control, control]));
  const beforeOf = new Map(before.map((control) => [control.control, control]));
  const moveOf = new Map(
    before.flatMap((was): [string, Move][] => {
      const is = afterOf.get(was.control);
      return is ? [[was.control, toMove(was, is, changeOf(was), tuned.has(was.control))]] : [];
    }),
  );
  let current: readonly ScoredControl[] = before;
  let raw = fromScore.raw;
  const rows: { cause: Cause; points: number }[] = [];
  const step = (cause: Cause, next: readonly ScoredControl[]): void => {
    const nextRaw = scoreLayer(layer, next).raw ?? 100;
    rows.push({ cause, points: nextRaw - raw });
    raw = nextRaw;
    current = next;
  };
  const each = (effect: Effect): readonly ScoredControl[] =>
    current.map((control) => {
      const move = moveOf.get(control.control);
      return move ? effect(control, move) : control;
    });
  // What settings opened or closed the most of comes, or leaves, with them, as does what they switched; another weight brings nothing into scope.
  const isSet = (control: ScoredControl): boolean => {
    const { bySettings, openedNew, openedExisting, closedGone, closedFixed } = changeOf(control);
    const isSwitched = tuned.has(control.control) && !weighed.has(control.control);
    return isSwitched || Math.abs(bySettings) > openedNew + openedExisting + closedGone + closedFixed;
  };
  // A control comes into scope with the first subject that it applies to, and leaves with the last; one that is met without any is in scope until the first
  // comes that it does not apply to, and again once that is gone.
  const grew = (control: ScoredControl): number => {
    const { subjects, openedNew, openedExisting, closedGone } = changeOf(control);
    if (!weighed.has(control.control) || isSet(control)) return 0;
    if (control.n === 0) return Math.sign(subjects);
    return afterOf.has(control.control) ? Math.sign(Math.max(0, subjects, openedNew - openedExisting)) : -Math.sign(Math.max(0, -subjects, closedGone));
  };
  const entered = after.filter((control) => !beforeOf.has(control.control) && weighed.has(control.control) && !isSet(control));
  const came = entered.filter((control) => grew(control) > 0);
  // Out of scope as long as it only asked people to look, or did not apply; what fails now was there.
  const began = entered.filter((control) => grew(control) === 0 && changeOf(control).openedExisting > 0);
  const cameByLess = entered.filter((control) => grew(control) < 0);
  const stays = (control: ScoredControl, by: number): boolean => afterOf.has(control.control) || grew(control) !== by;
  // Whoever changed what it weighs, or how grave its findings are, did that, also where nothing else moved.
  const regrade = (control: ScoredControl, end: ScoredControl): ScoredControl =>
    end.maxSeverity !== control.maxSeverity || changeOf(control).regraded.byRules > 0
      ? clamp({ ...control, maxSeverity: end.maxSeverity }, control.n, control.failing, end.worst)
      : control;
  step("new-resources", [...each(addNew).filter((control) => stays(control, 1)), ...came]);
  step("gone-resources", [...each(removeGone).filter((control) => stays(control, -1)), ...cameByLess]);
  step("newly-failing", [...each(failNewly), ...began]);
  step("fixed", each(fix));
  step("exceptions", current);
  const set = each(applySettings).flatMap((control) => {
    const end = afterOf.get(control.control);
    if (!end) return isSet(control) ? [] : [control];
    return [tuned.has(control.control) ? regrade(control, end) : control];
  });
  step("settings", [...set, ...after.filter((control) => !beforeOf.has(control.control) && isSet(control))]);
  const released = each(applyRelease).flatMap((control) => {
    const end = afterOf.get(control.control);
    if (!end) return weighed.has(control.control) ? [control] : [];
    return [regrade(control, end)];
  });
  const added = after.filter((control) => !beforeOf.has(control.control) && !weighed.has(control.control) && !isSet(control));
  step("catalogue", [...released, ...added]);
  step("coverage", after);
  const capPoints = capLoss(fromScore) - capLoss(toScore);
  if (Math.abs(capPoints) > 1e-9 || capLoss(toScore) > 0) rows.push({ cause: "without-cap", points: 0 }, { cause: "cap", points: capPoints });
  return { layer, from, to, rows };
}
