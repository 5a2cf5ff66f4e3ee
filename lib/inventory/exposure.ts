import { maySelectLabels } from "./added-labels";
import { amount, type JsonRecord, list, record, records, text, texts } from "../model/json";
import { type ResourceRef, resourceKey } from "../model/resource-ref";
import { platformView } from "./cloud-provider";
import { isRoute, listRouteBackends, type RouteAttachments, routeAttachmentsView, untoldLabels } from "./gateway-routes";
import { listBackends } from "./ingress-backends";
import { findIngressController, type IngressController, mayHeed } from "./ingress-controller";
import { hasSignIn, readIngressRanges } from "./ingress-guards";
import { isPrivateCidr, isPublicAddress, isWorldCidr } from "./ip-address";
import type { KubeObject } from "./kube-object";
import { readLoadBalancer } from "./load-balancer";
import { publicNodeView } from "./public-node";
import { type References, referencesView, toTarget, untoldGrant } from "./reference-grants";
import { serviceEndpointsView } from "./service-endpoints";
import { followName } from "./service-name";
import { mayLeadTo } from "./service-port-target";
import { serviceTargetsView } from "./service-targets";
import { type Stream, streamsView } from "./stream-services";
import { type TargetGroupBinding, targetGroupBindingsView } from "./target-group-bindings";
import { type Context, defineView } from "./view";
import type { Container, PodView, Workload } from "./workload";

/** From where a workload can be reached, worst first. `possible` = an entry point that has no address yet. */
export const EXPOSURES = ["external", "external-restricted", "possible", "node", "internal", "none"] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** One way in: the object that opens it, and the Services it goes through. */
export interface EntryPoint {
  readonly exposure: Exposure;
  readonly via: KubeObject | null;
  readonly path: string;
  readonly value: unknown;
  readonly message: string;
  /** Something known to ask for a sign-in stands in front. */
  readonly hasSignIn: boolean;
  /** Why it is not known whether it leads here at all, or for whom. */
  readonly untold?: string;
}

/** What is left of a reach where only some ranges may connect. */
function limitReach(reach: Exposure, ranges: readonly string[]): Exposure {
  if ((reach !== "external" && reach !== "possible") || ranges.length === 0 || ranges.some(isWorldCidr)) return reach;
  return ranges.every(isPrivateCidr) ? "internal" : "external-restricted";
}

function sayRanges(ranges: readonly string[]): string {
  return ranges.length === 0 || ranges.some(isWorldCidr) ? "" : ` Only ${ranges.slice(0, 3).join(", ")}${ranges.length > 3 ? " and others" : ""} may connect.`;
}

/** Names that nobody on the internet can look up. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|svc)$/i;

/** Exposure by the addresses that an Ingress or Gateway reports. */
function byAddress(addresses: readonly string[]): Exposure {
  if (addresses.length === 0) return "possible";
  const isOutside = addresses.some(
    (address) =>
      isPublicAddress(address) || (/[a-z]/i.test(address) && !address.startsWith("internal-") && !address.includes(":") && !LOCAL_NAME.test(address)),
  );
  return isOutside ? "external" : "internal";
}

type Port = number | string | null;

/** The Services of its namespace that an Ingress leads to, with the ports that it asks each for. */
export function backendPorts(ingress: KubeObject): ReadonlyMap<string, readonly Port[]> {
  const found = new Map<string, Port[]>();
  for (const { name, port } of listBackends(ingress)) found.set(name, [...(found.get(name) ?? []), port]);
  return found;
}

/** Whether a load balancer leads through ports of the nodes, or has kept those that it had. */
function keepsNodePorts({ allocateLoadBalancerNodePorts, ports }: JsonRecord): boolean {
  return allocateLoadBalancerNodePorts !== false || records(ports).some(({ nodePort }) => amount(nodePort));
}

function ofService(service: KubeObject, provider: Parameters<typeof readLoadBalancer>[1], publicNode: KubeObject | null): EntryPoint {
  const spec = record(service.body.spec);
  const base = { via: service, hasSignIn: false };
  const addresses = list(spec.externalIPs).filter((ip): ip is string => typeof ip === "string");
  if (addresses.some(isPublicAddress))
    return {
      ...base,
      exposure: "external",
      path: "spec.externalIPs",
      value: addresses,
      message: `Service ${service.ref.name} answers on a public external IP.`,
    };
  const balancer = readLoadBalancer(service, provider);
  if (balancer) {
    const reach = balancer.reach === "pending" ? "possible" : balancer.reach;
    const ranges = balancer.ranges.map(({ cidr }) => cidr);
    const message = `Service ${service.ref.name} is a load balancer. ${balancer.because}${sayRanges(ranges)}`;
    const exposure = limitReach(reach, ranges);
    const untold = balancer.hiddenBecause === null || reach === "internal" ? {} : { untold: balancer.hiddenBecause };
    const entry = { ...base, exposure, path: "spec.type", value: "LoadBalancer", message, ...untold };
    if (exposure !== "internal" || publicNode === null || !keepsNodePorts(spec)) return entry;
    return { ...entry, exposure: "node", message: `${message} It opens a port on node ${publicNode.ref.name} too, which has a public address.` };
  }
  if (spec.type === "NodePort")
    return { ...base, exposure: "node", path: "spec.type", value: "NodePort", message: `Service ${service.ref.name} opens a port on every node.` };
  if (addresses.length > 0)
    return {
      ...base,
      exposure: "node",
      path: "spec.externalIPs",
      value: addresses,
      message: `Service ${service.ref.name} answers on every node to what is sent to external IP ${addresses[0]}.`,
    };
  return {
    ...base,
    exposure: "internal",
    path: "spec.type",
    value: spec.type ?? "ClusterIP",
    message: `Service ${service.ref.name} is reachable in the cluster.`,
  };
}

