import "server-only";
import type { SaveSettingsBody } from "@/lib/contracts/settings";
import { findControl } from "@/lib/controls/registry";
import { AppError } from "@/lib/errors/app-error";
import { record } from "@/lib/model/json";
import { changeClusterSettings } from "@/lib/store/cluster-settings";
import { getDatabase } from "@/lib/store/database-handle";
import { refuseIfChanged } from "./changed-meanwhile";
import { parseSettings } from "./parse-settings";
import { withTunedAt } from "./tuned-at";

type Patch = Readonly<Record<string, unknown>>;

/** Entries of the patch replace those of the same name; null takes one away. */
function mergeMap(stored: unknown, patch: Patch): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...record(stored), ...patch };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** The patch under the ids of today, so that an alias and its control are never two entries. Throws bad-request for what nobody knows. */
function byControl(patch: Patch, own: ReadonlySet<string>): Patch {
  return Object.fromEntries(
    Object.entries(patch).map(([id, value]) => {
      const known = findControl(id)?.id ?? (own.has(id) ? id : null);
      if (known === null && value !== null) throw new AppError("bad-request", `There is no control called ${id}.`);
      return [known ?? id, value];
    }),
  );
}

/** Changes what is named and leaves the rest. The next scan uses it. `now` dates the change. Throws not-found, bad-request, conflict. */
export async function saveSettings(slug: string, body: SaveSettingsBody, now: Date): Promise<void> {
  await changeClusterSettings(getDatabase().pool, slug, (stored) => {
    const settings = parseSettings(stored);
    const { disabledControls, reweightedControls, was, ...plain } = body;
    refuseIfChanged(settings, was ?? {});
    const own = new Set(settings.ownControls.map(({ id }) => id));
    const before = record(stored);
    const after = {
      ...before,
      ...plain,
      ...(disabledControls && { disabledControls: mergeMap(before.disabledControls, byControl(disabledControls, own)) }),
      ...(reweightedControls && { reweightedControls: mergeMap(before.reweightedControls, byControl(reweightedControls, own)) }),
    };
    return withTunedAt(before, after, now);
  });
}
