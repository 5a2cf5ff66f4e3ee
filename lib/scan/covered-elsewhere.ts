import "server-only";
import type { Pool } from "pg";
import type { AnyControl } from "@/lib/controls/define";
import { judge } from "@/lib/engine/judge";
import type { Inventory } from "@/lib/inventory/inventory";
import { type KubeObject, toKubeObject } from "@/lib/inventory/kube-object";
import { createScopeOf } from "@/lib/inventory/platform-scope";
import { sliceKindOf, toWrittenKind } from "@/lib/inventory/slice-kind";
import { itemsOf, type ObjectSliceName, SLICE_KINDS } from "@/lib/inventory/slices";
import { record } from "@/lib/model/json";
import { resourceKey } from "@/lib/model/resource-ref";
import { COVERING_CONTROLS, type CoveringControl } from "@/lib/model/verdict";
import type { Covering } from "@/lib/store/commit/commit-input";
import { toFingerprint } from "@/lib/store/digests";
import { findLastChange, listFailingObjects, listObjectsOfKinds, type StoredObject } from "@/lib/store/findings/list-failing-objects";
import type { KeptFacts } from "./kept-facts";
import { toResourceInput } from "./to-resource-inputs";

/** By the fingerprint of a failure, those that covered it in the last snapshot. */
export type CoveredBefore = ReadonlyMap<string, readonly Covering[]>;

/**
 * `beside` = what else decides, as long as the object stays as it is, whether what it covers would fail; `above` = what of it decides before the object is
 * looked at.
 */
const SLICES: Readonly<
  Record<CoveringControl, { readonly name: ObjectSliceName; readonly beside: readonly ObjectSliceName[]; readonly above: ObjectSliceName | null }>
> = {
  "netpol-allow-all": { name: "networkPolicies", beside: ["networkPolicies", "otherNetworkPolicies"], above: "otherNetworkPolicies" },
  "rbac-cluster-admin-binding": { name: "bindings", beside: [], above: null },
};

/** By resource key, objects of one slice that are not as they were in the last snapshot, as they were then; null = not there. */
type Before = ReadonlyMap<string, KubeObject | null>;

interface Scanned {
  readonly inventory: Inventory;
  readonly kept: KeptFacts;
  readonly controls: readonly AnyControl[];
  /** Controls of which findings were covered in the last snapshot. */
  readonly wereCovered: ReadonlySet<string>;
}

/** The cluster as it is, but for objects of one slice: those are as they were. */
function withBefore({ slices, ...inventory }: Inventory, name: ObjectSliceName, before: Before): Inventory {
  const slice = slices[name];
  if (slice.state !== "read") return { slices, ...inventory };
  const others = slice.items.filter(({ ref }) => !before.has(resourceKey(ref)));
  const were = [...before.values()].filter((object) => object !== null);
  return { ...inventory, slices: { ...slices, [name]: { ...slice, items: [...others, ...were] } } };
}

/** What of a slice is not as it was stored. */
function listChanged({ inventory, kept }: Scanned, name: ObjectSliceName, stored: ReadonlyMap<string, StoredObject>): Map<string, KubeObject | null> {
  const scopeOf = createScopeOf(inventory.settings, inventory.distribution);
  const now = new Map(itemsOf(inventory.slices[name]).map((object) => [resourceKey(object.ref), object]));
  const changed = new Map<string, KubeObject | null>();
  for (const [key, { digest, body }] of stored) {
    const object = now.get(key);
    if (!object || toResourceInput(object, kept).digest !== digest) changed.set(key, toKubeObject(record(body()), scopeOf));
  }
  return changed;
}

/** The same of all that it holds, with what was not there. */
async function listChangedOf(pool: Pool, clusterId: number, scanned: Scanned, name: ObjectSliceName): Promise<Before> {
  const kinds: readonly string[] = SLICE_KINDS[name];
  const stored = [...(await listObjectsOfKinds(pool, clusterId, kinds.map(toWrittenKind)))].filter(([key]) => {
    const [group = "", kind = ""] = key.split("/");
    return kinds.includes(sliceKindOf({ group, kind }));
  });
  const were = new Map(stored);
  const changed = listChanged(scanned, name, were);
  for (const { ref } of itemsOf(scanned.inventory.slices[name])) if (!were.has(resourceKey(ref))) changed.set(resourceKey(ref), null);
  return changed;
}

/**
 * What a graver finding of another object covered that has changed or is gone, or that something decides before now: those objects are put back as they
 * were in the last snapshot, and what may have been covered is judged once more. Nothing is asked of the cluster while they stay as they are.
 */
export async function findCoveredElsewhere(pool: Pool, clusterId: number, scanned: Scanned): Promise<CoveredBefore> {
  const { inventory, controls, wereCovered } = scanned;
  const covered = new Map<string, Covering[]>();
  for (const covering of COVERING_CONTROLS) {
    const { name, beside, above } = SLICES[covering];
    const asked = controls.filter(({ id, reads }) => wereCovered.has(id) && reads.includes(name));
    if (asked.length === 0 || inventory.slices[name].state !== "read") continue;
    const failing = await listFailingObjects(pool, clusterId, covering);
    if (failing.size === 0) continue;
    const own = listChanged(scanned, name, failing);
    const over: Before = above === null ? new Map() : await listChangedOf(pool, clusterId, scanned, above);
    if (own.size + over.size === 0) continue;
    const kinds = beside.flatMap((slice) => SLICE_KINDS[slice]);
    const besideSince = kinds.length === 0 ? 0 : await findLastChange(pool, clusterId, kinds);
    const toCovering = (key: string): Covering => ({
      fingerprint: toFingerprint(covering, key, ""),
      sinceSeq: Math.max(failing.get(key)?.sinceSeq ?? 0, besideSince),
    });
    const before = withBefore(inventory, name, own);
    for (const { control, resource, locator, coveredBy } of judge(above === null ? before : withBefore(before, above, over), asked)) {
      const keys = coveredBy?.control === covering ? coveredBy.objects.map(resourceKey).filter((key) => failing.has(key)) : [];
      if (keys.length === 0) continue;
      const fingerprint = toFingerprint(control, resourceKey(resource), locator);
      covered.set(fingerprint, [...(covered.get(fingerprint) ?? []), ...keys.map(toCovering)]);
    }
  }
  return covered;
}
