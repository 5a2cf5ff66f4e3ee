import { type JsonRecord, record, records, textMap } from "../../model/json";
import { listOtherPodLabels, listUnsharedLabels } from "../labels/pod-label-sets";
import type { ResourceRef } from "../../model/resource-ref";
import { completeSpec } from "./complete-spec";
import { withEndedRuns } from "./debug-runs";
import { restoreInjectedToken, stripInjectedToken } from "./injected-token";
import type { ChildController } from "./child-controller";
import type { LivePod } from "./live-pod";
import { lastingAnnotations, readShapeText, toTemplateSpec } from "./pod-shape";
import { redactPodSpec } from "../secrets/redact";
import { POD_LABELS, podMetadataOf, podSpecOf, type RootRecord, UNSHARED_LABELS } from "./root-record";

/** The spec of a live pod, without credentials: as far as it was kept, and for the rest as its template says it. */
export function toPodSpec({ shape }: Pick<LivePod, "shape">, template: JsonRecord): JsonRecord {
  const kept = redactPodSpec(readShapeText(shape.text).spec);
  const spec = completeSpec(shape.affinity === "" ? kept : { ...kept, affinity: JSON.parse(shape.affinity) as unknown }, template);
  return shape.hasToken ? restoreInjectedToken(spec) : spec;
}

/** The pod spec and the annotations of a root that is known by a live pod, and the uids of the pod's owners. */
function readPod({ ref, shape, body }: LivePod): {
  readonly spec: JsonRecord;
  readonly annotations: Readonly<Record<string, string>>;
  readonly owners: readonly unknown[];
} {
  if (!body) return { spec: toPodSpec({ shape }, {}), annotations: readShapeText(shape.text).annotations, owners: [] };
  const whole = body();
  const { spec, hasToken } = stripInjectedToken(withEndedRuns(record(whole.spec), whole.status));
  const template = toTemplateSpec(spec, ref.name);
  const metadata = record(whole.metadata);
  return {
    spec: hasToken ? restoreInjectedToken(template) : template,
    annotations: lastingAnnotations(metadata),
    owners: records(metadata.ownerReferences).map(({ uid }) => uid),
  };
}

/** Whether a pod stands for all of its owner rather than another one: the newest; names decide between pods of one second, so that the answer is stable. */
export function isNewer(left: LivePod, right: LivePod): boolean {
  return left.createdAtMs === right.createdAtMs ? left.ref.name < right.ref.name : left.createdAtMs > right.createdAtMs;
}

export function newestFirst(pods: readonly LivePod[]): LivePod[] {
  return [...pods].sort((left, right) => (isNewer(left, right) ? -1 : 1));
}

/** A root whose spec is that of one of its pods: a custom owner, a static pod, or a pod whose owner is gone. `pods`: all that it stands for. */
export function toRootFromPod(ref: ResourceRef, kind: "Custom" | "StaticPod" | "Pod", pod: LivePod, pods: readonly LivePod[] = []): RootRecord {
  const { spec } = readShapeText(pod.shape.text);
  const labels = textMap(JSON.parse(pod.labels));
  const unshared = kind === "Pod" ? [] : listUnsharedLabels(pod, pods);
  const others = kind === "Pod" ? [] : listOtherPodLabels(pod, pods);
  const body = (): JsonRecord => {
    const { spec: whole, annotations: own, owners } = readPod(pod);
    // An owner that is made anew has another uid: a machine that is started again.
    const ofOwner = kind === "Pod" ? [] : Object.keys(labels).filter((key) => owners.includes(labels[key]));
    const unkept = [...new Set([...unshared, ...ofOwner])].sort();
    const annotations = {
      ...own,
      ...(unkept.length > 0 && { [UNSHARED_LABELS]: unkept.join() }),
      ...(others.length > 0 && { [POD_LABELS]: JSON.stringify(others) }),
    };
    const metadata = { name: ref.name, namespace: ref.namespace, labels, annotations };
    return { apiVersion: ref.apiVersion, kind: ref.kind, metadata, spec: whole };
  };
  return {
    ref,
    kind,
    paths: ["spec"],
    owner: null,
    body,
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
    notes: {},
    unsharedLabels: [],
    otherPodLabels: [],
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
