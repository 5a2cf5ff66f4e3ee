import "server-only";
import type { AnyControl } from "@/lib/controls/define";
import { everyRead } from "@/lib/engine/touched-controls";
import { createContext, type World } from "@/lib/inventory/context";
import type { Inventory } from "@/lib/inventory/inventory";
import { sliceKindOf } from "@/lib/inventory/slice-kind";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import { isLost, type KindCoverage } from "@/lib/model/coverage";
import type { JsonRecord } from "@/lib/model/json";
import { type ResourceRef, resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import { loadAround, WORKLOAD_LIMIT } from "./load-surroundings";
import type { FilledReader } from "./open-reader";
import { loadTriedRbac, type RbacAt } from "./rbac-at";
import { loadSettingsAt } from "./settings-at";
import { toInventory } from "./to-inventory";
import { findInRights, isOfRightsOrOne, withRights } from "./with-rights";

const RBAC: ReadonlySet<SliceName> = new Set<SliceName>(["roles", "bindings"]);

/** Makes inventories as of the reader's snapshot, by the settings of that day and without what `coverage` says was not read. */
export async function createBuild(reader: FilledReader, coverage: readonly KindCoverage[] = []): Promise<RebuiltInventory["build"]> {
  const settings = await loadSettingsAt(reader);
  const unread = coverage.flatMap((entry) => (isLost(entry) ? [{ kind: sliceKindOf(entry), reason: entry.reason ?? "" }] : []));
  return (objects) => toInventory(objects, { ...reader.at, settings }, unread);
}

export interface RebuiltInventory {
  readonly objects: readonly JsonRecord[];
  readonly build: (objects: readonly JsonRecord[]) => Inventory;
  /** The rights of the whole cluster, which stand beside `objects`; null = they are among them, as far as they count. */
  readonly rights: RbacAt | null;
  /** The slices that it holds in full for the subject's namespace. */
  readonly slices: ReadonlySet<SliceName>;
}

/** The remembered objects of these keys. */
export function findRebuilt({ objects, rights }: RebuiltInventory, keys: ReadonlySet<string>): readonly JsonRecord[] {
  const found = objects.filter((object) => keys.has(resourceKey(toResourceRef(object))));
  return rights ? [...found, ...findInRights(rights, keys)] : found;
}

/** What is judged of a part of a snapshot in which objects are `changed`. */
export function toWorld(part: Inventory, rights: RbacAt | null, changed: ReadonlySet<string> = new Set()): World {
  return rights ? withRights(part, rights, changed) : { inventory: part, context: createContext(part) };
}

/**
 * From what is remembered, the part of a snapshot that one control needs to judge one subject again: the objects of its slices,
 * in the subject's namespace and those that all share. Null when that is too much.
 */
export async function rebuildInventory(
  reader: FilledReader,
  control: AnyControl,
  subject: ResourceRef,
  subjectBody: JsonRecord | null,
): Promise<RebuiltInventory | null> {
  const reads = [...control.reads, ...(control.extraReads ?? [])];
  const slices = new Set<SliceName>(everyRead(control));
  const rights = isOfRightsOrOne(control) ? await loadTriedRbac(reader) : null;
  if (rights) return { objects: subjectBody && control.subject === "workload" ? [subjectBody] : [], build: await createBuild(reader), rights, slices };
  const looksAround = slices.delete("workloads") && control.subject !== "workload";
  const kinds = [...slices].flatMap((slice) => (slice === "workloads" ? [] : [...SLICE_KINDS[slice]]));
  const home = subject.kind === "Namespace" ? subject.name : subject.namespace;
  const isEverywhere = control.subject === "principal" || [...control.reads].some((slice) => RBAC.has(slice));
  const namespace = isEverywhere ? null : home;
  const found = await loadAround(reader, kinds, namespace);
  if (!found) return null;
  const objects = [...found];
  const workloads = looksAround ? await loadAround(reader, WORKLOAD_KINDS, namespace, WORKLOAD_LIMIT) : null;
  if (workloads) objects.push(...workloads);
  if (workloads || control.subject === "workload") slices.add("workloads");
  if (subjectBody && control.subject === "workload") objects.push(subjectBody);
  // Whether policies act is seen in what runs on the nodes.
  if (control.subject === "workload" && reads.includes("workloads")) {
    const agents = await loadAround(reader, ["DaemonSet"], null, WORKLOAD_LIMIT);
    objects.push(...(agents ?? []).filter((body) => resourceKey(toResourceRef(body)) !== resourceKey(subject)));
  }
  return { objects, build: await createBuild(reader), rights: null, slices };
}
