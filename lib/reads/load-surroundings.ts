import "server-only";
import type { Pool } from "pg";
import { NETWORK_PLUGINS } from "@/lib/inventory/data/network-plugins";
import { NETWORK_CONFIGS } from "@/lib/inventory/nodes/network-configs";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import { resourceKey } from "@/lib/model/resource-ref";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadResourceIndex, namesIn, type ResourceIndex } from "@/lib/store/as-of/resource-index";
import type { ResourceName } from "@/lib/store/as-of/resource-names";
import { loadManifests } from "@/lib/store/list-manifests";
import type { FilledReader } from "./open-reader";

/** More objects than this are not judged again for one page. */
const LIMIT = 4_000;
export const WORKLOAD_LIMIT = 1_000;
/** Objects that are the same for every namespace. */
const SHARED_LIMIT = 8_000;

type Bodies = ReadonlyMap<number, unknown>;

/** What every page about an object of a snapshot looks at, by kind; it never changes, and reading it takes longer than judging. */
const caches = heldBy<Pool, LruCache<Bodies>>("surroundings", () => new LruCache(SHARED_LIMIT, (bodies) => bodies.size + 1));

const ROOTS: ReadonlySet<string> = new Set(WORKLOAD_KINDS);
/** Namespaced kinds that count for other namespaces too: routes, their gateways, what guards them, and what an admission policy excepts. */
const REACHING: ReadonlySet<string> = new Set<string>([
  ...SLICE_KINDS.gateways,
  ...SLICE_KINDS.routeGuards,
  ...SLICE_KINDS.customRoutes,
  ...SLICE_KINDS.policyEngineObjects,
]);

const CONFIGS: ReadonlySet<string> = new Set(Object.values(NETWORK_CONFIGS).map(resourceKey));
/** As people and charts call programs that keep a tunnel to the internet open, which may lead to every Service. */
const TUNNELS = /^Deployment .*(?:cloudflare|tunnel|ngrok|frpc|inlets|rathole|chisel|zrok|pangolin|newt)/;
/** What makes rules of policies for the agents of a network plugin, or installs one. */
const POLICY_CONTROLLERS = new RegExp(
  `^Deployment .*(?:${["amazon-network-policy-controller-k8s", "kube-ovn-controller", ...NETWORK_PLUGINS.installers.map(({ workload }) => workload)].join("|")})`,
);

/** What belongs to no namespace, what runs on the nodes, what network plugins are told, and what may lead into every namespace. */
function isShared({ namespace, kind, name, key }: ResourceName): boolean {
  if (namespace === null || kind === "DaemonSet" || REACHING.has(kind) || CONFIGS.has(key)) return true;
  const named = `${kind} ${namespace}/${name}`;
  return TUNNELS.test(named) || POLICY_CONTROLLERS.test(named);
}

const sharedNames = heldBy<ResourceIndex, { list?: readonly ResourceName[] }>("shared-names", () => ({}));

function listShared(index: ResourceIndex): readonly ResourceName[] {
  return (sharedNames(index).list ??= index.names.filter(isShared));
}

const FRONTS: ReadonlySet<unknown> = new Set(["LoadBalancer", "NodePort"]);

/** The Services that lead into the cluster, where not too many must be looked through: how far an Ingress or a Gateway goes is told by the one that has its address. */
function loadFronts({ pool, cluster, at }: FilledReader, index: ResourceIndex): Promise<Bodies> {
  return caches(pool).get(`${cluster.id}/${at.seq}/fronts`, async () => {
    const services = index.names.filter(({ kind, apiVersion }) => kind === "Service" && apiVersion === "v1").map(({ id }) => id);
    const bodies = services.length > LIMIT ? [] : await loadManifests(pool, at.seq, services);
    return new Map([...bodies].filter(([, body]) => FRONTS.has(record(record(body).spec).type)));
  });
}

const CUSTOM_ROUTES: ReadonlySet<string> = new Set<string>(SLICE_KINDS.customRoutes);
const ROUTING: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "Service"]);
/** As people and charts call routers, or the namespaces that they run in. */
const NAMES_ROUTER = /traefik|istio|ingress|gateway|router|contour|envoy|edge/;
const routerNames = heldBy<ResourceIndex, { list?: readonly ResourceName[] }>("router-names", () => ({}));

