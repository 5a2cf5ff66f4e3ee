import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import {
  clusterRoleBinding,
  configMap,
  deployment,
  ingress,
  job,
  namespace,
  networkPolicy,
  node,
  role,
  roleBinding,
  service,
  serviceAccount,
} from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const GATEWAY = "gateway.networking.k8s.io/v1";
const LISTENER = { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } };
const settled = { spec: { loadBalancerSourceRanges: ["0.0.0.0/0"], type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "8.8.4.4" }] } } };

/** The binding that rules everything comes later. */
const RULER = clusterRoleBinding({
  metadata: { name: "ruler" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
});

const WORLD: readonly JsonRecord[] = [
  node(),
  namespace({ metadata: { labels: { "pod-security.kubernetes.io/enforce": undefined } } }),
  serviceAccount(),
  role({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] }),
  roleBinding(),
  deployment({ podSpec: { volumes: [{ name: "settings", configMap: { name: "settings" } }] } }),
  service(settled),
  ingress({ spec: { tls: [] } }),
  networkPolicy({ metadata: { name: "open" }, spec: { podSelector: { matchLabels: { app: "app" } }, ingress: [{}], policyTypes: ["Ingress"] } }),
  configMap({ metadata: { name: "settings" }, data: { "db-password": "hunter2-8fA93kd02kXq" } }),
  {
    apiVersion: GATEWAY,
    kind: "Gateway",
    metadata: { name: "edge", namespace: "edge" },
    spec: { gatewayClassName: "c", allowedListeners: { namespaces: { from: "Same" } }, listeners: [LISTENER] },
    status: { addresses: [{ value: "8.8.8.8" }] },
  },
  {
    apiVersion: GATEWAY,
    kind: "ListenerSet",
    metadata: { name: "more", namespace: "edge" },
    spec: { parentRef: { name: "edge" }, listeners: [{ ...LISTENER, port: 8080 }] },
  },
  {
    apiVersion: GATEWAY,
    kind: "HTTPRoute",
    metadata: { name: "app", namespace: "shop" },
    spec: {
      parentRefs: [{ group: "gateway.networking.k8s.io", kind: "ListenerSet", name: "more", namespace: "edge" }],
      rules: [{ backendRefs: [{ name: "app", port: 80 }] }],
    },
  },
  // None of these is anything to the workload.
  namespace({ name: "other", metadata: { name: "other", labels: { "pod-security.kubernetes.io/enforce": undefined } } }),
  serviceAccount({ metadata: { name: "other" } }),
  service({ ...settled, metadata: { name: "other" }, spec: { ...settled.spec, selector: { app: "other" } } }),
  ingress({ metadata: { name: "other" }, spec: { tls: [], rules: [{ host: "*.example.com", http: { paths: [] } }] } }),
  networkPolicy({ metadata: { name: "elsewhere" }, spec: { podSelector: { matchLabels: { app: "other" } }, ingress: [{}], policyTypes: ["Ingress"] } }),
  configMap({ metadata: { name: "unused" }, data: { "db-password": "hunter2-8fA93kd02kXq" } }),
  deployment({ name: "other", podSpec: { serviceAccountName: "other", hostPID: true } }),
  { ...job({ name: "over" }), status: { conditions: [{ type: "Complete", status: "True" }] } },
];

let cluster: ScannedCluster;
const at = { before: 0, bound: 0, refused: 0, unbound: 0 };
beforeAll(async () => {
  cluster = await startScanned();
  at.before = await cluster.scan(WORLD);
  at.bound = await cluster.scan([...WORLD, RULER]);
  at.refused = await cluster.scan([...WORLD, RULER], ["services"]);
  at.unbound = await cluster.scan([...WORLD, RULER], ["clusterrolebindings.rbac.authorization.k8s.io"]);
  await cluster.scan([...WORLD, RULER]);
});
afterAll(() => cluster.stop());

interface Related {
  readonly findings: readonly { readonly relation: string; readonly control: string; readonly resource: { readonly kind: string; readonly name: string } }[];
  readonly failing: number;
  readonly notAssessed: number;
  readonly more: readonly { readonly failing: number }[];
  readonly unread: readonly { readonly kinds: readonly string[]; readonly reason: string }[];
}

async function relatedTo(groupKind: string, name: string, seq?: number): Promise<Readonly<Record<string, Related>>> {
  const { status, body } = await cluster.call(getResource, seq === undefined ? "" : `?at=${seq}`, { groupKind, namespace: "shop", name });
  expect(status).toBe(200);
  return Object.fromEntries(body.rings.map(({ layer, related }: { layer: string; related: Related }) => [layer, related]));
}

/** `relation Kind/name control`, ring by ring. */
const findingsIn = (rings: Readonly<Record<string, Related>>): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(rings).map(([layer, { findings }]) => [
      layer,
      findings.map(({ relation, resource, control }) => `${relation} ${resource.kind}/${resource.name} ${control}`),
    ]),
  );

