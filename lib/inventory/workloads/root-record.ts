import { type JsonRecord, dig, flag, list, record, text, textMap } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { isFinishedJob } from "./job-end";
import { findOwner, type OwnerLink } from "./owner-link";
import { templateSteps } from "./pod-template-path";
import type { PodShape } from "./pod-shape";
import type { WorkloadKind } from "./workload-kind";

/** What is kept of one pod template. */
export interface TemplateRecord {
  readonly labels: Readonly<Record<string, string>>;
  /** Asked for only where live pods are to be compared with it. */
  readonly shape: () => PodShape;
  readonly serviceAccountName: string;
  readonly automount: boolean | undefined;
  readonly isHostNetwork: boolean;
}

/** What is kept of an object that holds a pod spec until the roll-up. */
export interface RootRecord {
  readonly ref: ResourceRef;
  /** Templated = a custom kind whose manifest carries pod templates (DeploymentConfig, JobSet). */
  readonly kind: WorkloadKind | "StaticPod" | "Custom" | "Templated";
  /** Of the pod specs in the body, at least one. */
  readonly paths: readonly string[];
  readonly owner: OwnerLink | null;
  readonly body: () => JsonRecord;
  readonly labels: Readonly<Record<string, string>>;
  /** One for each path. */
  readonly templates: readonly [TemplateRecord, ...TemplateRecord[]];
  readonly isDormant: boolean;
  readonly isFinished: boolean;
  /** Of the newest revision, as pods or ReplicaSets carry it; "" = not known. */
  readonly revision: string;
  /** Added to its annotations: how it became a root. */
  readonly notes: Readonly<Record<string, string>>;
  /** What `UNSHARED_LABELS` remembers of the pods that it once stood for. */
  readonly unsharedLabels: readonly string[];
  /** What `POD_LABELS` remembers of them. */
  readonly otherPodLabels: readonly Readonly<Record<string, string>>[];
}

/** Set on an owner that is known by one of its pods: the keys of the labels that not all of them share, or keep, which nothing else remembers. */
export const UNSHARED_LABELS = "concentric.dev/unshared-labels";
/** Beside it, the sets of labels of those that differ from the one, as JSON: which of them a policy closes hangs on that. */
export const POD_LABELS = "concentric.dev/pod-labels";

function readPodLabels(annotations: Readonly<Record<string, string>>): RootRecord["otherPodLabels"] {
  try {
    return list(JSON.parse(annotations[POD_LABELS] ?? "[]")).map(textMap);
  } catch {
    return [];
  }
}

function isAsleep(kind: RootRecord["kind"], spec: JsonRecord): boolean {
  return kind === "CronJob" || kind === "Job" ? spec.suspend === true : kind !== "Pod" && kind !== "DaemonSet" && spec.replicas === 0;
}

function metadataPath(path: string): string {
  return path === "spec" ? "metadata" : `${path.slice(0, -".spec".length)}.metadata`;
}

export function podSpecOf(body: JsonRecord, path: string): JsonRecord {
  return record(dig(body, ...templateSteps(path)));
}

export function podMetadataOf(body: JsonRecord, path: string): JsonRecord {
  return record(dig(body, ...templateSteps(metadataPath(path))));
}

/** `raw` is the object as read, `keep` what its body becomes, `toShape` what its template is reduced to, at once or when asked. */
export function toRootRecord(
  { kind, paths }: Pick<RootRecord, "kind" | "paths">,
  ref: ResourceRef,
  raw: JsonRecord,
  keep: () => JsonRecord,
  toShape: (metadata: JsonRecord, spec: JsonRecord) => () => PodShape,
): RootRecord {
  const toTemplate = (path: string): TemplateRecord => {
    const spec = podSpecOf(raw, path);
    const metadata = podMetadataOf(raw, path);
    return {
      labels: textMap(metadata.labels),
      shape: toShape(metadata, spec),
      serviceAccountName: text(spec.serviceAccountName) || text(spec.serviceAccount) || "default",
      automount: flag(spec.automountServiceAccountToken),
      isHostNetwork: spec.hostNetwork === true,
    };
  };
  const [first = "", ...others] = paths;
  const told = kind === "Templated" ? textMap(dig(raw, "metadata", "annotations")) : {};
  return {
    ref,
    kind,
    paths,
    owner: findOwner(record(raw.metadata)),
    body: keep,
    labels: textMap(dig(raw, "metadata", "labels")),
    templates: [toTemplate(first), ...others.map(toTemplate)],
    isDormant: isAsleep(kind, record(raw.spec)),
    isFinished: kind === "Job" && isFinishedJob(raw),
    revision: text(dig(raw, "status", "updateRevision")) ?? "",
    notes: {},
    unsharedLabels: (told[UNSHARED_LABELS] ?? "").split(",").filter(Boolean),
    otherPodLabels: readPodLabels(told),
  };
}
