import { amount, type JsonRecord, record, records, text } from "../../model/json";
import { type EntryPoint, limitReach, sayRanges } from "./entry-point";
import { type AddOnGuards, addOnGuardsView } from "./add-on-guards";
import { addressReachView, type ToLed } from "./address-reach";
import { gatewayGuardsView } from "./gateway-guards";
import { isRoute, listRouteBackends, routeAttachmentsView, untoldLabels } from "./gateway-routes";
import { joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import { POOL, poolKey } from "./inference-pools";
import { ingressEntriesView } from "./ingress-entry";
import type { KubeObject } from "../kube-object";
import { referencesView, toTarget, untoldGrant } from "./reference-grants";
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

function guardOfFilters(route: KubeObject, filters: readonly JsonRecord[], { ofFilter }: AddOnGuards) {
  return joinGuards(
    filters.map(({ type, extensionRef }) =>
      type === "ExternalAuth" ? SIGN_IN : extensionRef === undefined ? NO_GUARD : ofFilter(route, record(extensionRef)),
    ),
  );
}

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

    const backendsOf = (route: KubeObject, toLed: ToLed): readonly RoutedBackend[] =>
      parentsOf(route).flatMap(({ parent, gateway, isTaken, listeners }) => {
        const addresses = addressesOf(gateway);
        const { exposure: reach, because, hasSignIn = false, ...hidden } = reachOf(addresses, toLed);
        const isInternal = addresses.length === 0 && INTERNAL_CLASS.test(text(record(gateway?.body.spec).gatewayClassName) ?? "");
        const namespace = route.ref.namespace ?? "default";
        const say = (verb: string) =>
          isTaken !== false
            ? `${route.ref.kind} ${route.ref.name} ${verb} it through Gateway ${gateway?.ref.name}.${because}`
            : `${route.ref.kind} ${namespace}/${route.ref.name} names it, but ${parent.ref.kind} ${parent.ref.name} does not take that route: it is not routed.`;
        const exposure = isTaken === false ? "none" : isInternal ? "internal" : reach;
        const untaken = isTaken === null ? { untold: untoldLabels(`${parent.ref.kind} ${parent.ref.name}`, route) } : hidden;
        const base = { via: route, path: "spec.rules", value: record(route.body.spec).hostnames };
        return listRouteBackends(route).flatMap(({ ref, path, isMirror, isIdle, ruleName, filters }): RoutedBackend[] => {
          const target = toTarget(route, ref, "Service");
          // Traefik takes those from every namespace.
          const isOwn = target.kind === "TraefikService" && OWN_PAGES.test(target.name);
          if (target.kind !== "Service" && target.kind !== POOL && !isOwn) return [];
          const place = `${target.namespace}/${target.name}`;
          const service = target.kind === "Service" ? services.get(place) : undefined;
          const guard = joinGuards([
            guardOfFilters(route, filters, addOns),
            gateway === null
              ? NO_GUARD
              : ofGateway({ route, ruleName, parent, gateway, listeners, backend: `${target.namespace}/${target.kind}/${target.name}`, service }),
          ]);
          const limited = limitReach(exposure, guard.ranges);
          const untold = guard.untold === undefined || limited === "internal" || limited === "none" ? {} : { untold: guard.untold };
          const entry: EntryPoint = {
            ...base,
            exposure: limited,
            message: `${say("routes to")}${isTaken === false ? "" : sayRanges(guard.ranges)}`,
            hasSignIn: guard.hasSignIn || hasSignIn,
            ...untold,
            ...untaken,
          };
          const key = isOwn ? TRAEFIK_API : target.kind === POOL ? poolKey(target.namespace, target.name) : place;
          const toBackend = (more: Partial<EntryPoint>): RoutedBackend[] => [{ key, ports: [amount(ref.port) ?? null], entry: { ...entry, ...more } }];
          const names = `${route.ref.kind} ${namespace}/${route.ref.name} names it, but`;
          if (isTaken === false) return toBackend({});
          if (isIdle)
            return toBackend({ exposure: "none", path: `${path}.weight`, value: 0, message: `${names} with a weight of 0: nothing is routed to it.` });
          const sent = isMirror ? { path, value: place, message: say("mirrors requests to") } : {};
          if (isOwn) return toBackend(sent);
          if (references.isUntold(route, target)) return toBackend({ ...sent, untold: untoldGrant(target) });
          if (references.isServed(route, target, [parent])) return toBackend(sent);
          return toBackend({ exposure: "none", path, value: place, message: `${names} no ReferenceGrant of its namespace allows that: it is not routed.` });
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
