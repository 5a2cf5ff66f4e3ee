import { type JsonRecord, record, text, textMap } from "../model/json";
import type { ResourceRef } from "../model/resource-ref";
import { findOwner, type OwnerLink } from "./owner-link";
import { type PodShape, toPodShape } from "./pod-shape";

const PER_POD_LABELS = new Set(["statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "controller-uid", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index"]);

/** A pod that belongs to some owner, reduced to what its root needs of it. */
export interface LivePod {
  readonly ref: ResourceRef;
  readonly owner: OwnerLink | null;
  readonly isMirror: boolean;
  readonly nodeName: string;
  readonly createdAt: string;
  readonly shape: PodShape;
  /** JSON of the labels that its siblings have as well. */
  readonly labels: string;
  /** What tells revisions of one owner apart. */
  readonly revision: string;
  /** The whole pod; kept only for sets of manifests, where its owner may not be there. */
  readonly body?: () => JsonRecord;
}

/** Pending or running, and not being deleted. Manifests say no phase. */
export function isLive(pod: JsonRecord): boolean {
  const phase = text(record(pod.status).phase);
  return phase !== "Succeeded" && phase !== "Failed" && !text(record(pod.metadata).deletionTimestamp);
}

export function isMirrorPod(metadata: JsonRecord, owner: OwnerLink | null): boolean {
  return owner?.kind === "Node" || textMap(metadata.annotations)["kubernetes.io/config.mirror"] !== undefined;
}

/** Nodes write static pods as `<name>-<node>`. */
export function staticPodName(pod: Pick<LivePod, "ref" | "nodeName" | "owner">): string {
  const node = pod.nodeName || (pod.owner?.kind === "Node" ? pod.owner.name : "");
  const suffix = `-${node}`;
  const name = pod.ref.name;
  return node !== "" && name.endsWith(suffix) && name.length > suffix.length ? name.slice(0, -suffix.length) : name;
}

export function toLivePod(body: JsonRecord, ref: ResourceRef): LivePod {
  const metadata = record(body.metadata);
  const spec = record(body.spec);
  const owner = findOwner(metadata);
  const labels = textMap(metadata.labels);
  const kept = Object.fromEntries(Object.entries(labels).filter(([key]) => !PER_POD_LABELS.has(key)));
  return {
    ref,
    owner,
    isMirror: isMirrorPod(metadata, owner),
    nodeName: text(spec.nodeName) ?? "",
    createdAt: text(metadata.creationTimestamp) ?? "",
    shape: toPodShape(metadata, spec, ref.name),
    labels: JSON.stringify(kept),
    revision: labels["pod-template-hash"] ?? labels["controller-revision-hash"] ?? "",
  };
}
