import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { NamespaceMatrix } from "@/lib/graph/network/namespace-matrix";
import { podNetworksView } from "@/lib/graph/network/pod-networks";
import { policyIndexView } from "@/lib/graph/network/policy-index";
import { classSorterView, type Reach, reachView } from "@/lib/graph/network/reach";
import { workloadKeyOf } from "@/lib/graph/network/reach-classes";
import { weighReach } from "@/lib/graph/network/weigh-reach";
import { NETWORK_CONFIGS } from "@/lib/inventory/nodes/network-configs";
import { createContext } from "@/lib/inventory/context";
import { ingressProgramsView, mayPassPorts } from "@/lib/inventory/routes/ingress-programs";
import type { Settings } from "@/lib/inventory/inventory";
import { SLICE_KINDS, type SliceName, type UnreadKind } from "@/lib/inventory/slices";
import type { Context } from "@/lib/inventory/view";
import type { Workload } from "@/lib/inventory/workloads/workload";
import { inPortions } from "@/lib/model/in-portions";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { listManifests } from "@/lib/store/list-manifests";
import { findResource, findResourceVersion } from "@/lib/store/resources";
import { inSteps, portionsOf } from "./in-steps";
import { listWorkloadKinds } from "./list-workload-kinds";
import type { FilledReader } from "./open-reader";
import { heldBySettings } from "./settings-at";
import { toInventory, toInventoryInSteps } from "./to-inventory";
import { withTemplate } from "./with-template";

/** More objects than this are not joined for a page. */
export const NETWORK_LIMIT = 40_000;

const POLICY_KINDS: readonly string[] = [...SLICE_KINDS.networkPolicies, ...SLICE_KINDS.otherNetworkPolicies];
/** What generated policies are read from, beside workloads. */
export const NEED_KINDS: readonly string[] = [
  ...SLICE_KINDS.services,
  ...SLICE_KINDS.ingresses,
  ...SLICE_KINDS.gateways,
  ...SLICE_KINDS.customRoutes,
  // What they ask, and what answers for them, is led to as well.
  "Middleware",
  "SecurityPolicy",
  ...SLICE_KINDS.targetGroupBindings,
  ...SLICE_KINDS.webhooks,
  ...SLICE_KINDS.apiServices,
  ...SLICE_KINDS.serviceAccounts,
];
const WANTED: readonly string[] = [
  ...SLICE_KINDS.namespaces,
  ...SLICE_KINDS.nodes,
  ...SLICE_KINDS.nodeClasses,
  ...SLICE_KINDS.podNetworks,
  ...POLICY_KINDS,
  ...NEED_KINDS,
];

/** Who reaches whom, as of one snapshot. */
export interface NetworkAt {
  readonly context: Context<SliceName>;
  readonly reach: Reach;
  readonly matrix: NamespaceMatrix;
  /** Workloads with pods that may run, by `namespace/Kind/name`. */
  readonly workloads: ReadonlyMap<string, Workload>;
  /** Ingress controllers name ConfigMaps of ports that they pass on as they are. */
  readonly passesPorts: boolean;
  readonly objects: number;
}

async function findRemembered({ pool, cluster, at }: FilledReader, ref: ResourceRef): Promise<unknown> {
  const resource = await findResource(pool, cluster.id, resourceKey(ref), at.seq);
  const version = resource && resource.goneAt === null ? await findResourceVersion(pool, cluster.id, resource.id, at.seq) : null;
  return version ? JSON.parse(version.json) : null;
}

/** The ConfigMaps of ports that ingress controllers pass on: of many of either, these few. */
function listStreamMaps(objects: readonly JsonRecord[], reader: FilledReader, settings: Settings): readonly ResourceRef[] {
  const controllers = objects.filter(mayPassPorts);
  if (controllers.length === 0) return [];
  const programs = createContext(toInventory(controllers, { ...reader.at, settings })).view(ingressProgramsView);
  return [...new Set(programs.flatMap(({ streams }) => streams))].map((named): ResourceRef => {
    const [namespace = "", name = ""] = named.split("/");
    return { apiVersion: "v1", kind: "ConfigMap", namespace, name };
  });
}

/** What takes long of all that reachability is worked out from. */
function* listSteps({ slices: { workloads }, view }: Context<SliceName>): Generator<() => unknown> {
  yield* portionsOf(inPortions(workloads, (workload) => workload.views()));
  yield () => view(policyIndexView);
  yield () => view(podNetworksView);
  yield () => view(classSorterView);
  yield* portionsOf(view(classSorterView).take);
}

async function build(reader: FilledReader, settings: Settings, unread: readonly UnreadKind[]): Promise<NetworkAt | null> {
  const { pool, cluster, at } = reader;
  const kinds = [...new Set([...WANTED, ...(await listWorkloadKinds(reader))])];
  const found = await listManifests(pool, cluster.id, at.seq, { kinds, namespace: null, limit: NETWORK_LIMIT });
  if (!found) return null;
  const asked = found.filter(isRecord).map(withTemplate);
  const streamMaps = listStreamMaps(asked, reader, settings);
  const configMaps = await Promise.all([...Object.values(NETWORK_CONFIGS), ...streamMaps].map((ref) => findRemembered(reader, ref)));
  const objects = [...asked, ...configMaps.filter(isRecord)];
  // What is remembered of kinds that were not read in this snapshot is left out: it may be gone.
  const context = createContext(await toInventoryInSteps(objects, { ...at, settings }, unread));
  await inSteps(listSteps(context));
  const { reach, matrix } = await weighReach(context.view(reachView), () => setImmediate());
  const workloads = context.slices.workloads.filter((workload) => !workload.isFinished);
  return {
    context,
    reach,
    matrix,
    passesPorts: streamMaps.length > 0,
    workloads: new Map(workloads.map((workload) => [workloadKeyOf(workload.ref), workload])),
    objects: found.length,
  };
}

/** About what one object takes in memory, with all that is made of it. */
const BYTES_OF_OBJECT = 3_000;

/** In objects. The table of pairs grows with the square of the namespaces: of 2,700 of them it weighs as much as 39,000 objects. */
export function weighNetwork(network: { readonly objects: number; readonly matrix: Pick<NamespaceMatrix, "bytes"> } | null): number {
  return network === null ? 100 : network.objects + network.matrix.bytes / BYTES_OF_OBJECT + 100;
}

const caches = heldBy<Pool, LruCache<NetworkAt | null>>("network", () => new LruCache<NetworkAt | null>(NETWORK_LIMIT, weighNetwork));

/** `unread`: the kinds that the snapshot stands without. Null when there are more than NETWORK_LIMIT objects. */
export function loadNetworkAt(reader: FilledReader, unread: readonly UnreadKind[]): Promise<NetworkAt | null> {
  return heldBySettings(caches(reader.pool), reader, (settings) => build(reader, settings, unread));
}
