import { cutDeep } from "../model/cut-deep";
import { readPath } from "../model/field-path";
import { type JsonRecord, dig, flag, record, text } from "../model/json";
import { messageOf } from "../model/message-of";
import { apiGroup, DEFAULT_NAMESPACE, type ResourceRef, toResourceRef } from "../model/resource-ref";
import type { BodyCodec } from "./body-store";
import { type Distribution, toPlatform } from "./cloud/cloud-provider";
import { isManagedService } from "./cloud/managed-release";
import { createConfigMapCredentials } from "./secrets/config-map-credentials";
import type { WorkloadFacts } from "./workloads/create-workload";
import { expandObjects, type InventoryError } from "./expand-objects";
import type { Inventory } from "./inventory";
import { type KubeObject, toKubeObject } from "./kube-object";
import { createKindMarks, type KindMarks } from "./kind-marks";
import { workloadKey } from "./workloads/owner-link";
import { createScopeOf, type ScopeOf } from "./platform-scope";
import { hasProviderRights } from "./provider-rbac";
import { isWindowsClass, isWindowsNode } from "./workloads/pod-os";
import { podTemplatePaths } from "./workloads/pod-template-path";
import { redact } from "./secrets/redact";
import type { RootRecord } from "./workloads/root-record";
import { findAskedSlice, toSliceKind } from "./slice-kind";
import { type ObjectSliceName, READ_BY_KIND, SLICE_KINDS, type Slice } from "./slices";
import { trimObject } from "./trim-object";
import { createWorkloadIntake } from "./workloads/workload-intake";
import type { Workload } from "./workloads/workload";
import { isOutermost, podSpecPath, toWorkloadKind, WORKLOAD_KINDS } from "./workloads/workload-kind";

export interface InventoryOptions extends Pick<Inventory, "isComplete" | "kubeVersion" | "observedAt" | "settings" | "distribution" | "unanswered"> {
  /** Packs bodies of workloads; left out = they are kept as JSON text. `as-it-is` = somebody else keeps them in memory anyway. */
  readonly codec?: BodyCodec | "as-it-is";
  /** Bodies that the store gave back: they were cut and their credentials taken out before they went in. */
  readonly isStored?: boolean;
  /** Where objects of namespaced kinds are that name no namespace; left out = `default`. */
  readonly namespace?: string;
}

/** Takes objects one at a time, in any order, and keeps of each only what will be read of it, without credentials. */
export interface InventoryBuilder {
  /** Any value; what cannot be used comes back as errors. Lists are taken apart. Never throws. */
  readonly add: (value: unknown) => readonly InventoryError[];
  /** A kind of `SLICE_KINDS` or a workload kind could not be read, or not to its end. `reason` is one sentence. */
  readonly markMissing: (kind: string, reason: string) => void;
  /** A kind was read to its end, or is not served here. */
  readonly markRead: (kind: string) => void;
  /** To be called once: the builder lets go of what it holds. */
  readonly finish: () => Inventory;
}

type Bodies = ReadonlyMap<string, ReadonlyMap<string, JsonRecord>>;

const writtenKind = (body: JsonRecord): string => text(body.kind) ?? "";

/** Some hold objects of several lists, which are read side by side: those of one list stand together, so that evidence is the same from scan to scan. */
function bodiesOf(objects: Bodies, kind: string): JsonRecord[] {
  return [...(objects.get(kind)?.values() ?? [])].sort((a, b) => Number(writtenKind(a) > writtenKind(b)) - Number(writtenKind(a) < writtenKind(b)));
}

function toSlices(objects: Bodies, marks: KindMarks, scopeOf: ScopeOf): Readonly<Record<string, Slice<KubeObject>>> {
  const names = Object.keys(SLICE_KINDS) as readonly ObjectSliceName[]; // safe: the keys of a literal
  return Object.fromEntries(
    names.map((name) => {
      const kinds: readonly string[] = SLICE_KINDS[name];
      const reason = marks.findReason(kinds);
      if (reason !== null && !READ_BY_KIND.has(name)) return [name, { state: "missing", reason }] as const;
      const unread = marks.listUnread(kinds);
      // What came of a kind before its list broke off is not the whole of it.
      const whole = kinds.filter((kind) => !unread.some((gap) => gap.kind === kind));
      const items = whole.flatMap((kind) => bodiesOf(objects, kind)).map((body) => toKubeObject(body, scopeOf));
      return [name, { state: "read", items, ...(unread.length > 0 && { unread }) }] as const;
    }),
  );
}

/** Roots of a kind that was refused are left out: what their pods show is not what they say. */
function toWorkloadSlice(items: readonly Workload[], marks: KindMarks): Slice<Workload> {
  const reason = marks.findReason(WORKLOAD_KINDS);
  if (reason === null) return { state: "read", items };
  const missing = WORKLOAD_KINDS.filter((kind) => marks.findReason([kind]) !== null);
  if (!missing.every(isOutermost)) return { state: "missing", reason };
  const isMissing = ({ ref }: Workload) => missing.some((kind) => kind === toWorkloadKind(apiGroup(ref), ref.kind));
  return { state: "missing", reason, partial: items.filter((item) => !isMissing(item)) };
}

const ARCHITECTURE = "kubernetes.io/arch";

