import { manifest, type Manifest } from "./manifest";

const POD_SECURITY = "pod-security.kubernetes.io";

/** Each is a stance: everything enforced, half of it, nothing. */
export function namespaceManifests(): readonly Manifest[] {
  const namespace = (name: string, labels: Readonly<Record<string, string>> = {}) => manifest("v1", "Namespace", null, name, {}, { labels });
  return [
    namespace("shop", { [`${POD_SECURITY}/enforce`]: "restricted", [`${POD_SECURITY}/enforce-version`]: "latest", team: "shop" }),
    namespace("bank", { [`${POD_SECURITY}/enforce`]: "baseline", [`${POD_SECURITY}/warn`]: "restricted", team: "bank" }),
    namespace("legacy"),
    namespace("jobs", { [`${POD_SECURITY}/audit`]: "restricted" }),
    namespace("edge", { [`${POD_SECURITY}/enforce`]: "baseline", [`${POD_SECURITY}/enforce-version`]: "v1.28" }),
    namespace("agents", { [`${POD_SECURITY}/enforce`]: "privileged" }),
    namespace("empty"),
  ];
}

export function namespaceLimitManifests(): readonly Manifest[] {
  const limits = [{ type: "Container", default: { cpu: "500m", memory: "256Mi" }, defaultRequest: { cpu: "100m", memory: "128Mi" } }];
  return [
    manifest("v1", "LimitRange", "shop", "defaults", { spec: { limits } }),
    manifest("v1", "LimitRange", "bank", "maximum", { spec: { limits: [{ type: "Container", max: { memory: "2Gi" } }] } }),
    manifest("v1", "ResourceQuota", "shop", "team", { spec: { hard: { pods: "40", "limits.cpu": "20", "limits.memory": "20Gi" } } }),
    manifest("v1", "ResourceQuota", "jobs", "objects", { spec: { hard: { "count/jobs.batch": "100" } } }),
  ];
}
