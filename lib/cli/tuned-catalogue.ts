import { toClusterCatalogue } from "../controls/cluster-catalogue";
import { findControl } from "../controls/registry";
import { DEFAULT_SETTINGS, type Settings } from "../inventory/inventory";
import type { Catalogue } from "./catalogue";
import { readOwnControls } from "./read-own-controls";
import { readSettings } from "./read-settings";

/** The catalogue as files tune it: `--settings`, `--controls`. Throws bad-request. */
export function readTunedCatalogue(settingsFile: string | null, controlsFile: string | null): Catalogue {
  const own = controlsFile === null ? [] : readOwnControls(controlsFile);
  const settings: Settings = settingsFile === null ? { ...DEFAULT_SETTINGS, ownControls: own } : readSettings(settingsFile, own);
  const { version, controls, disabled } = toClusterCatalogue(settings, () => performance.now());
  return {
    version,
    settings,
    controls,
    switchedOff: disabled.map((control) => ({ control, reason: settings.disabledControls[control.id] ?? "" })),
    reweighted: controls.flatMap((control) => {
      const reweighting = settings.reweightedControls[control.id];
      const before = findControl(control.id) ?? settings.ownControls.find(({ id }) => id === control.id);
      return reweighting && before ? [{ control, from: before.severity, reason: reweighting.reason }] : [];
    }),
  };
}