/** What workloads ask of other objects: their namespace, their service account, their RuntimeClass, the nodes that run them. */
function createFactsOf(objects: Bodies, scopeOf: ScopeOf): (root: RootRecord, revision: string) => WorkloadFacts {
  const automount = new Map<string, boolean | undefined>();
  for (const body of bodiesOf(objects, "ServiceAccount")) {
    const { namespace, name } = toResourceRef(body);
    automount.set(`${namespace}/${name}`, flag(body.automountServiceAccountToken));
  }
  const namesOf = (bodies: readonly JsonRecord[]) => new Set(bodies.map((body) => dig(body, "metadata", "name")));
  const windowsNodes = namesOf(bodiesOf(objects, "Node").filter(isWindowsNode));
  const windowsClasses = namesOf(bodiesOf(objects, "RuntimeClass").filter(isWindowsClass));
  const architectures = new Map(
    bodiesOf(objects, "Node").map((body) => [dig(body, "metadata", "name"), text(dig(body, "metadata", "labels", ARCHITECTURE)) ?? ""]),
  );
  return ({ ref }, revision) => ({
    scope: scopeOf(ref, {}),
    accountAutomount: (account) => automount.get(`${ref.namespace}/${account}`),
    isWindowsNode: (name) => windowsNodes.has(name),
    isWindowsClass: (name) => windowsClasses.has(name),
    architectureOf: (name) => architectures.get(name) ?? "",
    revision,
  });
}

function toError(what: string, error: unknown): InventoryError {
  return { message: `${what} cannot be read: ${messageOf(error)}.` };
}

/** What reads the object later finds its namespace in it, also where it named none. */
function placeIn(namespace: string | null, body: JsonRecord): JsonRecord {
  if (namespace === null || namespace === DEFAULT_NAMESPACE || text(dig(body, "metadata", "namespace"))) return body;
  return { ...body, metadata: { ...record(body.metadata), namespace } };
}

export function createInventoryBuilder(options: InventoryOptions): InventoryBuilder {
  const { codec, namespace, isStored = false, ...facts } = options;
  const prepare = isStored ? (body: JsonRecord): JsonRecord => body : redact;
  const marks = createKindMarks();
  const objects = new Map<string, Map<string, JsonRecord>>();
  const credentials = createConfigMapCredentials();
  let serial = 0;

  /** In a cluster a second object of one name is the first, read again; in manifests both count. */
  function keyOf(kind: string, ref: ResourceRef): string {
    const key = workloadKey(kind, ref.namespace ?? "", ref.name);
    return facts.isComplete && ref.name !== "" ? key : `${key}#${serial++}`;
  }

  const workloads = createWorkloadIntake({ isComplete: facts.isComplete, codec, keyOf, prepare });

  /** Where nodes cannot be read, what was recognised last. Whoever runs a build of a service has the keys of its provider's users. */
  const findDistribution = (nodes: readonly JsonRecord[]): Distribution | null => {
    if (isStored || marks.findReason(["Node"]) !== null) return facts.distribution ?? null;
    const found = toPlatform(
      nodes.map((body) => toKubeObject(body, () => "workload")),
      facts,
    );
    const isOfPeople = isManagedService(found.distribution) && !found.isManaged;
    return hasProviderRights(found.distribution) && !isOfPeople ? found.distribution : null;
  };

  function addOne(given: JsonRecord): readonly InventoryError[] {
    const ref = toResourceRef(given, namespace);
    try {
      const body = placeIn(ref.namespace, isStored ? given : cutDeep(given));
      const workloadKind = toWorkloadKind(apiGroup(ref), ref.kind);
      // What is stored under the kind of another's companion is a root of pods.
      const isRoot = workloadKind !== null || (isStored && findAskedSlice(apiGroup(ref), ref.kind) === null);
      const sliceKind = isRoot ? null : toSliceKind(apiGroup(ref), ref.kind);
      const paths = workloadKind || sliceKind ? [] : podTemplatePaths(ref, body);
      for (const path of workloadKind ? [podSpecPath(workloadKind)] : paths) credentials.note(ref.namespace, readPath(body, path));
      if (workloadKind) workloads.add(workloadKind, ref, body);
      if (paths.length > 0) workloads.addTemplated(ref, body, paths);
      if (sliceKind) {
        const ofKind = objects.get(sliceKind) ?? new Map<string, JsonRecord>();
        // By its own kind: constraints of two templates may have one name.
        objects.set(sliceKind, ofKind.set(keyOf(ref.kind, ref), trimObject(prepare(body))));
      }
      return [];
    } catch (error) {
      return [toError(`${ref.kind} ${ref.name || "without a name"}`, error)];
    }
  }

  return {
    markMissing: marks.markMissing,
    markRead: marks.markRead,
    add: (value) => {
      try {
        const { objects: found, errors } = expandObjects(value);
        return [...errors, ...found.flatMap(addOne)];
      } catch (error) {
        return [toError("The object", error)];
      }
    },
    finish: () => {
      const distribution = findDistribution(bodiesOf(objects, "Node"));
      const scopeOf = createScopeOf(facts.settings, distribution);
      const configMaps = objects.get("ConfigMap") ?? new Map<string, JsonRecord>();
      for (const [key, body] of configMaps) configMaps.set(key, credentials.hide(body));
      const slices = toSlices(objects, marks, scopeOf);
      const items = workloads.finish((kind) => marks.findReason([kind]) === null, createFactsOf(objects, scopeOf));
      const ofWorkloads = toWorkloadSlice(items, marks);
      objects.clear();
      return { ...facts, distribution, slices: { ...slices, workloads: ofWorkloads } as unknown as Inventory["slices"] }; // safe: one entry per slice name
    },
  };
}
