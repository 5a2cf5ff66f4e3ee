import type { AnyControl } from "../controls/define";
import { findControl } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { LAYERS } from "../model/layer";
import type { Catalogue } from "./catalogue";

export interface ControlChoice {
  /** Ids of controls and names of layers; none = every control. */
  readonly only: readonly string[];
  /** Goes before `only`. */
  readonly skip: readonly string[];
}

/** What the entries of one option stand for. Throws bad-request for a name of nothing: a control that is spelled wrongly would be judged, or not, in silence. */
function idsOf(option: string, names: readonly string[], controls: readonly AnyControl[]): ReadonlySet<string> {
  const found = names.flatMap((name) => {
    const wanted = findControl(name)?.id ?? name;
    const ids = controls.filter(({ id, layer }) => id === wanted || layer === name).map(({ id }) => id);
    if (ids.length > 0) return ids;
    throw new AppError("bad-request", `${option}: "${name}" is neither a control nor a layer (${LAYERS.join(", ")}).`);
  });
  return new Set(found);
}

/** What `--only` and `--skip` leave of a catalogue, in its order. Throws bad-request for what names nothing, or where nothing is left to judge. */
export function chooseControls(catalogue: Catalogue, { only, skip }: ControlChoice): Catalogue {
  const all = [...catalogue.controls, ...catalogue.switchedOff.map(({ control }) => control)];
  const wanted = idsOf("--only", only, all);
  const unwanted = idsOf("--skip", skip, all);
  const isLeft = ({ id }: AnyControl): boolean => (only.length === 0 || wanted.has(id)) && !unwanted.has(id);
  const controls = catalogue.controls.filter(isLeft);
  const switchedOff = catalogue.switchedOff.filter(({ control }) => isLeft(control));
  if (controls.length === 0)
    throw new AppError(
      "bad-request",
      switchedOff.length > 0 ? "Every control that is left is switched off by --settings." : "--only and --skip leave no control.",
    );
  // What is left out finds nothing, so that nothing may count as told by it.
  const leftOut = all.filter((control) => !isLeft(control)).map(({ id }) => [id, "It was not asked for."] as const);
  const settings = { ...catalogue.settings, disabledControls: { ...Object.fromEntries(leftOut), ...catalogue.settings.disabledControls } };
  return { ...catalogue, settings, controls, switchedOff, reweighted: catalogue.reweighted.filter(({ control }) => isLeft(control)) };
}
