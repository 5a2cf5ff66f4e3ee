import { listAtAddress, listRouteTargets } from "../../inventory/routes/custom-route-targets";
import { isRoute, listRouteBackends, type RouteAttachments, routeAttachmentsView } from "../../inventory/routes/gateway-routes";
import { inferencePoolsView, POOL, poolKey } from "../../inventory/routes/inference-pools";
import { listBackends } from "../../inventory/routes/ingress-backends";
import type { KubeObject } from "../../inventory/kube-object";
import { type References, referencesView, toTarget } from "../../inventory/routes/reference-grants";
import { followName } from "../../inventory/routes/service-name";
import { servicesByKeyView } from "../../inventory/routes/services-by-key";
import { type Stream, streamsView } from "../../inventory/routes/stream-services";
import { type TargetGroupBinding, targetGroupBindingsView } from "../../inventory/routes/target-group-bindings";
import { defineView } from "../../inventory/view";
import { amount, isRecord, list, record, records, text } from "../../model/json";
import { type PolicyPort, targetsOf } from "./service-ports";

/** Who is let in to a Service from where no selector reaches: the outside, an ingress controller, the API server. */
export interface ServiceEntry {
  readonly via: KubeObject;
  readonly ports: readonly PolicyPort[];
  readonly message: string;
}

type Found = { readonly key: string; readonly via: KubeObject; readonly port: number | string | null; readonly message: string };

const ASKS_SERVICE = /\/auth-url$/;

/** Whom a controller asks of each request that comes by an Ingress; of what is no Service, a key that none has. */
export function listAsked({ ref, annotations }: KubeObject): ReturnType<typeof listAtAddress> {
  return Object.entries(annotations).flatMap(([name, value]) => (ASKS_SERVICE.test(name) ? listAtAddress(value, ref.namespace) : []));
}

function ofIngress(ingress: KubeObject): readonly Found[] {
  const { name: own, namespace } = ingress.ref;
  const routed = listBackends(ingress).map(({ name, port }) => ({ key: `${namespace}/${name}`, port, message: `Ingress ${own} routes to it.` }));
  const asked = listAsked(ingress).map((target) => ({ ...target, message: `Ingress ${own} has its controller ask it.` }));
  return [...routed, ...asked].map((found) => ({ ...found, via: ingress }));
}

function ofStream({ configMap, key, servicePort, port }: Stream): readonly Found[] {
  return [{ key, via: configMap, port: servicePort, message: `An ingress controller passes its port ${port} on to it.` }];
}

function ofBinding({ binding, key, port }: TargetGroupBinding): readonly Found[] {
  return [{ key, via: binding, port, message: `TargetGroupBinding ${binding.ref.name} has a load balancer of AWS lead to it.` }];
}

/** Gateways do not serve routes that they do not take, nor what another namespace has not granted. A parent that is not here may take any. */
function ofRoute(route: KubeObject, { parentsOf }: RouteAttachments, { isServed }: References): readonly Found[] {
  const parents = parentsOf(route);
  if (parents.length > 0 && parents.every(({ isTaken }) => isTaken === false)) return [];
  const gateways = parents.map(({ parent }) => parent);
  return listRouteBackends(route).flatMap(({ ref }) => {
    const target = toTarget(route, ref, "Service");
    if ((target.kind !== "Service" && target.kind !== POOL) || !isServed(route, target, gateways)) return [];
    const message = `${route.ref.kind} ${route.ref.name} routes to it.`;
    const key = target.kind === POOL ? poolKey(target.namespace, target.name) : `${target.namespace}/${target.name}`;
    return [{ key, via: route, port: amount(ref.port) ?? null, message }];
  });
}

function ofCustomRoute(route: KubeObject): readonly Found[] {
  const message = `${route.ref.kind} ${route.ref.name} routes to it.`;
  return listRouteTargets(route).map(({ key, port }) => ({ key, via: route, port, message }));
}

function ofCaller(object: KubeObject, configs: readonly unknown[]): readonly Found[] {
  return configs.flatMap((config) => {
    const { service } = record(config);
    if (!isRecord(service)) return [];
    const key = `${text(service.namespace) ?? ""}/${text(service.name) ?? ""}`;
    return [{ key, via: object, port: amount(service.port) ?? 443, message: `The API server calls it for ${object.ref.kind} ${object.ref.name}.` }];
  });
}

function ofService(service: KubeObject): readonly Found[] {
  const { type, externalIPs } = record(service.body.spec);
  const key = `${service.ref.namespace}/${service.ref.name}`;
  const how =
    type === "LoadBalancer"
      ? "is a load balancer"
      : type === "NodePort"
        ? "opens a port on every node"
        : list(externalIPs).length > 0
          ? "has external IPs"
          : null;
  return how === null ? [] : [{ key, via: service, port: null, message: `Service ${service.ref.name} ${how}.` }];
}

/** Entries by `namespace/name` of the Service; of a pool of model servers, by its `poolKey`. */
export const serviceEntriesView = defineView({
  reads: [
    "services",
    "ingresses",
    "gateways",
    "customRoutes",
    "routeGuards",
    "targetGroupBindings",
    "namespaces",
    "webhooks",
    "apiServices",
    "workloads",
    "configMaps",
  ],
  compute: ({ slices, view }): ReadonlyMap<string, readonly ServiceEntry[]> => {
    const references = view(referencesView);
    const attachments = view(routeAttachmentsView);
    const pools = [...view(inferencePoolsView).values()].flat();
    const services = new Map([...view(servicesByKeyView), ...pools.map((pool) => [poolKey(pool.ref.namespace, pool.ref.name), pool] as const)]);
    const found = [
      ...slices.services.flatMap(ofService),
      ...slices.ingresses.flatMap(ofIngress),
      ...view(targetGroupBindingsView).flatMap(ofBinding),
      ...view(streamsView).flatMap(ofStream),
      ...slices.gateways.filter(isRoute).flatMap((route) => ofRoute(route, attachments, references)),
      ...[...slices.customRoutes, ...slices.routeGuards].flatMap(ofCustomRoute),
      ...slices.webhooks.flatMap((object) =>
        ofCaller(
          object,
          records(object.body.webhooks).map((hook) => hook.clientConfig),
        ),
      ),
      ...slices.apiServices.flatMap((object) => ofCaller(object, [object.body.spec])),
    ];
    const entries = new Map<string, ServiceEntry[]>();
    for (const { key, via, port, message } of found) {
      const named = services.get(key);
      if (!named) continue;
      const service = followName(named, (name) => services.get(name));
      // A pool is all of its ports, whichever one a route writes.
      const asked = targetsOf(service, named.ref.kind === POOL ? null : port);
      // A name leads to whatever port is asked for, by names of its own too.
      const ports = service === named || asked.length > 0 ? asked : targetsOf(service, null);
      const place = service === named ? key : `${service.ref.namespace}/${service.ref.name}`;
      entries.set(place, [...(entries.get(place) ?? []), { via, message, ports }]);
    }
    return entries;
  },
});
