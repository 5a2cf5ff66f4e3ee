import { findOwner } from "@/lib/inventory/workloads/owner-link";
import { type JsonRecord, record, records, textMap } from "@/lib/model/json";

/** As it calls itself where it sets fields. Its usual label, `app.kubernetes.io/instance`, is set by many others too. */
const ARGO_MANAGER = /^argocd-(application-)?controller$/;

/** It also makes the namespace that an application is to live in, unmarked, and leaves that alone from then on: there the fields that it set are no sign. */
function isSetByArgo({ kind }: JsonRecord, labels: Readonly<Record<string, string>>, managers: unknown): boolean {
  if (kind === "Namespace" && labels["app.kubernetes.io/instance"] === undefined) return false;
  return records(managers).some(({ manager }) => ARGO_MANAGER.test(String(manager)));
}

/**
 * Who would revert a live change: an owner, Helm, Argo CD, Flux or an operator. Null = nobody that the object names, nor who is kept as having set
 * its fields (`managers`).
 */
export function findManagedBy(object: JsonRecord, managers: unknown): string | null {
  const metadata = record(object.metadata);
  const owner = findOwner(metadata);
  // What it made has its labels, and those of whoever applied it.
  if (owner) return `${owner.kind} ${owner.name}`;
  const labels = textMap(metadata.labels);
  const annotations = textMap(metadata.annotations);
  const helmRelease = annotations["meta.helm.sh/release-name"];
  const flux = labels["kustomize.toolkit.fluxcd.io/name"] ?? labels["helm.toolkit.fluxcd.io/name"];
  if (flux) return `Flux (${flux})`;
  const argo = annotations["argocd.argoproj.io/tracking-id"]?.split(":")[0] ?? labels["argocd.argoproj.io/instance"];
  if (argo) return `Argo CD (${argo})`;
  if (isSetByArgo(object, labels, managers)) return "Argo CD";
  if (helmRelease) return `Helm (${helmRelease})`;
  if (labels["app.kubernetes.io/managed-by"] === "Helm")
    return `Helm${labels["app.kubernetes.io/instance"] ? ` (${labels["app.kubernetes.io/instance"]})` : ""}`;
  const operator = labels["app.kubernetes.io/managed-by"];
  return operator && operator !== "kubectl" ? operator : null;
}
