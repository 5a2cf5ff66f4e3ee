import { manifest, type Manifest } from "./manifest";

/** Settings, some of which should be secrets; and a Secret that nobody who scans may read. */
export function configurationManifests(): readonly Manifest[] {
  return [
    manifest("v1", "ConfigMap", "shop", "features", { data: { beta: "true", "max-items": "20" } }),
    manifest("v1", "ConfigMap", "legacy", "database", { data: { "db.password": "correct-horse-battery-staple-9", host: "db.legacy.svc" } }),
    manifest("v1", "Secret", "legacy", "ci", { type: "Opaque", stringData: { token: "only-for-the-build" } }),
    manifest("v1", "Secret", "shop", "shop-tls", { type: "Opaque", stringData: { note: "not a certificate" } }),
    manifest("storage.k8s.io/v1", "StorageClass", null, "fast", { provisioner: "ebs.csi.aws.com", parameters: { encrypted: "true" } }),
    manifest("node.k8s.io/v1", "RuntimeClass", null, "gvisor", { handler: "runsc" }),
    manifest("policy/v1", "PodDisruptionBudget", "shop", "web", { spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } } }),
  ];
}