/** An internal load balancer of a cloud. What is written for that of AWS says nothing to another controller. */
function asksForInternal({ annotations }: KubeObject, controller: IngressController): boolean {
  if (annotations["kubernetes.io/ingress.class"] === "gce-internal") return true;
  return annotations["alb.ingress.kubernetes.io/scheme"] === "internal" && mayHeed(controller, "alb");
}

function ofIngress(ingress: KubeObject, context: Context<"ingressClasses">): EntryPoint {
  const entries = records(record(record(ingress.body.status).loadBalancer).ingress);
  const exposure = byAddress(entries.flatMap((entry) => text(entry.ip) ?? text(entry.hostname) ?? []));
  const controller = findIngressController(ingress, context);
  const ranges = readIngressRanges(ingress, controller);
  return {
    exposure: asksForInternal(ingress, controller) ? "internal" : limitReach(exposure, ranges),
    via: ingress,
    path: "spec.rules",
    value: records(record(ingress.body.spec).rules).map((rule) => text(rule.host) ?? "*"),
    message: `Ingress ${ingress.ref.name} routes to it${exposure === "possible" ? "; it has no address yet" : ""}.${sayRanges(ranges)}`,
    hasSignIn: hasSignIn(ingress, controller),
  };
}

/** A port that an ingress controller passes on, as far as its own Services, or its nodes, open it; the widest of them. */
function ofStream({ configMap, path, value, port, fronts, isOnNode }: Stream, ofFront: (service: KubeObject) => EntryPoint): EntryPoint {
  const passes = `ConfigMap ${configMap.ref.namespace}/${configMap.ref.name} has an ingress controller pass its port ${port} on to it`;
  const base = { via: configMap, path, value, hasSignIn: false };
  const onNode: EntryPoint = { ...base, exposure: "node", message: `${passes}, and the port is open on the controller's nodes.` };
  const entries = [...fronts.map((front) => ({ ...ofFront(front), ...base })), ...(isOnNode ? [onNode] : [])].toSorted(byExposure);
  const [widest = { ...base, exposure: "none" as const, message: `${passes}, but no Service leads to that port of the controller.` }] = entries;
  return widest === onNode || widest.exposure === "none" ? widest : { ...widest, message: `${passes}. ${widest.message}` };
}

/** Where the load balancer is, and for whom, is kept outside of the cluster. */
function ofBinding({ binding, group, isByNode }: TargetGroupBinding): EntryPoint {
  const { name } = binding.ref;
  return {
    exposure: "possible",
    via: binding,
    path: "spec.serviceRef",
    value: record(binding.body.spec).serviceRef,
    message: `TargetGroupBinding ${name} registers its ${isByNode ? "nodes" : "pods"} with a load balancer of AWS.`,
    hasSignIn: false,
    untold: `Who may connect to the load balancer of target group ${group}, which TargetGroupBinding ${name} leads here, is decided outside of the cluster.`,
  };
}

interface Backend {
  /** `namespace/name` of the Service. */
  readonly key: string;
  readonly ports: readonly Port[];
  readonly entry: EntryPoint;
}

