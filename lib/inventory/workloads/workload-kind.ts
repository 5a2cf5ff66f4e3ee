/** Built-in kinds that hold a pod spec, with the path of that spec and the groups that serve them, older ones included. */
const TABLE = {
  Pod: { path: "spec", groups: [""] },
  PodTemplate: { path: "template.spec", groups: [""] },
  ReplicationController: { path: "spec.template.spec", groups: [""] },
  Deployment: { path: "spec.template.spec", groups: ["apps", "extensions"] },
  ReplicaSet: { path: "spec.template.spec", groups: ["apps", "extensions"] },
  StatefulSet: { path: "spec.template.spec", groups: ["apps"] },
  DaemonSet: { path: "spec.template.spec", groups: ["apps", "extensions"] },
  Job: { path: "spec.template.spec", groups: ["batch", "extensions"] },
  CronJob: { path: "spec.jobTemplate.spec.template.spec", groups: ["batch"] },
} as const satisfies Record<string, { readonly path: string; readonly groups: readonly string[] }>;

export type WorkloadKind = keyof typeof TABLE;
export const WORKLOAD_KINDS = Object.keys(TABLE) as readonly WorkloadKind[]; // safe: the keys of a literal

/** The built-in kind that holds pods; a missing group is forgiven, a foreign one (an operator's own Job) is not. */
export function toWorkloadKind(group: string, kind: string): WorkloadKind | null {
  const found = WORKLOAD_KINDS.find((name) => name === kind);
  if (found === undefined) return null;
  const groups: readonly string[] = TABLE[found].groups;
  return group === "" || groups.includes(group) ? found : null;
}

/**
 * Kinds that never stand between a pod and what owns it in the end: when one of them cannot be read, every other root is still told
 * from its pods. Without ReplicaSets or Jobs it is not, and without pods nothing is known of what runs.
 */
const OUTERMOST: readonly WorkloadKind[] = ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "PodTemplate"];

export function isOutermost(kind: WorkloadKind): boolean {
  return OUTERMOST.includes(kind);
}

/** Field path of the pod spec, e.g. `spec.template.spec`. */
export function podSpecPath(kind: WorkloadKind): string {
  return TABLE[kind].path;
}
