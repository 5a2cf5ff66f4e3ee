import type { FaultServer } from "../../e2e/api-server/start";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import type { ScanJob } from "./scan-job";

const container = (securityContext: unknown) => ({ name: "app", image: "registry.example/app:1", securityContext });

export function deployment(name: string, securityContext: unknown = { privileged: true }): object {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [container(securityContext)] } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name,
      namespace: "shop",
      uid: `uid-${name}`,
      managedFields: [{ manager: "helm", operation: "Update", time: "2026-01-01T00:00:00Z", fieldsV1: { "f:spec": {} } }],
    },
    spec: { replicas: 1, selector: { matchLabels: { app: name } }, template },
  };
}

/** A small cluster: one namespace, some workloads, a role. */
export function world(workloads: number): object[] {
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { team: "checkout" } } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "shop" } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "reader" },
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
    },
    ...Array.from({ length: workloads }, (_, i) => deployment(`app-${String(i).padStart(4, "0")}`)),
  ];
}

export function jobFor(server: Pick<FaultServer, "url">, clusterId: number): ScanJob {
  return { clusterId, target: { source: "url", server: server.url }, identity: null, trigger: "manual", settings: DEFAULT_SETTINGS, at: null };
}

/** The day of the tests, a minute later at each look: what the support of releases and certificates comes to does not hang on the day on which they run. */
export function createTestClock(): () => Date {
  let ms = Date.UTC(2026, 10, 26);
  return () => new Date((ms += 60_000));
}
