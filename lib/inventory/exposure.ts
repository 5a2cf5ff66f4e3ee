import { maySelectLabels } from "./added-labels";
import { amount, record, records, text, texts } from "../model/json";
import { type ResourceRef, resourceKey } from "../model/resource-ref";
import { type AddressReach, addressReachView, listReported } from "./address-reach";
import { byExposure, type EntryPoint, limitReach, sayRanges } from "./entry-point";
import { isRoute, listRouteBackends, type RouteAttachments, routeAttachmentsView, untoldLabels } from "./gateway-routes";
import { listBackends } from "./ingress-backends";
import { findIngressController } from "./ingress-controller";
import { asksForInternal, findHiddenRules, hasSignIn, isBehindProxy, readIngressRanges, ruleHasSignIn } from "./ingress-guards";
import type { KubeObject } from "./kube-object";
import { type References, referencesView, toTarget, untoldGrant } from "./reference-grants";
import { serviceEndpointsView } from "./service-endpoints";
import { serviceExposureView } from "./service-exposure";
import { followName } from "./service-name";
import { mayLeadTo } from "./service-port-target";
import { serviceTargetsView } from "./service-targets";
import { type Stream, streamsView } from "./stream-services";
import { type Context, defineView } from "./view";
import type { Container, PodView, Workload } from "./workload";

type Port = number | string | null;

/** The Services of its namespace that an Ingress leads to, with the ports that it asks each for. */
export function backendPorts(ingress: KubeObject): ReadonlyMap<string, readonly Port[]> {
  const found = new Map<string, Port[]>();
  for (const { name, port } of listBackends(ingress)) found.set(name, [...(found.get(name) ?? []), port]);
  return found;
}

type ToReach = (addresses: readonly string[]) => AddressReach;

/** The way in through an Ingress, for each Service that it leads to. */
function ofIngress(ingress: KubeObject, context: Context<"ingressClasses">, toReach: ToReach): (service: KubeObject | undefined) => EntryPoint {
  const addresses = listReported(ingress.body);
  const { exposure, because, untold } = toReach(addresses);
  const controller = findIngressController(ingress, context);
  const rules = findHiddenRules(ingress, controller);
  const ranges = rules === null ? readIngressRanges(ingress, controller) : [];
  const reach = asksForInternal(ingress, controller, addresses) ? "internal" : limitReach(exposure, ranges);
  const hidden = reach === "internal" ? undefined : (rules ?? untold);
  const entry: EntryPoint = {
    exposure: reach,
    via: ingress,
    path: "spec.rules",
    value: records(record(ingress.body.spec).rules).map((rule) => text(rule.host) ?? "*"),
    message: `Ingress ${ingress.ref.name} routes to it${addresses.length === 0 ? "; it has no address yet" : ""}.${because}${sayRanges(ranges)}`,
    hasSignIn: hasSignIn(ingress, controller),
    ...(hidden !== undefined && { untold: hidden }),
  };
  return (service) => ({ ...entry, hasSignIn: entry.hasSignIn || (service !== undefined && isBehindProxy(service, controller)) });
}

/** A port that an ingress controller passes on, as far as its own Services, or its nodes, open it; the widest of them. */
function ofStream({ configMap, path, value, port, fronts, isOnNode }: Stream, ofFront: (service: KubeObject) => EntryPoint): EntryPoint {
  const passes = `ConfigMap ${configMap.ref.namespace}/${configMap.ref.name} has an ingress controller pass its port ${port} on to it`;
  const base = { via: configMap, path, value, hasSignIn: false };
  const entries = [
    ...fronts.map((service): EntryPoint => {
      const front = ofFront(service);
      return { ...front, ...base, message: `${passes}. ${front.message}` };
    }),
    ...(isOnNode ? [{ ...base, exposure: "node" as const, message: `${passes}, and the port is open on the controller's nodes.` }] : []),
  ].toSorted(byExposure);
  return entries[0] ?? { ...base, exposure: "none", message: `${passes}, but no Service leads to that port of the controller.` };
}

interface Backend {
  /** `namespace/name` of the Service. */
  readonly key: string;
  readonly ports: readonly Port[];
  readonly entry: EntryPoint;
}

/** Classes of Google for gateways of a private network. */
const INTERNAL_CLASS = /^gke-l7-(?:rilb|cross-regional-internal)/;

