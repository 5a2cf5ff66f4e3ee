import "server-only";
import { isNeverListed } from "@/lib/inventory/slice-kind";
import { type ReadFault, toLeftOutFault, toVersionFault } from "@/lib/kube/read-fault";
import type { ServedKind, ServedKinds } from "@/lib/kube/served-kinds";
import type { CollectedKind, Collector } from "./define-collector";

/** One list to read, or why it cannot be. */
export interface PlannedList {
  readonly collector: Collector;
  readonly kind: CollectedKind;
  /** What to read; null = not served, or not known. */
  readonly served: ServedKind | null;
  /** The same in other versions: where the API server does not know that one, or cannot write what is stored in it. */
  readonly others?: readonly ServedKind[];
  readonly fault: ReadFault | null;
}

function toPlan(collector: Collector, kind: CollectedKind, served: ServedKinds): PlannedList[] {
  const { group, resource } = kind;
  const ofGroup = served.kinds.filter((item) => item.group === group);
  const blind = served.faults.get("*");
  if (resource === "*") {
    const names = new Set(ofGroup.map((item) => item.resource));
    if (names.size > 0) return [...names].flatMap((name) => toPlan(collector, { ...kind, resource: name }, served));
    return [{ collector, kind, served: null, fault: served.faults.get(group) ?? blind ?? null }];
  }
  const ofKind = ofGroup.filter((item) => item.resource === resource);
  if (isNeverListed(kind.sliceKind ?? kind.kind)) {
    const mayBeServed = ofKind.length > 0 || served.faults.has(group) || blind !== undefined;
    return [{ collector, kind, served: null, fault: mayBeServed ? toLeftOutFault(kind.kind) : null }];
  }
  const [first, ...others] = kind.versions.flatMap((version) => ofKind.find((item) => item.version === version) ?? []);
  if (first) return [{ collector, kind, served: first, others, fault: null }];
  // Without discovery each version is tried: the server then says itself whether it serves it.
  const [guess, ...guesses] = blind ? kind.versions.map((version) => ({ group, version, resource, kind: kind.kind, namespaced: false })) : [];
  if (guess) return [{ collector, kind, served: guess, others: guesses, fault: null }];
  const [unknown] = ofKind;
  const fault = served.faults.get(group) ?? (unknown ? toVersionFault(`${resource}.${group}`, unknown.version, kind.versions) : null);
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
