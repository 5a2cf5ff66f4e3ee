import "server-only";
import type { Pool } from "pg";
import type { AnyControl } from "@/lib/controls/define";
import { judge } from "@/lib/engine/judge";
import type { Inventory } from "@/lib/inventory/inventory";
import { type KubeObject, toKubeObject } from "@/lib/inventory/kube-object";
import { createScopeOf } from "@/lib/inventory/platform-scope";
import { type ObjectSliceName, SLICE_KINDS } from "@/lib/inventory/slices";
import { record } from "@/lib/model/json";
import { resourceKey } from "@/lib/model/resource-ref";
import { COVERING_CONTROLS, type CoveringControl } from "@/lib/model/verdict";
import type { Covering } from "@/lib/store/commit/commit-input";
import { toFingerprint } from "@/lib/store/digests";
import { findLastChange, listFailingObjects } from "@/lib/store/findings/list-failing-objects";
import type { KeptFacts } from "./kept-facts";
import { toResourceInput } from "./to-resource-inputs";

/** By the fingerprint of a failure, those that covered it in the last snapshot. */
export type CoveredBefore = ReadonlyMap<string, readonly Covering[]>;

/** `beside` = what else decides, as long as the object stays as it is, whether what it covers would fail. */
const SLICES: Readonly<Record<CoveringControl, { readonly name: ObjectSliceName; readonly beside: readonly ObjectSliceName[] }>> = {
  "netpol-allow-all": { name: "networkPolicies", beside: ["networkPolicies", "otherNetworkPolicies"] },
  "rbac-cluster-admin-binding": { name: "bindings", beside: [] },
};

interface Scanned {
  readonly inventory: Inventory;
  readonly kept: KeptFacts;
  readonly controls: readonly AnyControl[];
  /** Controls of which findings were covered in the last snapshot. */
  readonly wereCovered: ReadonlySet<string>;
}

/** The cluster as it is, but for objects of one slice: those are as they were. */
function withObjects({ slices, ...inventory }: Inventory, name: ObjectSliceName, objects: ReadonlyMap<string, KubeObject>): Inventory {
  const slice = slices[name];
  if (slice.state !== "read") return { slices, ...inventory };
  const others = slice.items.filter(({ ref }) => !objects.has(resourceKey(ref)));
  return { ...inventory, slices: { ...slices, [name]: { ...slice, items: [...others, ...objects.values()] } } };
}

/**
 * What a graver finding of another object covered that has changed or is gone: that object is put back as it was in the last snapshot, and what may be
 * covered by it is judged once more. Nothing is asked of the cluster while those objects stay as they are.
 */
export async function findCoveredElsewhere(pool: Pool, clusterId: number, { inventory, kept, controls, wereCovered }: Scanned): Promise<CoveredBefore> {
  const covered = new Map<string, Covering[]>();
  const scopeOf = createScopeOf(inventory.settings);
  for (const covering of COVERING_CONTROLS) {
    const { name, beside } = SLICES[covering];
    const slice = inventory.slices[name];
    const asked = controls.filter(({ id, reads }) => wereCovered.has(id) && reads.includes(name));
    if (asked.length === 0 || slice.state !== "read") continue;
    const failing = await listFailingObjects(pool, clusterId, covering);
    const now = new Map(slice.items.map((object) => [resourceKey(object.ref), object]));
    const before = new Map<string, KubeObject>();
    for (const [key, { digest, body }] of failing) {
      const object = now.get(key);
      if (!object || toResourceInput(object, kept).digest !== digest) before.set(key, toKubeObject(record(body()), scopeOf));
    }
    if (before.size === 0) continue;
    const kinds = beside.flatMap((slice) => SLICE_KINDS[slice]);
    const besideSince = kinds.length === 0 ? 0 : await findLastChange(pool, clusterId, kinds);
    const toCovering = (key: string): Covering => ({
      fingerprint: toFingerprint(covering, key, ""),
      sinceSeq: Math.max(failing.get(key)?.sinceSeq ?? 0, besideSince),
    });
    for (const { control, resource, locator, coveredBy } of judge(withObjects(inventory, name, before), asked)) {
      const keys = coveredBy?.control === covering ? coveredBy.objects.map(resourceKey).filter((key) => before.has(key)) : [];
      if (keys.length === 0) continue;
      const fingerprint = toFingerprint(control, resourceKey(resource), locator);
      covered.set(fingerprint, [...(covered.get(fingerprint) ?? []), ...keys.map(toCovering)]);
    }
  }
  return covered;
}
