import { type ResourceRef, resourceKey } from "../../model/resource-ref";
import type { ChildController } from "./child-controller";
import { type LivePod, staticPodName } from "./live-pod";
import { type OwnerLink, ownerKey, workloadKey } from "./owner-link";
import type { RootRecord } from "./root-record";
import { newestFirst, toRootFromController, toRootFromPod } from "./synthetic-root";
import type { WorkloadKind } from "./workload-kind";

/** A root with the live pods that roll up to it. */
export interface RolledUp {
  readonly root: RootRecord;
  readonly pods: readonly LivePod[];
}

interface RollUpInput {
  /** Objects that own pods and are roots by themselves: Deployments, bare pods, ... */
  readonly roots: readonly RootRecord[];
  readonly controllers: readonly ChildController[];
  /** Live pods with an owner, mirror pods included. */
  readonly pods: readonly LivePod[];
  /** False when a kind could not be listed: then an absent owner may still exist. */
  readonly isRead: (kind: WorkloadKind) => boolean;
  /** In a partial set an absent owner proves nothing. */
  readonly isComplete: boolean;
}

type Resolved = { readonly to: "root"; readonly key: string } | { readonly to: "owner"; readonly owner: OwnerLink } | { readonly to: "orphan" };

/** Of ReplicaSets and Jobs in a row, of which each is owned by the next: a custom owner may put two between. */
const MOST_OWNERS = 20;

/** Set on pods whose owner is gone: `Kind/name`. */
export const ORPHANED_OWNER = "concentric.dev/orphaned-owner";

interface Group {
  readonly ref: ResourceRef;
  readonly pods: LivePod[];
  readonly controllers: ChildController[];
}

function parentName(owner: OwnerLink, revision: string): { kind: WorkloadKind; name: string } | null {
  if (owner.builtIn === "ReplicaSet" && revision !== "" && owner.name.endsWith(`-${revision}`)) {
    return { kind: "Deployment", name: owner.name.slice(0, -revision.length - 1) };
  }
  const scheduled = owner.builtIn === "Job" ? /^(.+)-\d{6,}$/.exec(owner.name)?.[1] : undefined;
  return scheduled === undefined ? null : { kind: "CronJob", name: scheduled };
}

function rootKey({ ref, kind }: RootRecord): string {
  const namespace = ref.namespace ?? "";
  return kind === "Templated" ? ownerKey({ ...ref, builtIn: null }, namespace) : workloadKey(kind, namespace, ref.name);
}

class RollUp {
  private readonly input: RollUpInput;
  private readonly children: ReadonlyMap<string, ChildController>;
  private readonly found = new Map<string, { root: RootRecord; pods: LivePod[] }>();
  private readonly groups = new Map<string, Group>();
  private readonly results: RolledUp[] = [];

  constructor(input: RollUpInput) {
    this.input = input;
    this.children = new Map(input.controllers.map((child) => [workloadKey(child.kind, child.ref.namespace ?? "", child.ref.name), child]));
    for (const root of input.roots) this.addRoot(root);
    for (const root of input.roots) this.foldIntoOwner(root);
  }

  private addRoot(root: RootRecord): void {
    const entry = { root, pods: [] as LivePod[] };
    this.results.push(entry);
    this.found.set(rootKey(root), entry);
  }

  /** What a custom object makes of its own templates shows the same pods again: the RayCluster of a RayJob, the StatefulSet of a LeaderWorkerSet. */
  private foldIntoOwner(root: RootRecord): void {
    const own = this.found.get(rootKey(root));
    const above = root.owner ? this.found.get(ownerKey(root.owner, root.ref.namespace ?? "")) : undefined;
    if (!own || above?.root.kind !== "Templated" || own === above) return;
    this.found.set(rootKey(root), above);
    this.results.splice(this.results.indexOf(own), 1);
  }

