import { type JsonRecord, record, records, text, textMap } from "../../model/json";
import { isNode, type ResourceRef } from "../../model/resource-ref";
import { withEndedRuns } from "./debug-runs";
import { findOwner, type OwnerLink } from "./owner-link";
import { type PodShape, toPodShape } from "./pod-shape";
import { toRunsText } from "../images/running-images";
import type { TextPool } from "../../model/text-pool";

const PER_POD_LABELS = new Set([
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "controller-uid",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-completion-index",
]);

/** A pod that belongs to some owner, reduced to what its root needs of it. */
export interface LivePod {
  readonly ref: ResourceRef;
  readonly owner: OwnerLink | null;
  readonly isMirror: boolean;
  readonly nodeName: string;
  /** Milliseconds; 0 = not known. */
  readonly createdAtMs: number;
  readonly shape: PodShape;
  /** JSON of the labels that its siblings have as well. */
  readonly labels: string;
  /** What tells revisions of one owner apart. */
  readonly revision: string;
  /** Which builds of its images it runs, as `toRunsText` writes them. */
  readonly runs: string;
  /** Names of the Secrets that it pulls its images with, one a line. */
  readonly pullSecrets: string;
  /** It takes work, by its conditions; null = they are not told, as in manifests. */
  readonly isReady: boolean | null;
  /** The whole pod; kept where it may become a root, or stand for one: of each owner that is known by its pods alone the newest. Of manifests, of all. */
  readonly body?: () => JsonRecord;
}

/** Pending or running, and not being deleted. Manifests say no phase. */
export function isLive(pod: JsonRecord): boolean {
  const phase = text(record(pod.status).phase);
  return phase !== "Succeeded" && phase !== "Failed" && !text(record(pod.metadata).deletionTimestamp);
}

function findReady(status: unknown): boolean | null {
  const { conditions, phase } = record(status);
  const ready = records(conditions).find(({ type }) => type === "Ready");
  if (ready) return ready.status === "True";
  // One that no node has taken yet tells no condition of that name.
  return phase === "Pending" || records(conditions).length > 0 ? false : null;
}

function isMirrorPod(metadata: JsonRecord, owner: OwnerLink | null): boolean {
  return (owner !== null && isNode(owner)) || textMap(metadata.annotations)["kubernetes.io/config.mirror"] !== undefined;
}

/** Nodes write static pods as `<name>-<node>`. */
export function staticPodName(pod: Pick<LivePod, "ref" | "nodeName" | "owner">): string {
  const node = pod.nodeName || (pod.owner && isNode(pod.owner) ? pod.owner.name : "");
  const suffix = `-${node}`;
  const name = pod.ref.name;
  return node !== "" && name.endsWith(suffix) && name.length > suffix.length ? name.slice(0, -suffix.length) : name;
}

function shareOwner(owner: OwnerLink | null, { share }: TextPool): OwnerLink | null {
  return owner && { ...owner, apiVersion: share(owner.apiVersion), kind: share(owner.kind), name: share(owner.name) };
}

/** Siblings repeat most texts: the pool keeps one copy of each. */
export function toLivePod(body: JsonRecord, ref: ResourceRef, pool: TextPool): LivePod {
  const { share } = pool;
  const metadata = record(body.metadata);
  const spec = withEndedRuns(record(body.spec), body.status);
  const owner = findOwner(metadata);
  const shape = toPodShape(metadata, spec, ref.name);
  const labels = textMap(metadata.labels);
  const kept = Object.fromEntries(Object.entries(labels).filter(([key]) => !PER_POD_LABELS.has(key)));
  return {
    ref: { apiVersion: "v1", kind: "Pod", namespace: share(ref.namespace ?? "default"), name: ref.name },
    owner: shareOwner(owner, pool),
    isMirror: isMirrorPod(metadata, owner),
    nodeName: share(text(spec.nodeName) ?? ""),
    createdAtMs: Date.parse(text(metadata.creationTimestamp) ?? "") || 0,
    shape: { text: share(shape.text), hasToken: shape.hasToken, affinity: share(shape.affinity) },
    labels: share(JSON.stringify(kept)),
    revision: share(labels["pod-template-hash"] ?? labels["controller-revision-hash"] ?? ""),
    runs: share(toRunsText(spec, body.status)),
    isReady: findReady(body.status),
    pullSecrets: share(
      records(spec.imagePullSecrets)
        .flatMap(({ name }) => text(name) || [])
        .join("\n"),
    ),
  };
}
