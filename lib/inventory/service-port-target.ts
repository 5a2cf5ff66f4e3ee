import { record, records } from "../model/json";
import type { KubeObject } from "./kube-object";
import type { Container, PodView } from "./workload";

/** Names and numbers that a container says it listens on. Saying so is optional, by number. */
function declares(container: Container, target: unknown): boolean {
  return records(container.spec.ports).some(({ name, containerPort }) => target === containerPort || target === name || String(containerPort) === target);
}

function isName(target: unknown): boolean {
  return typeof target === "string" && !/^\d+$/.test(target);
}

/**
 * Whether some port of a Service, or the one that is asked for by number or name, may lead to this container of a pod that it selects: not where
 * another one says that it listens there.
 */
export function mayLeadTo(service: KubeObject, pod: PodView, container: Container, asked: number | string | null = null): boolean {
  const all = records(record(service.body.spec).ports);
  const chosen = all.filter(({ name, port }) => asked === port || asked === name);
  const ports = chosen.length > 0 ? chosen : all;
  return (
    ports.length === 0 ||
    ports.some(({ port, targetPort }) => {
      const target = targetPort ?? port;
      return declares(container, target) || !(isName(target) || pod.containers.some((other) => declares(other, target)));
    })
  );
}
