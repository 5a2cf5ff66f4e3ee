import type { FixStep } from "@/lib/contracts/overview";
import { LAYERS } from "@/lib/model/layer";
import type { ResourceRef } from "@/lib/model/resource-ref";
import { planFixes } from "@/lib/scoring/plan";
import type { PostureAt } from "./posture-at";

/** The object of a control that fails on one alone, without what else is known of it; null for more. */
export function toOnlyObject(resource: ResourceRef | undefined): ResourceRef | null {
  if (resource === undefined) return null;
  const { apiVersion, kind, namespace, name } = resource;
  return { apiVersion, kind, namespace, name };
}

/** What to fix first: each gain assumes the steps above it. `onlyObjects` by control. */
export function listPlan(posture: PostureAt, onlyObjects: ReadonlyMap<string, ResourceRef>, limit: number): FixStep[] {
  const layers = LAYERS.map((layer) => ({ layer, controls: posture.scored("workload", layer) }));
  return planFixes(layers, limit).map(({ control, layer, objects, from, to }) => ({
    control,
    title: posture.catalogue.find(control)?.action ?? control,
    holds: posture.catalogue.find(control)?.title ?? control,
    layer,
    objects,
    object: toOnlyObject(onlyObjects.get(control)),
    from,
    to,
    gain: to - from,
  }));
}
