import { amount, type JsonRecord, record, records, text } from "../../model/json";
import { type EntryPoint, limitReach, sayRanges } from "./entry-point";
import { type AddOnGuards, addOnGuardsView } from "./add-on-guards";
import { addressReachView, type ToLed } from "./address-reach";
import { gatewayGuardsView } from "./gateway-guards";
import { isRoute, listRouteBackends, type RouteBackend, type RouteParent, routeAttachmentsView, untoldLabels } from "./gateway-routes";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import { POOL, poolKey } from "./inference-pools";
import { ingressEntriesView } from "./ingress-entry";
import type { KubeObject } from "../kube-object";
import { referencesView, type Target, toTarget, untoldGrant } from "./reference-grants";
import { servicesByKeyView } from "./services-by-key";
import { OWN_PAGES, TRAEFIK_API } from "./traefik-programs";
import { defineView } from "../view";

/** What leads to a Service, or to a pool of model servers. */
export interface RoutedBackend {
  /** `namespace/name` of the Service; of a pool, `poolKey`. */
  readonly key: string;
  readonly ports: readonly (number | string | null)[];
  readonly entry: EntryPoint;
}

/** Classes of Google for gateways of a private network. */
const INTERNAL_CLASS = /^gke-l7-(?:rilb|cross-regional-internal)/;

/** Where a gateway is, or else where it asks to be. */
function addressesOf(gateway: KubeObject | null): readonly string[] {
  const { spec, status } = record(gateway?.body);
  const valuesOf = (addresses: unknown) => records(addresses).flatMap((address) => text(address.value) || []);
  const reported = valuesOf(record(status).addresses);
  return reported.length > 0 ? reported : valuesOf(records(record(spec).addresses).filter(({ type }) => (text(type) ?? "IPAddress") === "IPAddress"));
}

/** What a backend is known by; null = it is no Service, pool or page of Traefik's own. */
function keyOf({ kind, namespace, name }: Target): string | null {
  // Traefik takes those from every namespace.
  if (kind === "TraefikService" && OWN_PAGES.test(name)) return TRAEFIK_API;
  if (kind === POOL) return poolKey(namespace, name);
  return kind === "Service" ? `${namespace}/${name}` : null;
}

function guardOfFilters(route: KubeObject, filters: readonly JsonRecord[], { ofFilter }: AddOnGuards): Guard {
  return joinGuards(
    filters.map(({ type, extensionRef }) =>
      type === "ExternalAuth" ? SIGN_IN : extensionRef === undefined ? NO_GUARD : ofFilter(route, record(extensionRef)),
    ),
  );
}

function notRouted({ ref }: KubeObject, why: string): string {
  return `${ref.kind} ${ref.namespace ?? "default"}/${ref.name} names it, but ${why}`;
}

/** Where requests come in to one parent of a route. */
type Front = Pick<EntryPoint, "exposure" | "hasSignIn" | "untold"> & {
  /** What becomes of them, as a sentence. */
  readonly say: (verb: "routes to" | "mirrors requests to") => string;
};

