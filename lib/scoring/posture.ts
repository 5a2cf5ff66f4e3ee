import type { AnyControl } from "../controls/define";
import { findWeakest, LAYERS, type Layer } from "../model/layer";
import { SCOPES, type Scope } from "../model/verdict";
import { type LayerScore, type ScoredControl, scoreLayer } from "./score";
import type { Tally } from "./tally";

/** The four layer scores of one scope. */
export interface Posture {
  readonly scope: Scope;
  readonly layers: readonly LayerScore[];
  /** The lowest layer: the headline is never an average. null when no layer has a score. */
  readonly weakest: Layer | null;
}

export type ScopedControl = Pick<AnyControl, "id" | "layer" | "severity" | "maxSeverity" | "isRollUp">;

const NONE: ReadonlyMap<string, boolean> = new Map();

function toScored(control: ScopedControl, tally: Tally | undefined, isSwitchedOff: boolean): ScoredControl {
  return {
    control: control.id,
    maxSeverity: control.maxSeverity ?? control.severity,
    n: tally?.n ?? 0,
    failing: tally?.failing ?? 0,
    worst: tally?.worst ?? null,
    unknown: tally?.unknown ?? 0,
    stale: tally?.stale ?? 0,
    isSwitchedOff,
  };
}

/**
 * The score of the weakest layer; null when one without enough evidence was lower as it last was: losing sight of the weakest layer raises
 * nothing.
 */
export function headlineScore(layers: readonly Pick<LayerScore, "score" | "raw" | "cap">[]): number | null {
  const known = layers.flatMap(({ score, raw, cap }) => (raw === null ? [] : [{ score, last: score ?? Math.min(raw, cap) }]));
  const [weakest] = known.toSorted((a, b) => a.last - b.last || Number(a.score === null) - Number(b.score === null));
  return weakest?.score ?? null;
}

/**
 * A control that is not applicable to every subject asks about a feature that this cluster does not have, and one that only asks people to look has
 * seen nothing that it could count as met.
 */
function isInScope(tally: Tally | undefined): boolean {
  return tally === undefined || tally.n + tally.unknown + tally.subsumed > 0 || tally.notApplicable + tally.manual === 0;
}

/**
 * The controls of one layer that count in one scope, with their statistics. `switchedOff` wait for a source that nobody switched on: those that
 * wait for nothing else are out of scope, and, where nothing at all was said of a scope, the others as well: losing sight of nodes must not make
 * the questions about their settings count as met.
 */
export function listScoredControls(
  controls: readonly ScopedControl[],
  tallies: readonly Tally[],
  scope: Scope,
  layer: Layer,
  switchedOff: ReadonlyMap<string, boolean>,
): readonly ScoredControl[] {
  const byControl = new Map(tallies.filter((tally) => tally.scope === scope && tally.layer === layer).map((tally) => [tally.control, tally]));
  return controls
    .filter((control) => control.layer === layer && !control.isRollUp && isInScope(byControl.get(control.id)))
    .map((control) => {
      const tally = byControl.get(control.id);
      const isSilent = tally === undefined || tally.n + tally.unknown === 0;
      return toScored(control, tally, isSilent ? switchedOff.has(control.id) : switchedOff.get(control.id) === true);
    });
}

/** Scores of one scope from tallies. `controls` are the enabled ones. */
export function toPosture(
  scope: Scope,
  controls: readonly ScopedControl[],
  tallies: readonly Tally[],
  switchedOff: ReadonlyMap<string, boolean> = NONE,
): Posture {
  const layers = LAYERS.map((layer) => scoreLayer(layer, listScoredControls(controls, tallies, scope, layer, switchedOff)));
  return { scope, layers, weakest: findWeakest(layers)?.layer ?? null };
}

/** The same of both scopes. */
export function toPostures(controls: readonly ScopedControl[], tallies: readonly Tally[], switchedOff?: ReadonlyMap<string, boolean>): readonly Posture[] {
  return SCOPES.map((scope) => toPosture(scope, controls, tallies, switchedOff));
}
