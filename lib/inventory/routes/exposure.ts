import { maySelectLabels } from "../labels/added-labels";
import { amount, record, records, text, texts } from "../../model/json";
import { type ResourceRef, resourceKey } from "../../model/resource-ref";
import { byExposure, type EntryPoint } from "./entry-point";
import { inferencePoolsView, poolKey } from "./inference-pools";
import { ingressBackendsView } from "./ingress-routed";
import type { KubeObject } from "../kube-object";
import type { RoutedBackend } from "./route-entry";
import { routerBackendsView } from "./router-backends";
import { ROUTER_READS } from "./router-front";
import { serviceEndpointsView } from "./service-endpoints";
import { serviceExposureView } from "./service-exposure";
import { followName } from "./service-name";
import { mayLeadTo } from "./service-port-target";
import { serviceTargetsView } from "./service-targets";
import { servicesByKeyView } from "./services-by-key";
import { type Stream, streamsView } from "./stream-services";
import { type Context, defineView } from "../view";
import type { Container, PodView, Workload } from "../workloads/workload";

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
function byService({ view }: Context<(typeof ROUTER_READS)[number]>): ReadonlyMap<string, readonly RoutedBackend[]> {
  const toEntry = view(serviceExposureView);
  const byKey = view(servicesByKeyView);
  const streams = view(streamsView).map((stream): RoutedBackend => ({ key: stream.key, ports: [stream.servicePort], entry: ofStream(stream, toEntry) }));
  const { ofGateways, backends, toLed } = view(routerBackendsView);
  const ofIngresses = view(ingressBackendsView).ofAll(toLed);
  const named = [...ofIngresses, ...streams, ...backends].map((backend): RoutedBackend => {
    const service = byKey.get(backend.key);
    return service ? { ...backend, key: refKey(followName(service, (other) => byKey.get(other)).ref) } : backend;
  });
  return Map.groupBy([...named, ...ofGateways], ({ key }) => key);
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
  reads: [...ROUTER_READS, "endpointSlices"],
  compute: (context): ((workload: Workload, only?: PodView, into?: Container) => readonly EntryPoint[]) => {
    const { servicesOf } = context.view(serviceTargetsView);
    const toEntry = context.view(serviceExposureView);
    const chosen = context.view(chosenPodsView);
    const pools = context.view(inferencePoolsView);
    const entries = byService(context);
    return (workload, only, into) => {
      const pods = only ? [only] : workload.views().filter((pod) => pod.source === "template");
      const byName = (chosen.get(workload.ref.namespace ?? "") ?? []).filter(({ pod }) => isPodOf(workload, pod)).map(({ service }) => service);
      const selects = ({ body }: KubeObject, pod: PodView) => maySelectLabels({ matchLabels: record(body.spec).selector }, workload, pod.labels);
      const selecting = (servicesOf.get(resourceKey(workload.ref)) ?? []).filter((service) => !only || selects(service, only));
      const leads = (service: KubeObject, port: number | string | null) => !into || pods.some((pod) => mayLeadTo(service, pod, into, port));
      const services = [...selecting, ...new Set(byName)].filter((service) => leads(service, null));
      const ofServices = services.flatMap((service) => {
        const backends = (entries.get(refKey(service.ref)) ?? []).filter(({ ports }) => ports.some((port) => leads(service, port)));
        return [toEntry(service, (port) => leads(service, port)), ...backends.map(({ entry }) => entry)];
      });
      const ofPools = (pools.get(workload.ref.namespace ?? "") ?? []).flatMap((pool) => {
        const isLed = pods.some((pod) => selects(pool, pod)) && leads(pool, null);
        return isLed ? (entries.get(poolKey(pool.ref.namespace, pool.ref.name)) ?? []).map(({ entry }) => entry) : [];
      });
      const found = [...ofServices, ...ofPools, ...nodePortsOf(workload, pods, into)];
      return found.sort(byExposure);
    };
  },
});
