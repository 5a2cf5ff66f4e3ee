import "server-only";
import type { Pool } from "pg";
import { formatCount } from "@/lib/format/numbers";
import { identityKey, listImplicitGroups } from "@/lib/graph/rbac/identity";
import type { Identity } from "@/lib/graph/rbac/principal";
import { toIdentityRef } from "@/lib/graph/rbac/principals";
import { buildRbacIndex } from "@/lib/graph/rbac/rbac-index";
import { maySelect } from "@/lib/inventory/labels/added-labels";
import { configMapUsersView } from "@/lib/inventory/secrets/config-map-uses";
import { createContext } from "@/lib/inventory/context";
import { exposureView } from "@/lib/inventory/routes/exposure";
import { isRoute, routeAttachmentsView } from "@/lib/inventory/routes/gateway-routes";
import { backendPorts } from "@/lib/inventory/routes/ingress-backends";
import type { Settings } from "@/lib/inventory/inventory";
import { secretUsesView } from "@/lib/inventory/secrets/secret-uses";
import { accountsInUseView } from "@/lib/inventory/workloads/accounts-in-use";
import { accountNameOf } from "@/lib/inventory/workloads/service-account-token";
import { findAskedSlice } from "@/lib/inventory/slice-kind";
import type { ObjectSliceName, SliceName } from "@/lib/inventory/slices";
import type { Context } from "@/lib/inventory/view";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import type { Relation } from "@/lib/model/relation";
import { apiGroup, type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadResourceIndex, namesIn } from "@/lib/store/as-of/resource-index";
import type { ResourceName } from "@/lib/store/as-of/resource-names";
import { listNotMeeting } from "@/lib/store/findings/list-failing";
import { loadManifests } from "@/lib/store/list-manifests";
import { isOfPods } from "./find-unread";
import type { FilledReader } from "./open-reader";
import { loadSettingsAt } from "./settings-at";
import { toInventory } from "./to-inventory";
import { withTemplate } from "./with-template";

/** More objects of one sort than this are not looked through for a page. */
const LIMIT = 1_000;
/** Of the whole cluster, kept for all pages of a snapshot. */
const SHARED_LIMIT = 4_000;

/** What an object is found through, and judged by: a slice, or the roots of pods. */
export type RelatedSource = ObjectSliceName | "workloads";

export interface Related {
  /** By resource key. Those that met all that they were asked may be left out. */
  readonly objects: ReadonlyMap<string, Relation>;
  /** What had to be looked through for them. */
  readonly sources: ReadonlySet<RelatedSource>;
  /** Of these, what was too much, and why. */
  readonly tooMany: ReadonlyMap<RelatedSource, string>;
}

/** Null = an identity, or the cluster as a whole. */
export function toRelatedSource(group: string, kind: string): RelatedSource | null {
  return findAskedSlice(group, kind) ?? (isOfPods(group, kind) ? "workloads" : null);
}

const sourceOf = (ref: Pick<ResourceRef, "apiVersion" | "kind">): RelatedSource | null => toRelatedSource(apiGroup(ref), ref.kind);

/** A static pod runs as no account of the API: the kubelet starts it from a file of its node. */
const hasAccount = ({ kind }: ResourceRef): boolean => kind !== "StaticPod";

async function load({ pool, at }: FilledReader, names: readonly ResourceName[]): Promise<readonly JsonRecord[]> {
  const bodies = await loadManifests(
    pool,
    at.seq,
    names.map(({ id }) => id),
  );
  return [...bodies.values()].filter(isRecord);
}

/** Keys of bindings by the identity that they name. */
type BoundBy = ReadonlyMap<string, readonly string[]>;
const boundCaches = heldBy<Pool, LruCache<BoundBy | null>>("judged-bindings", () => new LruCache(40_000, (bound) => (bound?.size ?? 0) + 100));

/** The bindings that do not meet some control, by whom they bind. Null when they are too many. */
function loadBound(reader: FilledReader, judged: readonly ResourceName[]): Promise<BoundBy | null> {
  return boundCaches(reader.pool).get(`${reader.cluster.id}/${reader.at.seq}`, async () => {
    const names = judged.filter((name) => sourceOf(name) === "bindings");
    if (names.length > SHARED_LIMIT) return null;
    const bodies = await load(reader, names);
    const { slices } = createContext(toInventory(bodies, { ...reader.at, settings: await loadSettingsAt(reader) }));
    const { entries } = buildRbacIndex([], slices.bindings);
    return new Map([...entries].map(([key, bound]) => [key, bound.map(({ binding }) => resourceKey(binding.object.ref))]));
  });
}

