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
 * The path of the first list of a pod spec that is none, or holds something else than objects; null when there is none. The API server refuses
 * such a pod, and controls see an empty list there, in which nothing is wrong.
 */
export function findOddList(pod: PodView): string | null {
  const list = OF_POD.find((key) => isOdd(pod.spec[key]));
  if (list !== undefined) return pod.at(list);
  for (const container of pod.containers) {
    const part = OF_CONTAINER.find((key) => isOdd(container.spec[key]));
    if (part !== undefined) return container.at(part);
  }
  return null;
}
