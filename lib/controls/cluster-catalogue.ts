import { sha256 } from "../inventory/values/sha256";
import type { Settings } from "../inventory/inventory";
import type { AnyControl, Outcome } from "./define";
import { toOwnControl } from "./own/own-control";
import { CATALOGUE_VERSION, findControl, listControls } from "./registry";

/** The controls of one cluster: the catalogue as its people changed it. */
export interface ClusterCatalogue {
  /** The version of the catalogue; with a digest of the changes where there are any, so that a snapshot keeps its rules. */
  readonly version: string;
  /** Those in force, re-weighted ones at their weight here. */
  readonly controls: readonly AnyControl[];
  /** Those switched off, as they would be. */
  readonly disabled: readonly AnyControl[];
}

type Tuning = Pick<Settings, "disabledControls" | "reweightedControls" | "ownControls">;

/** Every finding of it has this severity, whatever its weaknesses say. */
export function toReweighted(control: AnyControl, severity: AnyControl["severity"]): AnyControl {
  const { maxSeverity: _, ...rest } = control;
  const plain = (outcome: Outcome): Outcome => ("state" in outcome ? outcome : outcome.map(({ severity: _own, ...weakness }) => weakness));
  return { ...rest, severity, check: (subject, context) => plain(control.check(subject, context)) };
}

function sorted<T>(map: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

function toVersion({ disabledControls, reweightedControls, ownControls }: Tuning): string {
  const tuning = [sorted(disabledControls), sorted(reweightedControls), [...ownControls].sort((a, b) => (a.id < b.id ? -1 : 1))];
  if (tuning.every((part) => part.length === 0)) return CATALOGUE_VERSION;
  return `${CATALOGUE_VERSION}+${sha256(JSON.stringify(tuning)).slice(0, 10)}`;
}

/** An id that a built-in control has, or once had, stays that control's. `now` is a clock in milliseconds. */
export function toClusterCatalogue(tuning: Tuning, now: () => number): ClusterCatalogue {
  const own = tuning.ownControls.filter(({ id }) => findControl(id) === null).map((spec) => toOwnControl(spec, now));
  const all = [...listControls(), ...own].map((control) => {
    const reweighting = tuning.reweightedControls[control.id];
    return reweighting ? toReweighted(control, reweighting.severity) : control;
  });
  const isDisabled = ({ id }: AnyControl): boolean => tuning.disabledControls[id] !== undefined;
  return { version: toVersion(tuning), controls: all.filter((control) => !isDisabled(control)), disabled: all.filter(isDisabled) };
}