function backendsOfRoute(route: KubeObject, { parentsOf }: RouteAttachments, references: References, toReach: ToReach): Backend[] {
  const spec = record(route.body.spec);
  const namespace = route.ref.namespace ?? "default";
  return parentsOf(route).flatMap(({ parent, gateway, isTaken }) => {
    const addresses = records(record(gateway?.body.status).addresses).flatMap((address) => text(address.value) ?? []);
    const { exposure: reach, because, ...hidden } = toReach(addresses);
    const isInternal = addresses.length === 0 && INTERNAL_CLASS.test(text(record(gateway?.body.spec).gatewayClassName) ?? "");
    const say = (verb: string) =>
      isTaken !== false
        ? `${route.ref.kind} ${route.ref.name} ${verb} it through Gateway ${gateway?.ref.name}.${because}`
        : `${route.ref.kind} ${namespace}/${route.ref.name} names it, but ${parent.ref.kind} ${parent.ref.name} does not take that route: it is not routed.`;
    const exposure = isTaken === false ? "none" : isInternal ? "internal" : reach;
    const untold = isTaken === null ? { untold: untoldLabels(`${parent.ref.kind} ${parent.ref.name}`, route) } : hidden;
    const entry: EntryPoint = { exposure, via: route, path: "spec.rules", value: spec.hostnames, message: say("routes to"), hasSignIn: false, ...untold };
    return listRouteBackends(route).flatMap(({ ref, path, isMirror, isIdle, filters }): Backend[] => {
      const target = toTarget(route, ref, "Service");
      if (target.kind !== "Service") return [];
      const key = `${target.namespace}/${target.name}`;
      const hasSignIn = ruleHasSignIn(route, filters);
      const toBackend = (more: Partial<EntryPoint>): Backend[] => [{ key, ports: [amount(ref.port) ?? null], entry: { ...entry, hasSignIn, ...more } }];
      const names = `${route.ref.kind} ${namespace}/${route.ref.name} names it, but`;
      if (isTaken === false) return toBackend({});
      if (isIdle) return toBackend({ exposure: "none", path: `${path}.weight`, value: 0, message: `${names} with a weight of 0: nothing is routed to it.` });
      const sent = isMirror ? { path, value: key, message: say("mirrors requests to") } : {};
      if (references.isUntold(route, target)) return toBackend({ ...sent, untold: untoldGrant(target) });
      if (references.isServed(route, target, [parent])) return toBackend(sent);
      return toBackend({ exposure: "none", path, value: key, message: `${names} no ReferenceGrant of its namespace allows that: it is not routed.` });
    });
  });
}

const LOOPBACK = /^(?:127\.|::1$)/;

/** Among words of a command line or of the environment: `--bind=127.0.0.1:6379`, `http://localhost`. */
const NAMES_LOOPBACK = /(?:^|[^\w.])(?:127(?:\.\d+){3}|localhost|\[?::1\]?)(?![\w.])/;

/** What listens in the network of its node does so there, whether or not it says on which port. */
function ofSharedNetwork(pod: PodView, { name, spec }: Container): EntryPoint {
  const words = [...texts(spec.command), ...texts(spec.args), ...records(spec.env).flatMap(({ value }) => text(value) ?? [])];
  const untold = `Container ${name} is in the network of its node and names a loopback address: whether it listens on another one too is not told.`;
  return {
    exposure: "node",
    via: null,
    path: pod.at("hostNetwork"),
    value: true,
    message: "It is in the network of its node: what it listens on is open there, though it declares no port.",
    hasSignIn: false,
    ...(words.some((word) => NAMES_LOOPBACK.test(word)) && { untold }),
  };
}

function nodePortsOf({ ref }: Workload, pods: readonly PodView[], into?: Container): EntryPoint[] {
  return pods.flatMap((pod) => {
    const isShared = pod.spec.hostNetwork === true;
    const name = isShared ? "containerPort" : "hostPort";
    const containers = into ? pod.containers.filter((container) => container.list === into.list && container.index === into.index) : pod.containers;
    // What a Job runs of such an image is a client of it: a backup, a migration.
    if (isShared && into && records(into.spec.ports).length === 0) return ref.kind === "Job" || ref.kind === "CronJob" ? [] : [ofSharedNetwork(pod, into)];
    return containers.flatMap((container) =>
      records(container.spec.ports).flatMap((port, index): EntryPoint[] => {
        const opened = amount(port[name]);
        // An address of the node's own is there for programs on the node.
        if (!opened || (!isShared && LOOPBACK.test(text(port.hostIP) ?? ""))) return [];
        const path = container.at(`ports[${index}].${name}`);
        return [{ exposure: "node", via: null, path, value: opened, message: `Port ${opened} is open on its node.`, hasSignIn: false }];
      }),
    );
  });
}

/** What leads to each Service, or to a name of it. */
function byService(
  routes: readonly Backend[],
  streams: readonly Backend[],
  context: Context<"services" | "ingresses" | "ingressClasses" | "nodes" | "targetGroupBindings">,
): ReadonlyMap<string, readonly Backend[]> {
  const { ingresses, services } = context.slices;
  const toReach = context.view(addressReachView);
  const byKey = new Map(services.map((service) => [refKey(service.ref), service]));
  const ofIngresses = ingresses.flatMap((ingress) => {
    const toEntry = ofIngress(ingress, context, toReach);
    return [...backendPorts(ingress)].map(([name, ports]): Backend => {
      const key = `${ingress.ref.namespace}/${name}`;
      return { key, ports, entry: toEntry(byKey.get(key)) };
    });
  });
  const named = [...ofIngresses, ...streams].map((backend): Backend => {
    const service = byKey.get(backend.key);
    return service ? { ...backend, key: refKey(followName(service, (other) => byKey.get(other)).ref) } : backend;
  });
  return Map.groupBy([...named, ...routes], ({ key }) => key);
}

