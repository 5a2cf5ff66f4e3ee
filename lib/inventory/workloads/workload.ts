import type { JsonRecord } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import type { Scope } from "../../model/verdict";

export const CONTAINER_LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;
export type ContainerList = (typeof CONTAINER_LISTS)[number];

/** One container of a pod spec, init and ephemeral ones included, in the order of `CONTAINER_LISTS`. */
export interface Container {
  readonly list: ContainerList;
  readonly index: number;
  /** "" when the manifest gives none. */
  readonly name: string;
  readonly spec: JsonRecord;
  readonly securityContext: JsonRecord;
  /** An init container with `restartPolicy: Always`. */
  readonly isSidecar: boolean;
  /** Path from the root of the object: `at("image")` -> `spec.template.spec.containers[0].image`. */
  readonly at: (relative: string) => string;
}

/** A pod spec with its metadata: the template of a root, or a live pod that differs from it. */
export interface PodView {
  readonly source: "template" | "runtime";
  /** Path of the spec in the object, e.g. `spec.template.spec`. */
  readonly path: string;
  readonly spec: JsonRecord;
  readonly securityContext: JsonRecord;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** `spec.os.name`, else pinned by node selector, affinity or the node of a live pod. */
  readonly os: "linux" | "windows";
  /** True only when `spec.os.name` says windows: all that Pod Security admission looks at. */
  readonly isWindowsForAdmission: boolean;
  readonly containers: readonly Container[];
  /** `at("hostPID")` -> `spec.template.spec.hostPID`. */
  readonly at: (relative: string) => string;
  /** `atMetadata('annotations["a/b"]')` -> path beside the spec. */
  readonly atMetadata: (relative: string) => string;
  /** The live pod it was read from. */
  readonly podName?: string;
  /** Older revision during a rollout. */
  readonly isRolling?: boolean;
  /** Of the live pods that are as it is. */
  readonly nodeNames?: readonly string[];
}

/** An image that is named without a digest, and what live pods of one workload run under that name on machines of one architecture. */
export interface RunningImage {
  readonly image: string;
  /** Of the nodes; "" = not known. */
  readonly architecture: string;
  /** null = the runtime tells another id than that of a manifest. */
  readonly digest: string | null;
  /** The runtime tells this digest by the repository and the tag that the pod names. */
  readonly isOwnName: boolean;
  readonly pods: number;
}

/** A root: the topmost readable owner of pods. */
export interface Workload {
  readonly ref: ResourceRef;
  readonly scope: Scope;
  /** Labels of its pods, not of the controller: of each template, and of the live pods of a custom owner; each distinct set once. */
  readonly podLabelSets: readonly Readonly<Record<string, string>>[];
  /** Keys of labels that some of its pods have in a way that `podLabelSets` does not show: of an owner of which one pod is remembered. */
  readonly unsharedLabels: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Of each template, each once. */
  readonly serviceAccountNames: readonly string[];
  /** How many of its templates use the network of their node. */
  readonly hostNetwork: "all" | "some" | "none";
  /** Scaled to zero: assessed all the same. */
  readonly isDormant: boolean;
  /** A finished Job without CronJob: every control is not applicable. */
  readonly isFinished: boolean;
  /** The owner is a custom kind: its spec is that of its newest live pod. */
  readonly isSynthetic: boolean;
  readonly livePods: number;
  /** How many of its live pods are ready, and the nodes that those are on; null = no pod of it tells. */
  readonly ready: { readonly pods: number; readonly nodeNames: readonly string[] } | null;
  /** Some live pod is all that its template says and no more, or the root is the live pod: admission filled nothing in that is not shown here. */
  readonly runsAsWritten: boolean;
  /** Names of nodes that run its live pods. */
  readonly nodeNames: readonly string[];
  /** Names of the Secrets that its live pods pull images with: the server takes them from the service account, and templates need not show them. */
  readonly pullSecretNames: readonly string[];
  /** What its live pods run under names without a digest. */
  readonly runningImages: readonly RunningImage[];
  /** The whole object; decoded on each call, so keep it only while one subject is judged. */
  readonly object: () => JsonRecord;
  /** The template first, then each distinct shape of live pods that the template does not show. */
  readonly views: () => readonly PodView[];
}
