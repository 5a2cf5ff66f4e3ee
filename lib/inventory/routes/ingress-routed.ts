import { addressReachView, listReported, type ToLed } from "./address-reach";
import { backendPorts } from "./ingress-backends";
import { ingressEntriesView } from "./ingress-entry";
import type { RoutedBackend } from "./route-entry";
import { servicesByKeyView } from "./services-by-key";
import { defineView } from "../view";

interface IngressBackends {
  /** What all Ingresses lead to, by how routes of other routers lead to the Services that have their addresses. */
  readonly ofAll: (toLed: ToLed) => readonly RoutedBackend[];
  /** The same of those alone that routes of other routers lead to. */
  readonly ofLed: (toLed: ToLed) => readonly RoutedBackend[];
}

export const ingressBackendsView = defineView({
  reads: ["ingresses", "ingressClasses", "services", "nodes", "targetGroupBindings", "routeGuards", "workloads", "configMaps"],
  compute: ({ slices, view }): IngressBackends => {
    const { ofIngress } = view(ingressEntriesView);
    const { servicesAt } = view(addressReachView);
    const services = view(servicesByKeyView);
    const all = slices.ingresses.map((ingress) => ({ ingress, fronts: [...new Set(listReported(ingress.body).flatMap(servicesAt))] }));
    const follow = (ingresses: typeof all, toLed: ToLed): readonly RoutedBackend[] =>
      ingresses.flatMap(({ ingress }) => {
        const enter = ofIngress(ingress, toLed);
        return [...backendPorts(ingress)].map(([name, ports]): RoutedBackend => {
          const key = `${ingress.ref.namespace}/${name}`;
          return { key, ports, entry: enter(services.get(key)) };
        });
      });
    return {
      ofAll: (toLed) => follow(all, toLed),
      ofLed: (toLed) =>
        follow(
          // Each is asked: what was asked about decides how far routers are followed.
          all.filter(({ fronts }) => fronts.filter((front) => toLed(front) !== undefined).length > 0),
          toLed,
        ),
    };
  },
});
