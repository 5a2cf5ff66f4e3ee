import type { ListControlsResponse } from "@/lib/contracts/controls";
import type { SettingsResponse } from "@/lib/contracts/settings";
import type { Tunable } from "./tuning-form";

type Own = SettingsResponse["ownControls"];

/** Those that the next scan can judge: an own control that was taken away is still in the catalogue of its last snapshot. */
export function listTunable(controls: ListControlsResponse["controls"], own: Own): readonly { readonly id: string; readonly title: string }[] {
  return controls.flatMap(({ id, title, tuning }) => (tuning.own !== null && !own.some((known) => known.id === id) ? [] : [{ id, title }]));
}

/** A control of the catalogue, by id or alias, with its settings of now; null when there is none of that name. */
export function toTunable(
  asked: string,
  controls: ListControlsResponse["controls"],
  { tuned, ownControls }: Pick<SettingsResponse, "tuned" | "ownControls">,
): Tunable | null {
  const row = controls.find(({ id, aliases }) => id === asked || aliases.includes(asked));
  const own = ownControls.find(({ id }) => id === asked);
  if (!row || (row.tuning.own !== null && !own)) return null;
  const known = tuned.find(({ id }) => id === row.id);
  // The snapshot's severity may be re-weighted; the settings of now need not be.
  const severity = known?.severity ?? own?.severity ?? row.tuning.reweighted?.from ?? row.severity;
  return { id: row.id, title: row.title, severity, disabled: known?.disabled ?? null, reweighted: known?.reweighted ?? null };
}
