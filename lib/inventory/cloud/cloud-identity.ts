import type { KubeObject } from "../kube-object";

const ANNOTATIONS = ["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id"] as const;

/** The cloud role that a service account stands for, by its annotation; null = none is shown. */
export function findCloudIdentity(account: KubeObject): { readonly path: string; readonly value: string; readonly annotation: string } | null {
  for (const annotation of ANNOTATIONS) {
    const value = account.annotations[annotation];
    if (value) return { annotation, value, path: `metadata.annotations["${annotation}"]` };
  }
  return null;
}
