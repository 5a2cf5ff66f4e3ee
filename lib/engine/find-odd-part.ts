import type { PodView } from "../inventory/workloads/workload";
import { isRecord } from "../model/json";

const OF_POD = ["containers", "initContainers", "ephemeralContainers", "volumes"] as const;
const OF_CONTAINER = ["env", "envFrom", "ports", "volumeMounts", "volumeDevices"] as const;
const NOT_SET: readonly unknown[] = [];

function isOdd(value: unknown): boolean {
  const items = value ?? NOT_SET;
  return !Array.isArray(items) || !items.every(isRecord);
}

/**
 * What the API server refuses of a pod whose spec is empty, or the first list in it that is none or holds something else than objects; null when
 * there is nothing of the kind. Controls see an empty list there, in which nothing is wrong.
 */
export function findOddPart(pod: PodView): string | null {
  if (Object.values(pod.spec).every((value) => value === null || value === undefined)) return `${pod.path} must be a pod spec`;
  const list = OF_POD.find((key) => isOdd(pod.spec[key]));
  if (list !== undefined) return `${pod.at(list)} must be a list of objects`;
  for (const container of pod.containers) {
    const part = OF_CONTAINER.find((key) => isOdd(container.spec[key]));
    if (part !== undefined) return `${container.at(part)} must be a list of objects`;
  }
  return null;
}