const OF_APP = {
  cloud: ["entry Service/app cloud-lb-unrestricted"],
  cluster: [
    "rights ClusterRoleBinding/ruler rbac-cluster-admin-binding",
    "namespace Namespace/shop psa-enforce-missing",
    "namespace Namespace/shop netpol-default-deny-egress",
    "namespace Namespace/shop netpol-default-deny-ingress",
    "policy NetworkPolicy/open netpol-allow-all",
  ],
  container: [],
  code: [
    "entry ListenerSet/more gateway-plaintext-listener",
    "entry Ingress/app ingress-without-tls",
    "config ConfigMap/settings configmap-holds-secret",
    "entry Service/app lb-tls",
  ],
};

it("knows nothing of a binding before it was there", async () => {
  const { cluster: ring } = findingsIn(await relatedTo("apps.Deployment", "app", at.before));
  expect(ring).toContain("account ServiceAccount/app rbac-secrets-read");
  expect(ring?.join()).not.toContain("ruler");
  expect(findingsIn(await relatedTo("apps.Deployment", "app", at.bound))).toEqual(OF_APP);
});

it("tells, ring by ring, what fails on the account, the namespace, the policies, the ways in and the settings of a workload, worst first", async () => {
  const rings = await relatedTo("apps.Deployment", "app");
  expect(findingsIn(rings)).toEqual(OF_APP);
  const { failing, more, unread } = rings.cluster as Related;
  expect(more.reduce((sum, { failing: count }) => sum + count, 0)).toBe(failing - 5);
  expect(more).toMatchObject([{ ref: { kind: "Namespace", name: "shop" } }, { ref: { kind: "Gateway", namespace: "edge" } }, { ref: { kind: "ListenerSet" } }]);
  expect(unread).toEqual([]);
});

it("counts none of it among the workload's own", async () => {
  const { body } = await cluster.call(getResource, "", { groupKind: "apps.Deployment", namespace: "shop", name: "app" });
  const own = body.rings.flatMap(({ findings }: { findings: readonly { resource: { name: string; kind: string } }[] }) => findings);
  expect(own.every(({ resource }: { resource: { kind: string } }) => resource.kind === "Deployment")).toBe(true);
  const open = body.rings.flatMap(({ findings }: { findings: readonly { state: string }[] }) => findings.filter(({ state }) => state === "open"));
  expect(body.rings.reduce((sum: number, { failing }: { failing: number }) => sum + failing, 0)).toBe(open.length);
});

it("says what could not be read where it would show, and keeps what was known", async () => {
  const rings = await relatedTo("apps.Deployment", "app", at.refused);
  expect(findingsIn(rings)).toEqual(OF_APP);
  for (const layer of ["cloud", "cluster", "code"])
    expect(rings[layer]?.unread, layer).toMatchObject([{ kinds: ["Service"], reason: expect.stringContaining("services is forbidden") }]);
  expect(rings.container?.unread).toEqual([]);
  const unbound = await relatedTo("apps.Deployment", "app", at.unbound);
  expect(unbound.cluster?.unread).toMatchObject([{ kinds: ["ClusterRoleBinding"] }]);
  expect(unbound.cloud?.unread).toEqual([]);
});

it("tells of a Service and of an Ingress what is behind them", async () => {
  const ofService = findingsIn(await relatedTo("Service", "other"));
  expect(ofService.container?.join()).toContain("target Deployment/other host-pid");
  expect(ofService.cluster).toContain("namespace Namespace/shop psa-enforce-missing");
  const ofIngress = findingsIn(await relatedTo("networking.k8s.io.Ingress", "app"));
  expect(ofIngress.cloud).toEqual(["target Service/app cloud-lb-unrestricted"]);
  expect(ofIngress.cluster).toContain("target Deployment/app netpol-egress-open");
  expect(JSON.stringify(ofIngress)).not.toContain("other");
});

it("tells of a service account by what it is bound, and what runs as it", async () => {
  const { cluster: rights } = findingsIn(await relatedTo("ServiceAccount", "app"));
  expect(rights).toContain("rights ClusterRoleBinding/ruler rbac-cluster-admin-binding");
  expect(rights?.join()).not.toContain("ServiceAccount/app");
  expect(findingsIn(await relatedTo("ServiceAccount", "other")).container?.join()).toContain("user Deployment/other host-pid");
});

it.each([
  ["batch.Job", "over"],
  ["ConfigMap", "settings"],
])("tells nothing beside %s %s, which hangs on nothing or is over", async (groupKind, name) => {
  for (const related of Object.values(await relatedTo(groupKind, name)))
    expect(related).toEqual({ findings: [], failing: 0, notAssessed: 0, more: [], unread: [] });
});
