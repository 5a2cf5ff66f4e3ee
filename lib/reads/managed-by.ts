import { type JsonRecord, record, textMap } from "@/lib/model/json";

/** Who would revert a live change: Helm, Argo CD, Flux or an operator. Null = nobody that the object names. */
export function findManagedBy(object: JsonRecord): string | null {
  const metadata = record(object.metadata);
  const labels = textMap(metadata.labels);
  const annotations = textMap(metadata.annotations);
  const helmRelease = annotations["meta.helm.sh/release-name"];
  const flux = labels["kustomize.toolkit.fluxcd.io/name"] ?? labels["helm.toolkit.fluxcd.io/name"];
  if (flux) return `Flux (${flux})`;
  const argo = annotations["argocd.argoproj.io/tracking-id"]?.split(":")[0] ?? labels["argocd.argoproj.io/instance"];
  if (argo) return `Argo CD (${argo})`;
  if (helmRelease) return `Helm (${helmRelease})`;
  if (labels["app.kubernetes.io/managed-by"] === "Helm")
    return `Helm${labels["app.kubernetes.io/instance"] ? ` (${labels["app.kubernetes.io/instance"]})` : ""}`;
  const operator = labels["app.kubernetes.io/managed-by"];
  return operator && operator !== "kubectl" ? operator : null;
}
