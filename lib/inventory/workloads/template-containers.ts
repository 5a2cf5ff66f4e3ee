import type { Container, Workload } from "./workload";

/** The containers of every pod template of a workload. */
export function templateContainers(workload: Workload): readonly Container[] {
  return workload.views().flatMap((pod) => (pod.source === "template" ? pod.containers : []));
}