/** What the server makes names and hashes of: no word comes of it by chance. A hash is a number of 32 bits, and hardly ever a short one. */
const SAFE = "[bcdfghjklmnpqrstvwxz2456789]";
const HASHED = new RegExp(`^-${SAFE}{5,10}-${SAFE}{5}$`);

/** Names that controllers give to their pods. */
const POD_SUFFIX: Readonly<Record<string, RegExp>> = {
  Pod: /^$/,
  StatefulSet: /^-\d+$/,
  Deployment: HASHED,
  Rollout: HASHED,
};
/** Operators that make pods themselves count them. */
const GENERATED = new RegExp(`^-(?:${SAFE}{5}|\\d+)$`);

function isPodOf(workload: Workload, pod: string): boolean {
  return pod.startsWith(workload.ref.name) && (POD_SUFFIX[workload.ref.kind] ?? GENERATED).test(pod.slice(workload.ref.name.length));
}

/**
 * Services that no template shows to select anything, and the pods behind each by name; by namespace. Somebody, or an operator, chose these, or programs label
 * their own pods while they run, as the active one of Vault does.
 */
const chosenPodsView = defineView({
  reads: ["services", "workloads", "endpointSlices"],
  compute: (context): ReadonlyMap<string, readonly { readonly service: KubeObject; readonly pod: string }[]> => {
    const slicesOf = context.view(serviceEndpointsView);
    const { workloadsOf } = context.view(serviceTargetsView);
    const chosen = context.slices.services.flatMap((service) => {
      if (record(service.body.spec).type === "ExternalName" || workloadsOf.has(resourceKey(service.ref))) return [];
      const endpoints = (slicesOf.get(refKey(service.ref)) ?? []).flatMap((slice) => records(slice.body.endpoints));
      return endpoints.flatMap(({ targetRef }) => {
        const { kind, name } = record(targetRef);
        return kind === "Pod" && typeof name === "string" ? [{ service, pod: name }] : [];
      });
    });
    return Map.groupBy(chosen, ({ service }) => service.ref.namespace ?? "");
  },
});

const refKey = (ref: ResourceRef): string => `${ref.namespace}/${ref.name}`;

/** Every way into each workload, or into those of its pods that are as one of them, or into one container of these; worst first (without the effect of network policies). */
export const exposureView = defineView({
  reads: ["services", "ingresses", "ingressClasses", "gateways", "namespaces", "nodes", "workloads", "endpointSlices", "configMaps", "targetGroupBindings"],
  compute: (context): ((workload: Workload, only?: PodView, into?: Container) => readonly EntryPoint[]) => {
    const { servicesOf } = context.view(serviceTargetsView);
    const toEntry = context.view(serviceExposureView);
    const toReach = context.view(addressReachView);
    const references = context.view(referencesView);
    const attachments = context.view(routeAttachmentsView);
    const routes = context.slices.gateways.filter(isRoute).flatMap((route) => backendsOfRoute(route, attachments, references, toReach));
    const chosen = context.view(chosenPodsView);
    const streams = context.view(streamsView).map((stream): Backend => ({ key: stream.key, ports: [stream.servicePort], entry: ofStream(stream, toEntry) }));
    const entries = byService(routes, streams, context);
    return (workload, only, into) => {
      const pods = only ? [only] : workload.views().filter((pod) => pod.source === "template");
      const byName = (chosen.get(workload.ref.namespace ?? "") ?? []).filter(({ pod }) => isPodOf(workload, pod)).map(({ service }) => service);
      const selecting = (servicesOf.get(resourceKey(workload.ref)) ?? []).filter(
        ({ body }) => !only || maySelectLabels({ matchLabels: record(body.spec).selector }, workload, only.labels),
      );
      const leads = (service: KubeObject, port: Port) => !into || pods.some((pod) => mayLeadTo(service, pod, into, port));
      const services = [...selecting, ...new Set(byName)].filter((service) => leads(service, null));
      const ofServices = services.flatMap((service) => {
        const backends = (entries.get(refKey(service.ref)) ?? []).filter(({ ports }) => ports.some((port) => leads(service, port)));
        return [toEntry(service, (port) => leads(service, port)), ...backends.map(({ entry }) => entry)];
      });
      const found = [...ofServices, ...nodePortsOf(workload, pods, into)];
      return found.sort(byExposure);
    };
  },
});
