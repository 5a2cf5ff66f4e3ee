import "server-only";
import type { JsonRecord } from "@/lib/model/json";

/** One kind to list. */
export interface CollectedKind {
  readonly group: string;
  /** The first one that is served is read. */
  readonly versions: readonly string[];
  /** Plural name; `*` = every kind of the group. */
  readonly resource: string;
  readonly kind: string;
  /** Its name in `SLICE_KINDS`, when that differs from `kind`. */
  readonly sliceKind?: string;
  /** A cluster that does not serve it has none of it; left out, its absence is a gap. */
  readonly optional?: boolean;
  /** The group of a kind before it in the list that has the same objects: this one is asked only where that one does not answer. */
  readonly copyOf?: string;
}

/** Reads the kinds of one question. Each list is one GET verb on one resource: that is all the access it needs. */
export interface Collector {
  readonly id: string;
  readonly kinds: readonly CollectedKind[];
  /** What is kept of an object, before redaction; null = nothing. Left out = all of it. */
  readonly project?: (body: JsonRecord) => JsonRecord | null;
  /** Asked with the JSON of an object before it is parsed; true = leave it out. */
  readonly isSkipped?: (json: Buffer) => boolean;
  /** Who set which field is not asked of these objects. */
  readonly withoutManagers?: boolean;
  /** Objects are many and large: such lists are read one after the other. */
  readonly isBulk?: boolean;
}

export function defineCollector(collector: Collector): Collector {
  return collector;
}

/** Kinds of one group and version list, in short: `["roles", "Role"], ...`; third stands the name of a kind in slices, where that is another. */
export function kindsOf(
  group: string,
  versions: readonly string[],
  pairs: readonly (readonly [resource: string, kind: string, sliceKind?: string])[],
  extra: Pick<CollectedKind, "optional"> = {},
): CollectedKind[] {
  return pairs.map(([resource, kind, sliceKind]) => ({ group, versions, resource, kind, ...(sliceKind !== undefined && { sliceKind }), ...extra }));
}
