import "server-only";
import { type ReadFault, toVersionFault } from "@/lib/kube/read-fault";
import type { ServedKind, ServedKinds } from "@/lib/kube/served-kinds";
import type { CollectedKind, Collector } from "./define-collector";

/** One list to read, or why it cannot be. */
export interface PlannedList {
  readonly collector: Collector;
  readonly kind: CollectedKind;
  /** What to read; null = not served, or not known. */
  readonly served: ServedKind | null;
  /** Without discovery: what to try where the API server does not know that one. */
  readonly older?: readonly ServedKind[];
  readonly fault: ReadFault | null;
}

function toPlan(collector: Collector, kind: CollectedKind, served: ServedKinds): PlannedList[] {
  const ofGroup = served.kinds.filter((item) => item.group === kind.group);
  const ofKind = kind.resource === "*" ? ofGroup : ofGroup.filter((item) => item.resource === kind.resource);
  const [other] = ofKind.filter((item) => !kind.versions.includes(item.version));
  const name = kind.resource === "*" ? kind.group : `${kind.resource}.${kind.group}`;
  const blind = served.faults.get("*");
  const fault =
    served.faults.get(kind.group) ?? (kind.resource === "*" ? blind : undefined) ?? (other ? toVersionFault(name, other.version, kind.versions) : null);
  if (kind.resource === "*") {
    const version = kind.versions.find((candidate) => ofGroup.some((item) => item.version === candidate));
    const all = ofGroup.filter((item) => item.version === version).map((item) => ({ collector, kind, served: item, fault: null }));
    return all.length > 0 ? all : [{ collector, kind, served: null, fault }];
  }
  for (const version of kind.versions) {
    const found = ofKind.find((item) => item.version === version);
    if (found) return [{ collector, kind, served: found, fault: null }];
  }
  const { group, resource } = kind;
  // Without discovery each version is tried: the server then says itself whether it serves it.
  const [first = null, ...older] = blind ? kind.versions.map((version) => ({ group, version, resource, kind: kind.kind, namespaced: false })) : [];
  if (first) return [{ collector, kind, served: first, older, fault: null }];
  return [{ collector, kind, served: null, fault }];
}

/** Decides from discovery which list is read in which version. */
export function planLists(collectors: readonly Collector[], served: ServedKinds): readonly PlannedList[] {
  return collectors.flatMap((collector) => collector.kinds.flatMap((kind) => toPlan(collector, kind, served)));
}

/** The groups that any collector reads. */
export function listGroups(collectors: readonly Collector[]): ReadonlySet<string> {
  return new Set(collectors.flatMap((collector) => collector.kinds.map((kind) => kind.group)));
}
