import "server-only";
import type { Inventory } from "@/lib/inventory/inventory";
import { readRunningDigest } from "@/lib/inventory/images/running-digest";
import { readPath } from "@/lib/model/field-path";
import type { JsonRecord } from "@/lib/model/json";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { Evidence } from "@/lib/model/verdict";

/** Pods are not remembered: a workload with what its pods ran in the snapshot, as far as a finding of that snapshot said so of an image whose whole name it shows. */
export function withRunningImages(inventory: Inventory, subject: ResourceRef, body: JsonRecord | null, evidence: readonly Evidence[]): Inventory {
  const { workloads } = inventory.slices;
  const runningImages = evidence.flatMap(({ path, value, message }) => {
    const image = body === null || path === "" ? null : readPath(body, path);
    return typeof image === "string" && image === value ? (readRunningDigest(image, message) ?? []) : [];
  });
  if (runningImages.length === 0 || workloads.state !== "read") return inventory;
  const key = resourceKey(subject);
  const items = workloads.items.map((workload) => (resourceKey(workload.ref) === key ? { ...workload, runningImages } : workload));
  return { ...inventory, slices: { ...inventory.slices, workloads: { ...workloads, items } } };
}
