import { whyUnasked } from "./slice-kind";
import type { UnreadKind } from "./slices";

/** Which kinds were read to their end, and why others were not. */
export interface KindMarks {
  readonly markRead: (kind: string) => void;
  readonly markMissing: (kind: string, reason: string) => void;
  /** Why the first of these kinds that is not there is not there; null = all were read. Kinds never marked count as not read. */
  readonly findReason: (kinds: readonly string[]) => string | null;
  /** Those of these kinds that are not there. */
  readonly listUnread: (kinds: readonly string[]) => readonly UnreadKind[];
}

/** A kind that hardly anybody uses: that nobody asked for it is no gap, that it was refused is one. */
const UNASKED_IS_FINE = new Set(["PodTemplate"]);

export function createKindMarks(): KindMarks {
  const read = new Set<string>();
  const missing = new Map<string, string>();
  const findReason: KindMarks["findReason"] = (kinds) => {
    const refused = kinds.find((kind) => missing.has(kind));
    if (refused !== undefined) return missing.get(refused) || `${refused} objects could not be read.`;
    const unread = kinds.find((kind) => !read.has(kind) && !UNASKED_IS_FINE.has(kind));
    return unread === undefined ? null : (whyUnasked(unread) ?? `${unread} objects were not read.`);
  };
  return {
    findReason,
    listUnread: (kinds) =>
      kinds.flatMap((kind) => {
        const reason = findReason([kind]);
        return reason === null ? [] : [{ kind, reason }];
      }),
    markRead: (kind) => {
      read.add(kind);
      missing.delete(kind);
    },
    markMissing: (kind, reason) => {
      read.delete(kind);
      missing.set(kind, reason);
    },
  };
}
