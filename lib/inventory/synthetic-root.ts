import { type JsonRecord, record, textMap } from "../model/json";
import type { ResourceRef } from "../model/resource-ref";
import { restoreInjectedToken } from "./injected-token";
import type { ChildController } from "./child-controller";
import type { LivePod } from "./live-pod";
import { readShapeText } from "./pod-shape";
import { redactPodSpec } from "./redact";
import { podMetadataOf, podSpecOf, type RootRecord } from "./root-record";

/** The spec of a live pod, as far as it was kept, without credentials. */
export function toPodSpec(pod: Pick<LivePod, "shape">): JsonRecord {
  const spec = redactPodSpec(readShapeText(pod.shape.text).spec);
  const whole = pod.shape.hasToken ? restoreInjectedToken(spec) : spec;
  return pod.shape.affinity === "" ? whole : { ...whole, affinity: JSON.parse(pod.shape.affinity) as unknown };
}

/** Newest first; names decide between pods of one second, so that the answer is stable. */
export function newestFirst(pods: readonly LivePod[]): LivePod[] {
  return [...pods].sort((left, right) => {
    if (left.createdAtMs !== right.createdAtMs) return right.createdAtMs - left.createdAtMs;
    return left.ref.name < right.ref.name ? -1 : 1;
  });
}

/** A root whose spec is that of one of its pods: a custom owner, a static pod, or a pod whose owner is gone. */
export function toRootFromPod(ref: ResourceRef, kind: "Custom" | "StaticPod" | "Pod", pod: LivePod, notes: Readonly<Record<string, string>>): RootRecord {
  const { spec } = readShapeText(pod.shape.text);
  const labels = textMap(JSON.parse(pod.labels));
  const body = (): JsonRecord => {
    const { annotations } = readShapeText(pod.shape.text);
    const metadata = { name: ref.name, namespace: ref.namespace, labels, annotations: { ...annotations, ...notes } };
    return { apiVersion: ref.apiVersion, kind: ref.kind, metadata, spec: toPodSpec(pod) };
  };
  return {
    ref,
    kind,
    paths: ["spec"],
    owner: null,
    body: kind === "Pod" ? (pod.body ?? body) : body,
    labels,
    templates: [
      {
        labels,
        shape: () => pod.shape,
        serviceAccountName: String(spec.serviceAccountName ?? "default"),
        automount: typeof spec.automountServiceAccountToken === "boolean" ? spec.automountServiceAccountToken : undefined,
        isHostNetwork: spec.hostNetwork === true,
      },
    ],
    isDormant: false,
    isFinished: false,
    revision: pod.revision,
    notes,
  };
}

/** A custom owner without live pods: its spec is the template of its newest ReplicaSet or Job. */
export function toRootFromController(ref: ResourceRef, controllers: readonly ChildController[]): RootRecord | null {
  const withRecord = controllers.flatMap(({ record: kept, createdAt }) => (kept ? [{ kept, createdAt }] : []));
  const newest = withRecord.sort((left, right) => (left.createdAt < right.createdAt ? 1 : -1))[0];
  if (!newest) return null;
  const { kept } = newest;
  const [path = ""] = kept.paths;
  const body = (): JsonRecord => {
    const whole = kept.body();
    const metadata = { ...record(podMetadataOf(whole, path)), name: ref.name, namespace: ref.namespace };
    return { apiVersion: ref.apiVersion, kind: ref.kind, metadata, spec: podSpecOf(whole, path) };
  };
  const isDormant = withRecord.every((item) => item.kept.isDormant);
  const isFinished = withRecord.every((item) => item.kept.isFinished);
  return { ...kept, ref, kind: "Custom", paths: ["spec"], owner: null, body, labels: kept.templates[0].labels, isDormant, isFinished };
}
