import { amount, record, records, text } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { resourceKey } from "../../model/resource-ref";
import { type AddressReach, findWidest, type ToLed, toReach } from "./address-reach";
import { ingressEntriesView } from "./ingress-entry";
import type { KubeObject } from "../kube-object";
import type { RoutedBackend } from "./route-entry";
import { serviceTargetsView } from "./service-targets";
import { templateContainers } from "../workloads/template-containers";
import { defineView } from "../view";
import type { Workload } from "../workloads/workload";

/** What a container says that it listens on. */
interface DeclaredPort {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly hostPort: number | undefined;
}

function listPorts(program: Workload): readonly DeclaredPort[] {
  return templateContainers(program).flatMap(({ spec }) =>
    records(spec.ports).map((port) => ({ name: text(port.name), number: amount(port.containerPort), hostPort: amount(port.hostPort) || undefined })),
  );
}

/** Whether a port of a Service leads to this one: by what it says itself, or by the name that the container gives it. */
function leadsTo({ body }: KubeObject, number: number, declared: readonly DeclaredPort[]): boolean {
  return records(record(body.spec).ports).some(({ port, targetPort }) => {
    const target = targetPort ?? port;
    return Number(target) === number || Number(port) === number || declared.some((item) => item.number === number && item.name === target);
  });
}

/** How a program that routes requests is reached itself, by one of its ports; null = any of them. */
export type ToFront = (program: Workload, port: number | null) => AddressReach;

/** How routers are reached, and the Services, as `namespace/name`, that lead to those that were asked about so far. */
interface Fronts {
  readonly toFront: ToFront;
  /** How far routes lead to a Service. */
  readonly toLed: ToLed;
  readonly asked: ReadonlySet<string>;
}

const FRONT_READS = [
  "services",
  "ingresses",
  "ingressClasses",
  "gateways",
  "namespaces",
  "nodes",
  "workloads",
  "configMaps",
  "targetGroupBindings",
  "routeGuards",
] as const;

/** What every view of routes reads that asks how their routers are reached. */
export const ROUTER_READS = ["customRoutes", ...FRONT_READS] as const;

/** By Services that select its pods, what leads to these, and ports of its nodes; beside Ingresses, what routers before it lead to. */
export const routerFrontsView = defineView({
  reads: FRONT_READS,
  compute:
    ({ view }): ((before: readonly RoutedBackend[]) => Fronts) =>
    (before) => {
      const { servicesOf } = view(serviceTargetsView);
      const { reachOfService } = view(ingressEntriesView);
      const routed = Map.groupBy(before, ({ key }) => key);
      const known = new Map<string, AddressReach>();
      const asked = new Set<string>();
      const listRouted = ({ ref }: KubeObject): readonly AddressReach[] => {
        const key = `${ref.namespace}/${ref.name}`;
        asked.add(key);
        return (routed.get(key) ?? []).map(({ entry }) => toReach(entry));
      };

      const reachOf = (program: Workload, port: number | null): AddressReach => {
        const { ref } = program;
        const declared = listPorts(program);
        const fronts = (servicesOf.get(resourceKey(ref)) ?? []).filter((service) => port === null || leadsTo(service, port, declared));
        const open = declared.filter(({ number, hostPort }) => hostPort !== undefined && (port === null || port === number || port === hostPort));
        const onNode = program.hostNetwork === "none" && open.length === 0 ? [] : [{ exposure: "node" as const, because: " It listens on its nodes." }];
        const reaches = [...onNode, ...fronts.map(reachOfService), ...fronts.flatMap(listRouted)];
        return findWidest(reaches) ?? { exposure: "internal", because: ` No Service leads to it${port === null ? "" : ` there, at port ${port}`}.` };
      };
      const toFront: ToFront = (program, port) => {
        const key = `${resourceKey(program.ref)} ${port}`;
        const found = known.get(key) ?? reachOf(program, port);
        known.set(key, found);
        return found;
      };
      // What many are served through is asked once.
      const toLed: ToLed = rememberedOf((service) => findWidest(listRouted(service)));
      return { toFront, toLed, asked };
    },
});
