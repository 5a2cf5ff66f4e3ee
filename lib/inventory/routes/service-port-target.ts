import { type JsonRecord, record, records } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { KubeObject } from "../kube-object";
import type { Container, PodView } from "../workloads/workload";

/** Names and numbers that containers say they listen on. Saying so is optional, by number. Listed once: a Service may ask for thousands. */
function listDeclared(containers: readonly Container[]): ReadonlySet<unknown> {
  const ports = containers.flatMap(({ spec }) => records(spec.ports));
  return new Set(ports.flatMap(({ name, containerPort }): readonly unknown[] => [containerPort, name, String(containerPort)]));
}

const declaredBy = rememberedOf((container: Container) => listDeclared([container]));
const declaredIn = rememberedOf((pod: PodView) => listDeclared(pod.containers));

type Ports = readonly JsonRecord[];

const portsByAsk = new WeakMap<KubeObject, ReadonlyMap<unknown, Ports>>();

/** The ports of a Service by their number and their name. */
function portsAsked(service: KubeObject, all: Ports): ReadonlyMap<unknown, Ports> {
  let byAsk = portsByAsk.get(service);
  if (!byAsk) {
    const keyed = all.flatMap((port) => [...new Set([port.port, port.name])].map((ask) => ({ ask, port })));
    byAsk = new Map([...Map.groupBy(keyed, ({ ask }) => ask)].map(([ask, asked]) => [ask, asked.map(({ port }) => port)]));
    portsByAsk.set(service, byAsk);
  }
  return byAsk;
}

function isName(target: unknown): boolean {
  return typeof target === "string" && !/^\d+$/.test(target);
}

/**
 * Whether some port of a Service, or the one that is asked for by number or name, may lead to this container of a pod that it selects: not where
 * another one says that it listens there.
 */
export function mayLeadTo(service: KubeObject, pod: PodView, container: Container, asked: number | string | null): boolean {
  const all = records(record(service.body.spec).ports);
  const chosen = portsAsked(service, all).get(asked) ?? [];
  const ports = chosen.length > 0 ? chosen : all;
  return (
    ports.length === 0 ||
    ports.some(({ port, targetPort }) => {
      const target = targetPort ?? port;
      return declaredBy(container).has(target) || !(isName(target) || declaredIn(pod).has(target));
    })
  );
}