const gatewayCaches = heldBy<Pool, LruCache<readonly JsonRecord[] | null>>("gateways", () => new LruCache(8_000, (bodies) => (bodies?.length ?? 0) + 100));

/** Gateways, routes, and the namespaces whose labels decide which routes they take. Null when they are too many. */
function loadGateways(reader: FilledReader): Promise<readonly JsonRecord[] | null> {
  return gatewayCaches(reader.pool).get(`${reader.cluster.id}/${reader.at.seq}`, async () => {
    const { names } = await loadResourceIndex(reader.pool, reader.cluster.id, reader.at.seq);
    const wanted = names.filter((name) => ["gateways", "namespaces"].includes(sourceOf(name) ?? ""));
    return wanted.length > SHARED_LIMIT ? null : load(reader, wanted);
  });
}

interface Asked {
  readonly reader: FilledReader;
  readonly settings: Settings;
  readonly ref: ResourceRef;
  /** Its namespace. */
  readonly place: string;
  readonly body: JsonRecord;
  /** What does not meet some control, of the whole cluster. */
  readonly judged: readonly ResourceName[];
}

/** Looks for what one object of a namespace hangs on. What meets all that it is asked is looked up only where it leads to something else. */
class Search {
  readonly objects = new Map<string, Relation>();
  readonly sources = new Set<RelatedSource>();
  readonly tooMany = new Map<RelatedSource, string>();
  private readonly asked: Asked;
  private readonly near: readonly ResourceName[];

  constructor(asked: Asked) {
    this.asked = asked;
    this.near = asked.judged.filter(({ namespace }) => namespace === asked.place);
  }

  private add(relation: Relation, ref: ResourceRef): void {
    const key = resourceKey(ref);
    if (!this.objects.has(key)) this.objects.set(key, relation);
  }

  private core(kind: string, name: string, namespace: string | null = this.asked.place): ResourceRef {
    return { apiVersion: "v1", kind, namespace, name };
  }

  private skip(source: RelatedSource, limit: number): void {
    this.tooMany.set(source, `There are more than ${formatCount(limit)} of them: more than a page looks through.`);
  }

  /** Those of `names` from a source. */
  private async loadFrom(source: RelatedSource, names: readonly ResourceName[]): Promise<readonly JsonRecord[]> {
    const wanted = names.filter((name) => sourceOf(name) === source);
    this.sources.add(source);
    if (wanted.length <= LIMIT) return load(this.asked.reader, wanted);
    this.skip(source, LIMIT);
    return [];
  }

  private worldOf(bodies: readonly JsonRecord[]): Context<SliceName> {
    return createContext(toInventory(bodies.map(withTemplate), { ...this.asked.reader.at, settings: this.asked.settings }));
  }

  private addNamespace(): void {
    this.sources.add("namespaces");
    this.add("namespace", this.core("Namespace", this.asked.place, null));
  }

  /** The bindings that name an account, or a group that it is always in, and these groups. */
  private async addRights(name: string): Promise<void> {
    const account: Identity = { kind: "ServiceAccount", namespace: this.asked.place, name };
    for (const source of ["roles", "bindings"] as const) this.sources.add(source);
    const groups = listImplicitGroups(account).map((group): Identity => ({ kind: "Group", namespace: null, name: group }));
    for (const group of groups) this.add("rights", toIdentityRef(group));
    const bound = await loadBound(this.asked.reader, this.asked.judged);
    if (bound === null) this.skip("bindings", SHARED_LIMIT);
    for (const identity of [account, ...groups])
      for (const key of bound?.get(identityKey(identity)) ?? []) if (!this.objects.has(key)) this.objects.set(key, "rights");
  }

  /** What the object names in its own fields. */
  private addNamed(alone: Context<SliceName>): void {
    const named = [
      ["configMaps", "ConfigMap", [...alone.view(configMapUsersView).keys()]],
      ["secrets", "Secret", [...alone.view(secretUsesView)]],
    ] as const;
    for (const [source, kind, keys] of named) {
      if (keys.length > 0) this.sources.add(source);
      for (const key of keys) this.add("config", this.core(kind, key.slice(key.indexOf("/") + 1), key.slice(0, key.indexOf("/"))));
    }
  }

  private async listServices(): Promise<readonly JsonRecord[]> {
    const index = await loadResourceIndex(this.asked.reader.pool, this.asked.reader.cluster.id, this.asked.reader.at.seq);
    const names = namesIn(index, this.asked.place);
    return [...(await this.loadFrom("services", names)), ...(await this.loadFrom("endpointSlices", names))];
  }