/** What routes of the Gateway API lead to, by how routes of other routers lead to their Gateways. */
export const routedBackendsView = defineView({
  reads: ["gateways", "namespaces", "ingresses", "ingressClasses", "services", "nodes", "targetGroupBindings", "routeGuards", "workloads", "configMaps"],
  compute: ({ slices, view }): ((toLed: ToLed) => readonly RoutedBackend[]) => {
    const { reachOf } = view(ingressEntriesView);
    const { servicesAt } = view(addressReachView);
    const references = view(referencesView);
    const { parentsOf } = view(routeAttachmentsView);
    const ofGateway = view(gatewayGuardsView);
    const addOns = view(addOnGuardsView);
    const services = view(servicesByKeyView);

    const frontOf = (route: KubeObject, { parent, gateway, isTaken }: RouteParent, toLed: ToLed): Front => {
      const addresses = addressesOf(gateway);
      const { exposure, because, hasSignIn = false, untold } = reachOf(addresses, toLed);
      const isInternal = addresses.length === 0 && INTERNAL_CLASS.test(text(record(gateway?.body.spec).gatewayClassName) ?? "");
      const taker = `${parent.ref.kind} ${parent.ref.name}`;
      const why = isTaken === null ? untoldLabels(taker, route) : untold;
      return {
        exposure: isTaken === false ? "none" : isInternal ? "internal" : exposure,
        hasSignIn,
        ...(why !== undefined && { untold: why }),
        say: (verb) =>
          isTaken === false
            ? notRouted(route, `${taker} does not take that route: it is not routed.`)
            : `${route.ref.kind} ${route.ref.name} ${verb} it through Gateway ${gateway?.ref.name}.${because}`,
      };
    };

    const guardOf = (route: KubeObject, { parent, gateway, listeners }: RouteParent, { filters, ruleName }: RouteBackend, target: Target): Guard => {
      const place = `${target.namespace}/${target.name}`;
      const service = target.kind === "Service" ? services.get(place) : undefined;
      const backend = `${target.namespace}/${target.kind}/${target.name}`;
      const ofFilters = guardOfFilters(route, filters, addOns);
      return gateway === null ? ofFilters : joinGuards([ofFilters, ofGateway({ route, ruleName, parent, gateway, listeners, backend, service })]);
    };

    /** What is to be said of a backend alone: it is sent nothing, a copy, or what its namespace has to allow. */
    const ownPartOf = (
      route: KubeObject,
      parent: KubeObject,
      { path, isIdle, isMirror }: RouteBackend,
      target: Target,
      { say }: Front,
    ): Partial<EntryPoint> => {
      if (isIdle) return { exposure: "none", path: `${path}.weight`, value: 0, message: notRouted(route, "with a weight of 0: nothing is routed to it.") };
      const value = `${target.namespace}/${target.name}`;
      const sent = isMirror ? { path, value, message: say("mirrors requests to") } : {};
      if (keyOf(target) === TRAEFIK_API) return sent;
      if (references.isUntold(route, target)) return { ...sent, untold: untoldGrant(target) };
      if (references.isServed(route, target, [parent])) return sent;
      return { exposure: "none", path, value, message: notRouted(route, "no ReferenceGrant of its namespace allows that: it is not routed.") };
    };

    const backendsOf = (route: KubeObject, toLed: ToLed): readonly RoutedBackend[] =>
      parentsOf(route).flatMap((parent) => {
        const front = frontOf(route, parent, toLed);
        return listRouteBackends(route).flatMap((backend): RoutedBackend[] => {
          const target = toTarget(route, backend.ref, "Service");
          const key = keyOf(target);
          if (key === null) return [];
          const guard = guardOf(route, parent, backend, target);
          const exposure = limitReach(front.exposure, guard.ranges);
          const untold = front.untold ?? (exposure === "internal" || exposure === "none" ? undefined : guard.untold);
          const entry: EntryPoint = {
            via: route,
            path: "spec.rules",
            value: record(route.body.spec).hostnames,
            exposure,
            message: `${front.say("routes to")}${parent.isTaken === false ? "" : sayRanges(guard.ranges)}`,
            hasSignIn: guard.hasSignIn || front.hasSignIn,
            ...(untold !== undefined && { untold }),
            ...(parent.isTaken !== false && ownPartOf(route, parent.parent, backend, target, front)),
          };
          return [{ key, ports: [amount(backend.ref.port) ?? null], entry }];
        });
      });
    const routes = slices.gateways.filter(isRoute).map((route) => {
      const fronts = parentsOf(route).flatMap(({ gateway }) => addressesOf(gateway).flatMap(servicesAt));
      return { route, fronts: new Set(fronts), alone: backendsOf(route, () => undefined) };
    });
    // Hardly any is behind another router: the others are asked once.
    return (toLed) => {
      const isLed = (front: KubeObject): boolean => toLed(front) !== undefined;
      return routes.flatMap(({ route, fronts, alone }) => ([...fronts].filter(isLed).length > 0 ? backendsOf(route, toLed) : alone));
    };
  },
});
