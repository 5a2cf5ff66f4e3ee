import { record, records, text } from "../../model/json";
import type { PodView } from "../workloads/workload";
import { defineWorkloadFact } from "../workloads/workload-fact";

function inPod(pod: PodView): Set<string> {
  const volumes = records(pod.spec.volumes).flatMap((volume) => [
    record(volume.configMap).name,
    ...records(record(volume.projected).sources).map((source) => record(source.configMap).name),
  ]);
  const variables = pod.containers.flatMap(({ spec }) => [
    ...records(spec.env).map((entry) => record(record(entry.valueFrom).configMapKeyRef).name),
    ...records(spec.envFrom).map((entry) => record(entry.configMapRef).name),
  ]);
  return new Set([...volumes, ...variables].map((name) => text(name) ?? "").filter((name) => name !== ""));
}

/** The workloads that take something from a ConfigMap, as `Deployment cart`, by its `namespace/name`. */
export const configMapUsersView = defineWorkloadFact({
  start: () => new Map<string, Set<string>>(),
  add: (users, { ref }, pods) => {
    for (const name of new Set(pods.flatMap((pod) => [...inPod(pod)]))) {
      const key = `${ref.namespace ?? "default"}/${name}`;
      const known = users.get(key) ?? new Set();
      users.set(key, known.add(`${ref.kind} ${ref.name}`));
    }
  },
});
