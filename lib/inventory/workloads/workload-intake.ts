import type { JsonRecord } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { type BodyCodec, storeBody } from "../body-store";
import { type ChildController, isHistoryOf, toChildController, toChildKind } from "./child-controller";
import { createWorkload, type WorkloadFacts } from "./create-workload";
import { isLive, type LivePod, staticPodName, toLivePod } from "./live-pod";
import { ownerKey, workloadKey } from "./owner-link";
import { rollUpOwners } from "./owner-roll-up";
import { type PodShape, toPodShape } from "./pod-shape";
import { type RootRecord, toRootRecord } from "./root-record";
import { createTextPool } from "../../model/text-pool";
import { isNewer } from "./synthetic-root";
import { trimWorkload } from "../trim-object";
import type { Workload } from "./workload";
import { podSpecPath, type WorkloadKind } from "./workload-kind";

interface IntakeOptions {
  readonly isComplete: boolean;
  readonly codec: BodyCodec | "as-it-is" | undefined;
  /** Identity of an object within the scan; equal keys = the same object, read again. */
  readonly keyOf: (kind: string, ref: ResourceRef) => string;
  /** Takes the credentials out of a body that is kept. */
  readonly prepare: (body: JsonRecord) => JsonRecord;
}

interface WorkloadIntake {
  readonly add: (kind: WorkloadKind, ref: ResourceRef, body: JsonRecord) => void;
  /** A custom kind that carries pod templates; `paths` = those of its pod specs. */
  readonly addTemplated: (ref: ResourceRef, body: JsonRecord, paths: readonly string[]) => void;
  /** Rolls everything up and lets go of what is no longer needed; to be called once. */
  readonly finish: (isRead: (kind: WorkloadKind) => boolean, factsOf: (root: RootRecord, revision: string) => WorkloadFacts) => readonly Workload[];
}

/** The newest revision of each Deployment, by its ReplicaSets. */
function newestRevisions(controllers: Iterable<ChildController>): ReadonlyMap<string, string> {
  const newest = new Map<string, ChildController>();
  for (const child of controllers) {
    if (child.owner?.builtIn !== "Deployment") continue;
    const key = workloadKey("Deployment", child.ref.namespace ?? "", child.owner.name);
    if (child.revisionNumber > (newest.get(key)?.revisionNumber ?? 0)) newest.set(key, child);
  }
  return new Map([...newest].map(([key, child]) => [key, child.revision]));
}

/** Apart from where it is made, so that the body is not kept alive. */
function keepShape(shape: PodShape): () => PodShape {
  return () => shape;
}

/** Of a body that stays in memory anyway; manifests seldom come with pods to compare. */
function shapeLater(metadata: JsonRecord, spec: JsonRecord): () => PodShape {
  return () => toPodShape(metadata, spec, "");
}

/** Takes objects that hold pod specs, in any order, and keeps of each what its root will need. */
export function createWorkloadIntake({ isComplete, codec, keyOf, prepare }: IntakeOptions): WorkloadIntake {
  const pool = createTextPool();
  const roots = new Map<string, RootRecord>();
  const controllers = new Map<string, ChildController>();
  const pods = new Map<string, LivePod>();
  /** Of each owner that is known by its pods alone, the key of the pod that is kept whole. */
  const spokesmen = new Map<string, string>();

  function shapeNow(metadata: JsonRecord, spec: JsonRecord): () => PodShape {
    const shape = toPodShape(metadata, spec, "");
    return keepShape({ ...shape, text: pool.share(shape.text) });
  }

  function toRoot(kind: WorkloadKind | "Templated", ref: ResourceRef, body: JsonRecord, paths: readonly string[]): RootRecord {
    return toRootRecord({ kind, paths }, ref, body, storeBody(trimWorkload(prepare(body)), codec), codec === "as-it-is" ? shapeLater : shapeNow);
  }

  /** What a pod may have to speak for: an owner that is not read, or not yet. */
  function findUnreadOwner({ owner, ref, isMirror, ...pod }: LivePod): string | null {
    const namespace = ref.namespace ?? "";
    if (isMirror) return workloadKey("StaticPod", namespace, staticPodName({ ref, owner, ...pod }));
    if (!owner) return null;
    const key = ownerKey(owner, namespace);
    if (roots.has(key)) return null;
    const above = controllers.get(key);
    if (!above) return key;
    const top = above.owner && ownerKey(above.owner, namespace);
    return top === null || roots.has(top) ? null : top;
  }

  /** The newest pod that was seen of such an owner stands for it, in place of the one that did. */
  function standsForOwner(pod: LivePod, key: string): boolean {
    const owner = findUnreadOwner(pod);
    if (owner === null) return false;
    const rival = pods.get(spokesmen.get(owner) ?? "");
    if (rival && rival !== pod) {
      if (isNewer(rival, pod)) return false;
      const { body: _body, ...rest } = rival;
      pods.set(spokesmen.get(owner) ?? "", rest);
    }
    spokesmen.set(owner, key);
    return true;
  }

  function addPod(ref: ResourceRef, body: JsonRecord): void {
    const key = keyOf("Pod", ref);
    pods.delete(key);
    roots.delete(key);
    if (!isLive(body)) return;
    const pod = toLivePod(body, ref, pool);
    if (!pod.owner && !pod.isMirror) roots.set(key, toRoot("Pod", ref, body, [podSpecPath("Pod")]));
    const keep = (packed: typeof codec): LivePod => ({ ...pod, body: storeBody(trimWorkload(prepare(body)), packed) });
    if (!isComplete) pods.set(key, keep(codec === "as-it-is" ? codec : undefined));
    else pods.set(key, standsForOwner(pod, key) ? keep(codec) : pod);
  }

  function addController(kind: WorkloadKind, ref: ResourceRef, body: JsonRecord): void {
    const childKind = toChildKind(kind);
    const key = keyOf(kind, ref);
    if (!childKind) {
      roots.set(key, toRoot(kind, ref, body, [podSpecPath(kind)]));
      return;
    }
    const bare = toChildController(childKind, ref, body, null);
    const isOwned = bare.owner !== null && bare.owner.builtIn !== null;
    // A cluster collects what lost its owner: no body is kept for that. In manifests, whose bodies stay in memory anyway, it is there and will run.
    const isMadeByOwner = isOwned && isComplete && codec !== "as-it-is";
    if (isOwned && isComplete && isHistoryOf(childKind, body)) controllers.delete(key);
    else controllers.set(key, isMadeByOwner ? bare : { ...bare, record: toRoot(kind, ref, body, [podSpecPath(kind)]) });
  }

  return {
    addTemplated: (ref, body, paths) => {
      roots.set(keyOf(`${ref.apiVersion} ${ref.kind}`, ref), toRoot("Templated", ref, body, paths));
    },
    add: (kind, ref, body) => (kind === "Pod" ? addPod(ref, body) : addController(kind, ref, body)),
    finish: (isRead, factsOf) => {
      const revisions = newestRevisions(controllers.values());
      const rolledUp = rollUpOwners({ roots: [...roots.values()], controllers: [...controllers.values()], pods: [...pods.values()], isRead, isComplete });
      for (const held of [roots, controllers, pods, spokesmen, pool]) held.clear();
      return rolledUp.map((rolled) => {
        const { ref, kind, revision } = rolled.root;
        const byReplicaSets = revisions.get(workloadKey(kind, ref.namespace ?? "", ref.name));
        return createWorkload(rolled, factsOf(rolled.root, revision || byReplicaSets || ""));
      });
    },
  };
}
