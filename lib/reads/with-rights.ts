import "server-only";
import type { AnyControl } from "@/lib/controls/define";
import { everyRead } from "@/lib/engine/touched-controls";
import type { Inventory } from "@/lib/inventory/inventory";
import type { KubeObject } from "@/lib/inventory/kube-object";
import { SLICE_KINDS, type Slice, type SliceName } from "@/lib/inventory/slices";
import { createContext, type World } from "@/lib/inventory/context";
import type { JsonRecord } from "@/lib/model/json";
import { resourceKey } from "@/lib/model/resource-ref";
import { RIGHTS_SLICES } from "./load-rights";
import type { RbacAt } from "./rbac-at";

const RIGHTS: ReadonlySet<SliceName> = new Set<SliceName>(RIGHTS_SLICES);
export const RBAC_KINDS: ReadonlySet<string> = new Set<string>([...SLICE_KINDS.roles, ...SLICE_KINDS.bindings]);

export function looksAtRights(control: AnyControl): boolean {
  return everyRead(control).some((slice) => slice === "roles" || slice === "bindings");
}

/** Whether a control looks at rights, and at nothing else. */
export function isOfRights(control: AnyControl): boolean {
  return looksAtRights(control) && everyRead(control).every((slice) => RIGHTS.has(slice));
}

/** The same, beside a workload that it judges. */
export function isOfRightsOrOne(control: AnyControl): boolean {
  return looksAtRights(control) && everyRead(control).every((slice) => RIGHTS.has(slice) || (slice === "workloads" && control.subject === "workload"));
}

/** The remembered objects of these keys. */
export function findInRights({ inventory }: RbacAt, keys: ReadonlySet<string>): readonly JsonRecord[] {
  return RIGHTS_SLICES.flatMap((name) => {
    const slice = inventory.slices[name];
    return slice.state === "read" ? slice.items.filter(({ ref }) => keys.has(resourceKey(ref))).map(({ body }) => body) : [];
  });
}

function joinSlices(own: Slice<KubeObject>, all: Slice<KubeObject>, changed: ReadonlySet<string>): Slice<KubeObject> {
  if (own.state !== "read" || all.state !== "read") return own;
  const isChanged = ({ ref }: KubeObject): boolean => changed.has(resourceKey(ref));
  const mine = changed.size === 0 ? [] : own.items.filter(isChanged);
  const others = changed.size === 0 ? all.items : all.items.filter((item) => !isChanged(item));
  return mine.length === 0 && others.length === all.items.length ? all : { state: "read", items: [...others, ...mine] };
}

/**
 * A part of a snapshot with the rights of all of it: what an account may do is said in every namespace. Objects that are `changed` are as they are in
 * the part. What was worked out of rights before is not worked out again.
 */
export function withRights(part: Inventory, rights: RbacAt, changed: ReadonlySet<string>): World {
  const joined = RIGHTS_SLICES.map((name) => [name, joinSlices(part.slices[name], rights.inventory.slices[name], changed)] as const);
  const inventory = { ...part, slices: { ...part.slices, ...Object.fromEntries(joined) } };
  return { inventory, context: createContext(inventory, rights) };
}
