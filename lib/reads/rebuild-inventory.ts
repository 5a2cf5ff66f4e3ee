import "server-only";
import type { AnyControl } from "@/lib/controls/define";
import { everyRead } from "@/lib/engine/touched-controls";
import { createContext, type World } from "@/lib/inventory/context";
import type { Inventory } from "@/lib/inventory/inventory";
import { sliceKindOf } from "@/lib/inventory/slice-kind";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { isLost, type KindCoverage } from "@/lib/model/coverage";
import type { JsonRecord } from "@/lib/model/json";
import { type ResourceRef, resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import { loadAround, WORKLOAD_LIMIT } from "./load-surroundings";
import type { FilledReader } from "./open-reader";
import { RIGHTS_SLICES } from "./load-rights";
import { loadTriedRbac, type RbacAt } from "./rbac-at";
import { loadSettingsAt } from "./settings-at";
import { toInventory } from "./to-inventory";
import { findInRights, isOfRightsOrOne, looksAtRights, withRights } from "./with-rights";

const RBAC: ReadonlySet<SliceName> = new Set<SliceName>(["roles", "bindings"]);
const RIGHTS: ReadonlySet<SliceName> = new Set<SliceName>(RIGHTS_SLICES);

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
  const rights = isOfRightsOrOne(control) ? await loadTriedRbac(reader) : null;
  if (rights) {
    const objects = subjectBody && control.subject === "workload" ? [subjectBody] : [];
    return { objects, build: await createBuild(reader), rights, slices: new Set(everyRead(control)) };
  }
  const isEverywhere = control.subject === "principal" || control.reads.some((slice) => RBAC.has(slice));
  return rebuildAround(reader, control, new Set(everyRead(control)), { subject, subjectBody, namespace: isEverywhere ? null : homeOf(subject) });
}

/**
 * The same of controls that look at rights among much else, where all of that in all namespaces is too much: the rights of the whole cluster, as long as a
 * page joins them, and of the rest what the subject's namespace sees. It serves to tell what is met alone: what fails or cannot be told is stored.
 */
export async function rebuildNear(reader: FilledReader, control: AnyControl, subject: ResourceRef): Promise<RebuiltInventory | null> {
  const namespace = homeOf(subject);
  if (namespace === null || !looksAtRights(control)) return null;
  const rights = await loadTriedRbac(reader);
  const slices = new Set(everyRead(control)).difference(rights ? RIGHTS : RBAC);
  const near = await rebuildAround(reader, control, slices, { subject, subjectBody: null, namespace });
  return near && { ...near, rights, slices: rights ? near.slices.union(RIGHTS) : near.slices };
}

function homeOf(subject: ResourceRef): string | null {
  return subject.kind === "Namespace" ? subject.name : subject.namespace;
}

interface Around {
  readonly subject: ResourceRef;
  readonly subjectBody: JsonRecord | null;
  /** null = all of them. */
  readonly namespace: string | null;
}

async function rebuildAround(
  reader: FilledReader,
  control: AnyControl,
  slices: Set<SliceName>,
  { subject, subjectBody, namespace }: Around,
): Promise<RebuiltInventory | null> {
  const looksAround = slices.delete("workloads") && control.subject !== "workload";
  const kinds = [...slices].flatMap((slice) => (slice === "workloads" ? [] : [...SLICE_KINDS[slice]]));
  const found = await loadAround(reader, kinds, namespace);
  if (!found) return null;
  const objects = [...found];
  const workloads = looksAround ? await loadAround(reader, WORKLOAD_KINDS, namespace, WORKLOAD_LIMIT) : null;
  if (workloads) objects.push(...workloads);
  if (workloads || control.subject === "workload") slices.add("workloads");
  if (subjectBody && control.subject === "workload") objects.push(subjectBody);
  // Whether policies act is seen in what runs on the nodes.
  if (control.subject === "workload" && [...control.reads, ...(control.extraReads ?? [])].includes("workloads")) {
    const agents = await loadAround(reader, ["DaemonSet"], null, WORKLOAD_LIMIT);
    objects.push(...(agents ?? []).filter((body) => resourceKey(toResourceRef(body)) !== resourceKey(subject)));
  }
  return { objects, build: await createBuild(reader), rights: null, slices };
}
