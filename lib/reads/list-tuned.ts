import "server-only";
import type { TunedControl } from "@/lib/contracts/settings";
import { findControl } from "@/lib/controls/registry";
import type { Settings } from "@/lib/inventory/inventory";
import { record, text } from "@/lib/model/json";
import { severityRank } from "@/lib/model/severity";

/** What is off or re-weighted by the settings of now, the gravest first. `stored` = the settings as the database keeps them. */
export function listTuned(settings: Settings, stored: unknown): TunedControl[] {
  const own = new Map(settings.ownControls.map((spec) => [spec.id, spec]));
  const times = record(record(stored).tunedAt);
  const ids = new Set([...Object.keys(settings.disabledControls), ...Object.keys(settings.reweightedControls)]);
  return [...ids]
    .flatMap((id): TunedControl[] => {
      const control = findControl(id) ?? own.get(id);
      if (!control) return [];
      const { title, layer, severity } = control;
      const disabled = settings.disabledControls[id] ?? null;
      return [{ id, title, layer, severity, disabled, reweighted: settings.reweightedControls[id] ?? null, since: text(times[id]) ?? null }];
    })
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || (a.id < b.id ? -1 : 1));
}