/** The programs that serve routes of other routers, and their Services, where they are few: how far such a route goes is told by them. */
function listRouters(index: ResourceIndex): readonly ResourceName[] {
  const found = (routerNames(index).list ??= index.names.filter(({ kind, namespace, name }) => ROUTING.has(kind) && NAMES_ROUTER.test(`${namespace}/${name}`)));
  return found.length > WORKLOAD_LIMIT ? [] : found;
}

/** In the order in which a scan has them, which is that of their keys; with the Services of other namespaces by which the Ingresses and Gateways among them are reached. */
async function loadBodies(reader: FilledReader, index: ResourceIndex, near: readonly ResourceName[]): Promise<readonly JsonRecord[]> {
  const { pool, cluster, at } = reader;
  const looksAt = new Set(near.map(({ kind }) => kind));
  const hasCustom = near.some(({ kind }) => CUSTOM_ROUTES.has(kind) && kind !== "Gateway");
  const isReached = looksAt.has("Service") && (looksAt.has("Ingress") || looksAt.has("Gateway") || hasCustom);
  const fronts: Bodies = isReached ? await loadFronts(reader, index) : new Map();
  const known = new Set(near.map(({ id }) => id));
  const routers = new Set(isReached && hasCustom ? listRouters(index).map(({ id }) => id) : []);
  const isMore = ({ id }: ResourceName) => (fronts.has(id) || routers.has(id)) && !known.has(id);
  const names = fronts.size + routers.size === 0 ? near : [...near, ...index.names.filter(isMore)];
  const load = (some: readonly ResourceName[]): Promise<Bodies> =>
    loadManifests(
      pool,
      at.seq,
      some.map(({ id }) => id),
    );
  const kinds = new Set(names.filter(isShared).map(({ kind }) => kind));
  const loadKind = (kind: string) => caches(pool).get(`${cluster.id}/${at.seq}/${kind}`, () => load(listShared(index).filter((name) => name.kind === kind)));
  const found = await Promise.all([fronts, load(names.filter((name) => !isShared(name) && !fronts.has(name.id))), ...[...kinds].map(loadKind)]);
  return names
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => found.find((bodies) => bodies.has(id))?.get(id))
    .filter(isRecord);
}

/** The names of some kinds that one namespace sees, its own and what is shared, or all of them where `place` is null. */
function listAround(index: ResourceIndex, kinds: ReadonlySet<string>, place: string | null): readonly ResourceName[] {
  const isWanted = ({ kind }: ResourceName): boolean => kinds.has(kind);
  if (place === null) return index.names.filter(isWanted);
  return [...namesIn(index, place).filter(isWanted), ...listShared(index).filter((name) => isWanted(name) && name.namespace !== place)];
}

/**
 * The objects of some kinds as of the reader's snapshot: those of one namespace and what all of them share, or all of them where `place` is null. Null
 * when there are more than `limit`.
 */
export async function loadAround(reader: FilledReader, kinds: readonly string[], place: string | null, limit = LIMIT): Promise<readonly JsonRecord[] | null> {
  const index = await loadResourceIndex(reader.pool, reader.cluster.id, reader.at.seq);
  const names = listAround(index, new Set(kinds), place);
  return names.length > limit ? null : loadBodies(reader, index, names);
}

/** The same of some slices, for a patch that is tried. Null when that, or what is shared, is too much to be judged twice. */
export async function loadSurroundings(reader: FilledReader, slices: ReadonlySet<SliceName>, place: string | null): Promise<readonly JsonRecord[] | null> {
  const index = await loadResourceIndex(reader.pool, reader.cluster.id, reader.at.seq);
  const kinds = new Set([...slices].flatMap((slice): readonly string[] => (slice === "workloads" ? WORKLOAD_KINDS : SLICE_KINDS[slice])));
  const names = listAround(index, kinds, place);
  const near = place === null ? names : names.filter(({ namespace }) => namespace === place);
  const isTooMuch = (some: readonly ResourceName[], limit: number): boolean =>
    some.length > limit || some.filter(({ kind }) => ROOTS.has(kind)).length > WORKLOAD_LIMIT;
  if (isTooMuch(near, LIMIT) || (place !== null && isTooMuch(listShared(index), SHARED_LIMIT))) return null;
  return loadBodies(reader, index, names);
}
