import "server-only";
import { record, textMap } from "@/lib/model/json";

type Stored = Readonly<Record<string, unknown>>;

function changeOf(stored: Stored, id: string): string | null {
  const parts = [record(stored.disabledControls)[id], record(stored.reweightedControls)[id]];
  return parts.every((part) => part === undefined) ? null : JSON.stringify(parts);
}

/** When each control was last switched off or re-weighted, kept beside the settings: it is no rule, so no snapshot is judged by it. */
export function withTunedAt(before: Stored, after: Stored, now: Date): Stored {
  const known = textMap(before.tunedAt);
  const ids = [after.disabledControls, after.reweightedControls].flatMap((map) => Object.keys(record(map)));
  const tunedAt = Object.fromEntries(
    [...new Set(ids)].flatMap((id) => {
      const at = changeOf(before, id) === changeOf(after, id) ? known[id] : now.toISOString();
      return at === undefined ? [] : [[id, at] as const];
    }),
  );
  return { ...after, tunedAt };
}
