import { type JsonRecord, dig, flag } from "../model/json";
import { apiGroup, type ResourceRef, toResourceRef } from "../model/resource-ref";
import { type BodyCodec, storeBody } from "./body-store";
import { type ChildController, isHistoryOf, toChildController, toChildKind } from "./child-controller";
import { createWorkload } from "./create-workload";
import { expandObjects, type InventoryError } from "./expand-objects";
import type { Inventory } from "./inventory";
import { type KubeObject, toKubeObject } from "./kube-object";
import { isLive, type LivePod, toLivePod } from "./live-pod";
import { workloadKey } from "./owner-link";
import { rollUpOwners } from "./owner-roll-up";
import { createScopeOf } from "./platform-scope";
import { isWindowsNode } from "./pod-os";
import type { PodShape } from "./pod-shape";
import { type RootRecord, toRootRecord } from "./root-record";
import { toSliceKind } from "./slice-kind";
import { SLICE_KINDS, type ObjectSliceName, type Slice } from "./slices";
import { trimObject, trimWorkload } from "./trim-object";
import { toWorkloadKind, WORKLOAD_KINDS, type WorkloadKind } from "./workload-kind";

export interface InventoryOptions extends Pick<Inventory, "isComplete" | "kubeVersion" | "observedAt" | "settings"> {
  /** Packs bodies of workloads; left out = they are kept as JSON text. */
  readonly codec?: BodyCodec;
  /** Asked only of RBAC objects that look like a shipped default; left out = its rules or subjects equal the shipped ones. */
  readonly isShippedDefault?: (ref: ResourceRef, body: JsonRecord) => boolean;
}

/** Takes objects one at a time, in any order, and keeps of each only what will be read of it. */
export interface InventoryBuilder {
  /** Any value; what cannot be used comes back as errors. Lists are taken apart. Never throws. */
  readonly add: (value: unknown) => readonly InventoryError[];
  /** A kind of `SLICE_KINDS` or a workload kind could not be read, or not to its end. `reason` is one sentence. */
  readonly markMissing: (kind: string, reason: string) => void;
  /** A kind was read to its end, or is not served here. */
  readonly markRead: (kind: string) => void;
  readonly finish: () => Inventory;
}

const NOT_READ = "was not read.";

class Builder {
  private readonly options: InventoryOptions;
  private readonly texts = new Map<string, string>();
  private readonly roots = new Map<string, RootRecord>();
  private readonly controllers = new Map<string, ChildController>();
  private readonly pods = new Map<string, LivePod>();
  private readonly objects = new Map<string, Map<string, JsonRecord>>();
  private readonly missing = new Map<string, string>();
  private readonly read = new Set<string>();
  private unnamed = 0;

  constructor(options: InventoryOptions) {
    this.options = options;
  }

  add(value: unknown): readonly InventoryError[] {
    try {
      const { objects, errors } = expandObjects(value);
      return [...errors, ...objects.flatMap((object) => this.addOne(object))];
    } catch (error) {
      return [{ message: `The object cannot be read: ${error instanceof Error ? error.message : String(error)}.` }];
    }
  }

  private addOne(body: JsonRecord): readonly InventoryError[] {
    const ref = toResourceRef(body);
    const workloadKind = toWorkloadKind(apiGroup(ref), ref.kind);
    const sliceKind = workloadKind ? null : toSliceKind(apiGroup(ref), ref.kind);
    try {
      if (workloadKind) this.addWorkload(workloadKind, ref, body);
      else if (sliceKind) this.addObject(sliceKind, ref, body);
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [{ message: `${ref.kind} ${ref.name || "without a name"} cannot be read: ${reason}.` }];
    }
  }

  /** In a cluster a second object of one name is the first, read again; in manifests both count. */
  private key(kind: string, ref: ResourceRef): string {
    const key = workloadKey(kind, ref.namespace ?? "", ref.name);
    return this.options.isComplete && ref.name !== "" ? key : `${key}#${this.unnamed++}`;
  }

  private intern(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  }

  private internShape(shape: PodShape): PodShape {
    return { text: this.intern(shape.text), hasToken: shape.hasToken, affinity: this.intern(shape.affinity) };
  }

  private toRoot(kind: WorkloadKind, ref: ResourceRef, body: JsonRecord): RootRecord {
    const root = toRootRecord(kind, ref, body, storeBody(trimWorkload(body), this.options.codec));
    return { ...root, shape: this.internShape(root.shape) };
  }

  private addWorkload(kind: WorkloadKind, ref: ResourceRef, body: JsonRecord): void {
    if (kind === "Pod") {
      this.addPod(ref, body);
      return;
    }
    const childKind = toChildKind(kind);
    if (!childKind) {
      this.roots.set(this.key(kind, ref), this.toRoot(kind, ref, body));
      return;
    }
    const bare = toChildController(childKind, ref, body, null);
    const isOwned = bare.owner !== null && bare.owner.builtIn !== null;
    if (isOwned && this.options.isComplete && isHistoryOf(childKind, body)) return;
    const needsBody = !isOwned || !this.options.isComplete;
    this.controllers.set(this.key(kind, ref), needsBody ? { ...bare, record: this.toRoot(kind, ref, body) } : bare);
  }

