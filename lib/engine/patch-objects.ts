import type { JsonRecord } from "../model/json";
import type { Patch } from "../model/patch";
import { type ResourceRef, resourceKey, toResourceRef } from "../model/resource-ref";
import { applyPatch } from "./apply-patch";

/** The set of objects after a patch, as kubectl would leave it. */
export function patchObjects(objects: readonly JsonRecord[], subject: ResourceRef, patch: Patch): JsonRecord[] {
  const target = resourceKey(patch.target ?? subject);
  const gone = new Set((patch.remove ?? []).map(resourceKey));
  // `kubectl apply` overwrites what has the name already.
  for (const object of patch.create ?? []) gone.add(resourceKey(toResourceRef(object)));
  const kept = objects.filter((object) => !gone.has(resourceKey(toResourceRef(object))));
  const changed = kept.map((object) => (resourceKey(toResourceRef(object)) === target ? applyPatch(object, patch.ops) : object));
  return [...changed, ...(patch.create ?? [])];
}
