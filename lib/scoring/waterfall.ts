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

/** What became of a control that both ends score: without what came in place of something that went. */
interface Move {
  readonly change: ControlChange;
  /** How many more assessed subjects there are because objects came or went. */
  readonly grown: number;
  /** What fails where the control did not apply brings its subject along; what is fixed by its not applying any more takes it away. */
  readonly entered: number;
  readonly left: number;
  readonly to: ScoredControl;
}

function toMove(from: ScoredControl, to: ScoredControl, change: ControlChange): Move {
  const more = to.n - from.n - change.movedBySettings - change.movedByRelease + change.covered - change.uncovered;
  const grown = grownBy(more, change);
  const entered = Math.max(0, Math.min(more - grown, change.openedExisting));
  const left = Math.max(0, Math.min(grown - more, change.closedFixed));
  const objects = replaced(from.failing, from.n + Math.max(0, grown), change.openedNew, change.closedGone);
  const stayed = from.failing + change.openedNew - change.closedGone;
  const findings = replaced(stayed, from.n + grown + entered, change.openedExisting, change.closedFixed);
  const net = {
    ...change,
    ...{ openedNew: change.openedNew - objects, closedGone: change.closedGone - objects },
    ...{ openedExisting: change.openedExisting - findings, closedFixed: change.closedFixed - findings },
  };
  return { change: net, grown, entered, left, to };
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

const applySettings: Effect = (c, { change }) =>
  clamp(c, Math.max(0, c.n + change.movedBySettings), c.failing + change.bySettings, raised(c, change.worst.bySettings));

const applyRelease: Effect = (c, { change }) =>
  clamp(c, Math.max(0, c.n + change.movedByRelease), c.failing + change.byControl, raised(c, change.worst.byControl));

const capLoss = ({ raw, cap }: LayerScore): number => Math.max(0, (raw ?? 0) - cap);

/**
 * Explains how a layer's score moved, one cause after the other: each step changes the statistics of all controls by that cause
 * alone, and its points are the difference of the raw score. What the steps leave over is coverage (became or stopped being
 * assessed, or applicable). The caps of both ends close the sum. `weighed`: the controls that both ends' catalogues weigh; one
 * of them that is in one score alone is in scope there alone, by what came, went or was read and by nobody's rule.
 */
export function explainMove(
  layer: Layer,
  before: readonly ScoredControl[],
  after: readonly ScoredControl[],
  changes: readonly ControlChange[],
  weighed: ReadonlySet<string> = new Set(),
): Waterfall {
  const [fromScore, toScore] = [scoreLayer(layer, before), scoreLayer(layer, after)];
  const [from, to] = [effectiveScore(fromScore), effectiveScore(toScore)];
  if (fromScore.raw === null || from === null || toScore.raw === null || to === null) return { layer, from, to, rows: [] };
  const changeOf = new Map(changes.map((change) => [change.control, change]));
  const afterOf = new Map(after.map((control) => [control.control, control]));
  const beforeOf = new Map(before.map((control) => [control.control, control]));
  const moveOf = new Map(
    before.flatMap((was): [string, Move][] => {
      const is = afterOf.get(was.control);
      return is ? [[was.control, toMove(was, is, changeOf.get(was.control) ?? { ...UNCHANGED, control: was.control })]] : [];
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
  // A control comes into scope with the first subject that it applies to, and leaves with the last.
  const grew = ({ control }: ScoredControl): number => (weighed.has(control) ? Math.sign(changeOf.get(control)?.subjects ?? 0) : 0);
  const entered = after.filter(({ control }) => !beforeOf.has(control) && weighed.has(control));
  const came = entered.filter((control) => grew(control) > 0);
  // Out of scope as long as it only asked people to look, or did not apply; what fails now was there.
  const began = entered.filter((control) => grew(control) <= 0 && (changeOf.get(control.control)?.openedExisting ?? 0) > 0);
  const hasLeft = (control: ScoredControl): boolean => !afterOf.has(control.control) && grew(control) < 0;
  step("new-resources", [...each(addNew), ...came]);
  step(
    "gone-resources",
    each(removeGone).filter((control) => !hasLeft(control)),
  );
  step("newly-failing", [...each(failNewly), ...began]);
  step("fixed", each(fix));
  step("exceptions", current);
  step("settings", each(applySettings));
  const known = each(applyRelease).flatMap((control) => {
    const end = afterOf.get(control.control);
    if (!end) return weighed.has(control.control) ? [control] : [];
    // Somebody changed what it weighs, or how grave its findings are: that is the catalogue's doing, also where nothing else moved.
    const isRegraded = end.maxSeverity !== control.maxSeverity || (changeOf.get(control.control)?.regraded.byRules ?? 0) > 0;
    return isRegraded ? [clamp({ ...control, maxSeverity: end.maxSeverity }, control.n, control.failing, end.worst)] : [control];
  });
  const added = after.filter(({ control }) => !beforeOf.has(control) && !weighed.has(control));
  step("catalogue", [...known, ...added]);
  step("coverage", after);
  const capPoints = capLoss(fromScore) - capLoss(toScore);
  if (Math.abs(capPoints) > 1e-9 || capLoss(toScore) > 0) rows.push({ cause: "without-cap", points: 0 }, { cause: "cap", points: capPoints });
  return { layer, from, to, rows };
}