function backendsOfRoute(route: KubeObject, { parentsOf }: RouteAttachments, references: References): Backend[] {
  const spec = record(route.body.spec);
  const namespace = route.ref.namespace ?? "default";
  return parentsOf(route).flatMap(({ parent, gateway, isTaken }) => {
    const addresses = records(record(gateway?.body.status).addresses).flatMap((address) => text(address.value) ?? []);
    const say = (verb: string) =>
      isTaken !== false
        ? `${route.ref.kind} ${route.ref.name} ${verb} it through Gateway ${gateway?.ref.name}.`
        : `${route.ref.kind} ${namespace}/${route.ref.name} names it, but ${parent.ref.kind} ${parent.ref.name} does not take that route: it is not routed.`;
    const exposure = isTaken === false ? "none" : byAddress(addresses);
    const untold = isTaken === null ? { untold: untoldLabels(`${parent.ref.kind} ${parent.ref.name}`, route) } : {};
    const entry: EntryPoint = { exposure, via: route, path: "spec.rules", value: spec.hostnames, message: say("routes to"), hasSignIn: false, ...untold };
    return listRouteBackends(route).flatMap(({ ref, path, isMirror, isIdle }): Backend[] => {
      const target = toTarget(route, ref, "Service");
      if (target.kind !== "Service") return [];
      const key = `${target.namespace}/${target.name}`;
      const toBackend = (more: Partial<EntryPoint>): Backend[] => [{ key, ports: [amount(ref.port) ?? null], entry: { ...entry, ...more } }];
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
  others: readonly Backend[],
  streams: readonly Backend[],
  context: Context<"services" | "ingresses" | "ingressClasses">,
): ReadonlyMap<string, readonly Backend[]> {
  const { ingresses, services } = context.slices;
  const byKey = new Map(services.map((service) => [refKey(service.ref), service]));
  const ofIngresses = ingresses.flatMap((ingress) =>
    [...backendPorts(ingress)].map(([name, ports]): Backend => ({ key: `${ingress.ref.namespace}/${name}`, ports, entry: ofIngress(ingress, context) })),
  );
  const named = [...ofIngresses, ...streams].map((backend): Backend => {
    const service = byKey.get(backend.key);
    return service ? { ...backend, key: refKey(followName(service, (other) => byKey.get(other)).ref) } : backend;
  });
  return Map.groupBy([...named, ...others], ({ key }) => key);
}

/** Names that controllers give to their pods. */
const POD_SUFFIX: Readonly<Record<string, RegExp>> = {
  Pod: /^$/,
  StatefulSet: /^-\d+$/,
  Deployment: /^-[a-z0-9]{1,10}-[a-z0-9]{5}$/,
  Rollout: /^-[a-z0-9]{1,10}-[a-z0-9]{5}$/,
};
/** Operators that make pods themselves count them. */
const GENERATED = /^-(?:[a-z0-9]{5}|\d+)$/;

function isPodOf(workload: Workload, pod: string): boolean {
  return pod.startsWith(workload.ref.name) && (POD_SUFFIX[workload.ref.kind] ?? GENERATED).test(pod.slice(workload.ref.name.length));
}

/** Services without a selector and the pods that somebody, or an operator, chose for each by name; by namespace. */
const chosenPodsView = defineView({
  reads: ["services", "endpointSlices"],
  compute: (context): ReadonlyMap<string, readonly { readonly service: KubeObject; readonly pod: string }[]> => {
    const slicesOf = context.view(serviceEndpointsView);
    const chosen = context.slices.services.flatMap((service) => {
      const { selector, type } = record(service.body.spec);
      if (type === "ExternalName" || Object.keys(record(selector)).length > 0) return [];
      const endpoints = (slicesOf.get(refKey(service.ref)) ?? []).flatMap((slice) => records(slice.body.endpoints));
      return endpoints.flatMap(({ targetRef }) => {
        const { kind, name } = record(targetRef);
        return kind === "Pod" && typeof name === "string" ? [{ service, pod: name }] : [];
      });
    });
    return Map.groupBy(chosen, ({ service }) => service.ref.namespace ?? "");
  },
});

const byExposure = (a: EntryPoint, b: EntryPoint): number => EXPOSURES.indexOf(a.exposure) - EXPOSURES.indexOf(b.exposure);

const refKey = (ref: ResourceRef): string => `${ref.namespace}/${ref.name}`;

/** Every way into each workload, or into those of its pods that are as one of them, or into one container of these; worst first (without the effect of network policies). */
export const exposureView = defineView({
  reads: ["services", "ingresses", "ingressClasses", "gateways", "namespaces", "nodes", "workloads", "endpointSlices", "configMaps", "targetGroupBindings"],
  compute: (context): ((workload: Workload, only?: PodView, into?: Container) => readonly EntryPoint[]) => {
    const { servicesOf } = context.view(serviceTargetsView);
    const { provider } = context.view(platformView);
    const publicNode = context.view(publicNodeView);
    const references = context.view(referencesView);
    const attachments = context.view(routeAttachmentsView);
    const routes = context.slices.gateways.filter(isRoute).flatMap((route) => backendsOfRoute(route, attachments, references));
    const chosen = context.view(chosenPodsView);
    const ofFront = (service: KubeObject) => ofService(service, provider, publicNode);
    const streams = context.view(streamsView).map((stream): Backend => ({ key: stream.key, ports: [stream.servicePort], entry: ofStream(stream, ofFront) }));
    const bindings = context.view(targetGroupBindingsView).map((item): Backend => ({ key: item.key, ports: [item.port], entry: ofBinding(item) }));
    const entries = byService([...routes, ...bindings], streams, context);
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
        return [ofFront(service), ...backends.map(({ entry }) => entry)];
      });
      const found = [...ofServices, ...nodePortsOf(workload, pods, into)];
      return found.sort(byExposure);
    };
  },
});