  /** Null where owners own each other in a ring, or follow on more than any that are there: whoever is owned so stands by itself. */
  private resolve(first: OwnerLink, namespace: string, revision: string): Resolved | null {
    let highest: Resolved = { to: "orphan" };
    let owner = first;
    for (let steps = 0; steps < MOST_OWNERS; steps += 1) {
      const key = ownerKey(owner, namespace);
      if (this.found.has(key)) return { to: "root", key };
      if (owner.builtIn === null) return { to: "owner", owner };
      const child = this.children.get(key);
      if (!child) {
        const above = this.resolveUnread(owner, owner.builtIn, namespace, revision);
        return above.to === "orphan" ? highest : above;
      }
      if (child.record) highest = { to: "root", key };
      if (!child.owner) return highest;
      owner = child.owner;
    }
    return null;
  }

  /** The ReplicaSet or Job between them was not read, or came and went between two pages: names tell the rest. */
  private resolveUnread(owner: OwnerLink, kind: WorkloadKind, namespace: string, revision: string): Resolved {
    const parent = parentName(owner, revision);
    const parentKey = parent ? workloadKey(parent.kind, namespace, parent.name) : "";
    if (this.found.has(parentKey)) return { to: "root", key: parentKey };
    return this.input.isRead(kind) ? { to: "orphan" } : { to: "owner", owner };
  }

  private group(key: string, ref: ResourceRef): Group {
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = { ref, pods: [], controllers: [] }));
    return group;
  }

  private groupOf(owner: OwnerLink, namespace: string): Group {
    return this.group(ownerKey(owner, namespace), { apiVersion: owner.apiVersion, kind: owner.kind, namespace, name: owner.name });
  }

  private placeController(child: ChildController): void {
    const above = child.owner ? this.resolve(child.owner, child.ref.namespace ?? "", child.revision) : null;
    if (above?.to === "root") return;
    if (above?.to === "owner") this.groupOf(above.owner, child.ref.namespace ?? "").controllers.push(child);
    else if (child.record && !(above && child.isHistory)) this.addRoot(above ? this.orphaned(child.record, child.owner) : child.record);
  }

  private orphaned(root: RootRecord, owner: OwnerLink | null): RootRecord {
    return owner && this.input.isComplete ? { ...root, notes: { [ORPHANED_OWNER]: `${owner.kind}/${owner.name}` } } : root;
  }

  private placePod(pod: LivePod): void {
    const namespace = pod.ref.namespace ?? "";
    if (pod.isMirror) {
      const ref = { apiVersion: "v1", kind: "StaticPod", namespace, name: staticPodName(pod) };
      this.group(resourceKey(ref), ref).pods.push(pod);
      return;
    }
    const own = workloadKey("Pod", namespace, pod.ref.name);
    const above = pod.owner ? this.resolve(pod.owner, namespace, pod.revision) : { to: "root" as const, key: own };
    if (above?.to === "owner") this.groupOf(above.owner, namespace).pods.push(pod);
    else if (above?.to === "root" && this.found.has(above.key)) this.found.get(above.key)?.pods.push(pod);
    else {
      const root = toRootFromPod(pod.ref, "Pod", pod);
      // A pod of a manifest is judged as it is written.
      const whole = this.input.isComplete || !pod.body ? root : { ...root, body: pod.body };
      this.results.push({ root: above ? this.orphaned(whole, pod.owner) : whole, pods: [pod] });
    }
  }

  run(): RolledUp[] {
    for (const child of this.input.controllers) this.placeController(child);
    for (const pod of this.input.pods) this.placePod(pod);
    for (const { ref, pods, controllers } of this.groups.values()) {
      const newest = newestFirst(pods)[0];
      const kind = ref.kind === "StaticPod" ? "StaticPod" : "Custom";
      const root = newest ? toRootFromPod(ref, kind, newest, pods) : toRootFromController(ref, controllers);
      if (root) this.results.push({ root, pods });
    }
    return this.results;
  }
}

/** Rolls pods up to the topmost readable object that owns them (catalogue 1.3): each pod counts under one root. */
export function rollUpOwners(input: RollUpInput): readonly RolledUp[] {
  return new RollUp(input).run();
}
