import type { AnyControl } from "../controls/define";
import { findControl } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { LAYERS } from "../model/layer";

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

/** The controls that `--only` and `--skip` leave, in their order. Throws bad-request for what names nothing, or where nothing is left. */
export function chooseControls(controls: readonly AnyControl[], { only, skip }: ControlChoice): readonly AnyControl[] {
  const wanted = idsOf("--only", only, controls);
  const unwanted = idsOf("--skip", skip, controls);
  const left = controls.filter(({ id }) => (only.length === 0 || wanted.has(id)) && !unwanted.has(id));
  if (left.length === 0) throw new AppError("bad-request", "--only and --skip leave no control.");
  return left;
}