  private addPod(ref: ResourceRef, body: JsonRecord): void {
    const key = this.key("Pod", ref);
    this.pods.delete(key);
    this.roots.delete(key);
    if (!isLive(body)) return;
    const pod = toLivePod(body, ref);
    const slim = { ...pod, shape: this.internShape(pod.shape), labels: this.intern(pod.labels) };
    if (!pod.owner && !pod.isMirror) this.roots.set(key, this.toRoot("Pod", ref, body));
    this.pods.set(key, this.options.isComplete ? slim : { ...slim, body: storeBody(trimWorkload(body), undefined) });
  }

  private addObject(sliceKind: string, ref: ResourceRef, body: JsonRecord): void {
    let ofKind = this.objects.get(sliceKind);
    if (!ofKind) this.objects.set(sliceKind, (ofKind = new Map()));
    ofKind.set(this.key(sliceKind, ref), trimObject(body));
  }

  markMissing(kind: string, reason: string): void {
    this.missing.set(kind, reason);
  }

  markRead(kind: string): void {
    this.read.add(kind);
    this.missing.delete(kind);
  }

  private reasonMissing(kinds: readonly string[]): string | null {
    for (const kind of kinds) {
      const reason = this.missing.get(kind);
      if (reason !== undefined) return reason;
    }
    const unread = kinds.find((kind) => !this.read.has(kind));
    return unread === undefined ? null : `${unread} ${NOT_READ}`;
  }

  private finishObjects(toObject: (body: JsonRecord) => KubeObject): Readonly<Record<string, Slice<KubeObject>>> {
    const names = Object.keys(SLICE_KINDS) as readonly ObjectSliceName[]; // safe: the keys of a literal
    return Object.fromEntries(
      names.map((name) => {
        const kinds: readonly string[] = SLICE_KINDS[name];
        const reason = this.reasonMissing(kinds);
        const items = kinds.flatMap((kind) => [...(this.objects.get(kind)?.values() ?? [])].map(toObject));
        return [name, reason === null ? { state: "read", items } : { state: "missing", reason }] as const;
      }),
    );
  }

  /** The newest revision of each Deployment, by its ReplicaSets. */
  private newestRevisions(): ReadonlyMap<string, string> {
    const newest = new Map<string, ChildController>();
    for (const child of this.controllers.values()) {
      if (child.owner?.builtIn !== "Deployment") continue;
      const key = workloadKey("Deployment", child.ref.namespace ?? "", child.owner.name);
      if (child.revisionNumber > (newest.get(key)?.revisionNumber ?? 0)) newest.set(key, child);
    }
    return new Map([...newest].map(([key, child]) => [key, child.revision]));
  }

  finish(): Inventory {
    const { codec: _codec, isShippedDefault, ...facts } = this.options;
    const scopeOf = createScopeOf(facts.settings, isShippedDefault);
    const objects = this.finishObjects((body) => toKubeObject(body, scopeOf));
    const accounts = new Map<string, boolean | undefined>();
    for (const body of this.objects.get("ServiceAccount")?.values() ?? []) {
      const ref = toResourceRef(body);
      accounts.set(`${ref.namespace}/${ref.name}`, flag(body.automountServiceAccountToken));
    }
    const windowsNodes = new Set([...(this.objects.get("Node")?.values() ?? [])].filter(isWindowsNode).map((body) => String(dig(body, "metadata", "name"))));
    const revisions = this.newestRevisions();
    const rolledUp = rollUpOwners({
      roots: [...this.roots.values()],
      controllers: [...this.controllers.values()],
      pods: [...this.pods.values()],
      isRead: (kind) => this.reasonMissing([kind]) === null,
      isComplete: facts.isComplete,
    });
    const items = rolledUp.map((rolled) => {
      const { ref, serviceAccountName, revision } = rolled.root;
      return createWorkload(rolled, {
        scope: scopeOf(ref, {}),
        accountAutomount: accounts.get(`${ref.namespace}/${serviceAccountName}`),
        isWindowsNode: (name) => windowsNodes.has(name),
        revision: revision || revisions.get(workloadKey(ref.kind, ref.namespace ?? "", ref.name)) || "",
      });
    });
    const reason = this.reasonMissing(WORKLOAD_KINDS);
    const workloads = reason === null ? { state: "read", items } : { state: "missing", reason };
    return { ...facts, slices: { ...objects, workloads } as unknown as Inventory["slices"] }; // safe: one entry per slice name
  }
}

export function createInventoryBuilder(options: InventoryOptions): InventoryBuilder {
  const builder = new Builder(options);
  return {
    add: (value) => builder.add(value),
    markMissing: (kind, reason) => builder.markMissing(kind, reason),
    markRead: (kind) => builder.markRead(kind),
    finish: () => builder.finish(),
  };
}