  /** The Services whose selectors, or endpoints, name its pods, and what leads to these from outside. */
  private async addEntries(): Promise<void> {
    this.sources.add("services").add("endpointSlices").add("ingresses").add("gateways");
    const hasGateway = this.asked.judged.some((name) => sourceOf(name) === "gateways");
    if (!hasGateway && !this.near.some((name) => ["services", "ingresses", "customRoutes"].includes(sourceOf(name) ?? ""))) return;
    const gateways = hasGateway ? await loadGateways(this.asked.reader) : [];
    if (gateways === null) this.skip("gateways", SHARED_LIMIT);
    const routes = [...(await this.loadFrom("ingresses", this.near)), ...(await this.loadFrom("customRoutes", this.near))];
    const context = this.worldOf([this.asked.body, ...(await this.listServices()), ...routes, ...(gateways ?? [])]);
    const [self] = context.slices.workloads;
    const { parentsOf } = context.view(routeAttachmentsView);
    for (const { via, exposure } of self ? context.view(exposureView)(self) : []) {
      if (via === null || exposure === "none") continue;
      this.add("entry", via.ref);
      for (const { parent, gateway, isTaken } of isRoute(via) ? parentsOf(via) : []) {
        if (isTaken === false) continue;
        this.add("entry", parent.ref);
        if (gateway) this.add("entry", gateway.ref);
      }
    }
  }

  /** What a Service or an Ingress leads to. */
  private async addTargets(alone: Context<SliceName>): Promise<void> {
    const context = this.worldOf([
      ...(await this.listServices()),
      ...alone.slices.ingresses.map(({ body }) => body),
      ...(await this.loadFrom("workloads", this.near)),
    ]);
    for (const name of alone.slices.ingresses.flatMap((ingress) => [...backendPorts(ingress).keys()])) this.add("target", this.core("Service", name));
    const key = resourceKey(this.asked.ref);
    const entriesOf = context.view(exposureView);
    for (const workload of context.slices.workloads)
      if (entriesOf(workload).some(({ via }) => via && resourceKey(via.ref) === key)) this.add("target", workload.ref);
  }

  private async addUsers(): Promise<void> {
    const { name } = this.asked.ref;
    for (const workload of this.worldOf(await this.loadFrom("workloads", this.near)).slices.workloads) {
      const runsAsIt = hasAccount(workload.ref) && !workload.isFinished && workload.views().some((pod) => accountNameOf(pod) === name);
      if (runsAsIt) this.add("user", workload.ref);
    }
  }

  private async addPolicies(alone: Context<SliceName>): Promise<void> {
    const { slices } = this.worldOf(await this.loadFrom("networkPolicies", this.near));
    for (const policy of slices.networkPolicies)
      if (alone.slices.workloads.some((workload) => maySelect(record(policy.body.spec).podSelector, workload))) this.add("policy", policy.ref);
  }

  async run(): Promise<Related> {
    const alone = this.worldOf([this.asked.body]);
    const [workload] = alone.slices.workloads;
    const source = sourceOf(this.asked.ref);
    if (workload && !workload.isFinished) {
      for (const account of hasAccount(this.asked.ref) ? alone.view(accountsInUseView) : []) {
        const name = account.slice(account.indexOf("/") + 1);
        this.sources.add("serviceAccounts");
        this.add("account", this.core("ServiceAccount", name));
        await this.addRights(name);
      }
      this.addNamespace();
      await this.addPolicies(alone);
      await this.addEntries();
      this.addNamed(alone);
    }
    if (source === "services" || source === "ingresses") {
      await this.addTargets(alone);
      this.addNamed(alone);
      this.addNamespace();
    }
    if (source === "serviceAccounts") {
      await this.addRights(this.asked.ref.name);
      await this.addUsers();
      this.addNamespace();
    }
    // What is to be said of its own kind stands on its page already.
    this.objects.delete(resourceKey(this.asked.ref));
    if (source) this.sources.delete(source);
    return this;
  }
}

/**
 * The objects that a workload, a Service, an Ingress or a service account hangs on, as of the reader's snapshot; none for other kinds, and for what is
 * over. Costs as much as its namespace holds of them, not the cluster.
 */
export async function listRelated(reader: FilledReader, ref: ResourceRef, manifest: JsonRecord | null): Promise<Related> {
  if (manifest === null || ref.namespace === null) return { objects: new Map(), sources: new Set(), tooMany: new Map() };
  const judged = await listNotMeeting(reader.pool, reader.cluster.id, reader.at.seq);
  return new Search({ reader, settings: await loadSettingsAt(reader), ref, place: ref.namespace, body: manifest, judged }).run();
}
