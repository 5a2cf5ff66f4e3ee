import { expect, test } from "vitest";
import { toOwnControl } from "../controls/own/own-control";
import { listControls } from "../controls/registry";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { daemonSet, deployment, pod } from "../inventory/testing";
import type { JsonRecord } from "../model/json";
import { countEvidence, type Verdict } from "../model/verdict";
import { judge } from "./judge";

function verdictOf(id: string, ...objects: JsonRecord[]): Verdict | undefined {
  const inventory = buildInventory(objects, { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS });
  const control = listControls().filter((one) => one.id === id);
  return [...judge(inventory, control)][0];
}

function reasonFor(podSpec: Record<string, unknown>): string | undefined {
  return verdictOf("capabilities-not-dropped", deployment({ podSpec }))?.reason;
}

function livePod(part: Parameters<typeof pod>[0]): JsonRecord {
  return pod({ ...part, name: "app-x2x2x", metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "app", controller: true }] } });
}

test("a rule about Linux says of a Windows pod whether its spec says so, since admission looks at nothing else", () => {
  expect(reasonFor({ os: { name: "windows" } })).not.toContain("os.name");
  expect(reasonFor({ nodeSelector: { "kubernetes.io/os": "windows" } })).toContain("until os.name is windows");
});

test("a live pod that is worse than its template at the same field is shown beside it, and one that is no different is not", () => {
  const adding = (capability: string) => ({ container: { securityContext: { capabilities: { add: [capability] } } } });
  const side = { podSpec: { initContainers: [{ name: "side", image: "registry.example.com/side:1.0.0" }] } };
  const worse = verdictOf("capabilities-dangerous", daemonSet(adding("NET_ADMIN")), livePod(adding("SYS_ADMIN")));
  expect([worse?.severity, worse?.evidence.map(({ value, source }) => [value, source])]).toEqual([
    "critical",
    [
      ["NET_ADMIN", undefined],
      ["SYS_ADMIN", "runtime"],
    ],
  ]);
  const same = verdictOf("capabilities-dangerous", daemonSet(adding("NET_ADMIN")), livePod({ ...adding("NET_ADMIN"), ...side }));
  expect(same?.evidence.map(({ value }) => value)).toEqual(["NET_ADMIN"]);
  const disk = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "disk" },
    spec: { hostPath: { path: "/etc" }, claimRef: { namespace: "shop", name: "disk" } },
  };
  const mounting = (podSpec: JsonRecord = {}) => ({
    podSpec: { volumes: [{ name: "disk", persistentVolumeClaim: { claimName: "disk" } }], ...podSpec },
    container: { volumeMounts: [{ name: "disk", mountPath: "/disk" }] },
  });
  const ofVolume = verdictOf("hostpath-sensitive", daemonSet(mounting()), livePod(mounting(side.podSpec)), disk);
  expect(ofVolume?.evidence.map(({ path, source }) => [path, source])).toEqual([["spec.hostPath.path", undefined]]);
  const other = verdictOf("image-tag-mutable", daemonSet({ container: { image: "cart:latest" } }), livePod({ container: { image: "other:latest" } }));
  expect(other?.evidence.map(({ value }) => value)).toEqual(["cart:latest", "other:latest"]);
});

test("of more weaknesses than anybody reads, the last entry says how many are left out", () => {
  const containers = Array.from({ length: 60 }, (_, at) => ({ name: `c${at}`, image: "cart:latest" }));
  const evidence = verdictOf("image-tag-mutable", deployment({ podSpec: { containers } }))?.evidence ?? [];
  expect([evidence.length, countEvidence(evidence)]).toEqual([51, 60]);
});

test("a pod with a list that is none passes nothing, whatever else its spec says", () => {
  const odd = (part: Record<string, unknown>) => verdictOf("secret-env-ref", deployment({ container: part }));
  expect([odd({}), odd({ env: null })].map((verdict) => verdict?.state)).toEqual(["pass", "pass"]);
  for (const env of ["x", {}, [null], ["x"]])
    expect(odd({ env })).toMatchObject({
      state: "unknown",
      reason: "The API server refuses this pod: spec.template.spec.containers[0].env must be a list of objects.",
    });
  expect(verdictOf("host-pid", deployment({ podSpec: { volumes: "x" } }))?.state).toBe("unknown");
  expect(verdictOf("host-pid", deployment({ podSpec: { volumes: "x", hostPID: true } }))?.state).toBe("fail");
});

test("a workload whose pods have no spec passes nothing", () => {
  const controls = listControls().filter(({ subject }) => subject === "workload");
  const options = { isComplete: false, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  for (const spec of [undefined, null, {}, "x", { hostPID: null }]) {
    const objects = [
      { apiVersion: "v1", kind: "Pod", metadata: { name: "bare" }, spec },
      { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "app" }, spec: { template: { spec } } },
    ];
    const passed = [...judge(buildInventory(objects, options), controls)].filter(({ state }) => state === "pass");
    expect(passed.map(({ control }) => control)).toEqual([]);
  }
});

test("an object that the API server refuses passes nothing", () => {
  const make = (apiVersion: string, kind: string, part: JsonRecord) => ({ apiVersion, kind, metadata: { name: "odd", namespace: "shop" }, ...part });
  const RBAC = "rbac.authorization.k8s.io/v1";
  const NETWORKING = "networking.k8s.io/v1";
  for (const [id, object, odd] of [
    ["rbac-wildcard-rule", make(RBAC, "Role", { rules: { verbs: ["*"] } }), "rules must be a list of objects"],
    ["rbac-cluster-admin-binding", make(RBAC, "ClusterRoleBinding", { subjects: { kind: "User" } }), "subjects must be a list of objects"],
    ["configmap-holds-secret", make("v1", "ConfigMap", { data: ["x"] }), "data must be an object"],
    ["ingress-wildcard-host", make(NETWORKING, "Ingress", { spec: { rules: { host: "a" } } }), "spec.rules must be a list of objects"],
    ["netpol-allow-all", make(NETWORKING, "NetworkPolicy", { spec: { podSelector: "all" } }), "spec.podSelector must be an object"],
  ] as const)
    expect(verdictOf(id, object), id).toMatchObject({ state: "unknown", reason: `The API server refuses this object: ${odd}.` });
  expect(verdictOf("rbac-wildcard-rule", make(RBAC, "Role", { rules: null }))?.state).toBe("pass");
});

test("a NetworkPolicy that the API server refuses isolates nothing", () => {
  const under = (spec: unknown) =>
    verdictOf(
      "netpol-ingress-open",
      { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "deny", namespace: "shop" }, spec },
      deployment(),
    )?.state;
  expect([under({ podSelector: {} }), under(null), under({ podSelector: { matchLabels: null } })]).toEqual(["pass", "pass", "pass"]);
  for (const odd of [
    "x",
    { podSelector: "all" },
    { podSelector: { matchLabels: ["app"] } },
    { podSelector: { matchExpressions: {} } },
    { podSelector: {}, policyTypes: "Ingress" },
    { podSelector: {}, ingress: { from: [] } },
  ])
    expect(under(odd), JSON.stringify(odd)).toBe("fail");
});

test("objects of a kind that was refused are not taken for none: one verdict stands for them, also where another project calls its kind the same", () => {
  const own = (subject: string) =>
    toOwnControl({ id: "own", title: "It holds", layer: "cluster", severity: "low", subject, expression: "false", message: "No.", fix: "Mend it." }, () => 0);
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const policy = { apiVersion: "policy.networking.k8s.io/v1alpha2", kind: "ClusterNetworkPolicy", metadata: { name: "a" }, spec: {} };
  const judged = (subject: string, refused: string) =>
    [...judge(buildInventory([policy], options, [{ kind: refused, reason: "It was refused." }]), [own(subject)])].map(
      ({ resource, state, reason }) => `${resource.kind} ${state} ${reason ?? ""}`,
    );
  expect(judged("ClusterNetworkPolicy", "Tier")).toEqual(["ClusterNetworkPolicy fail "]);
  expect(judged("ClusterNetworkPolicy", "ClusterNetworkPolicy")).toEqual(["Cluster unknown It was refused."]);
  expect(judged("ClusterNetworkPolicy", "AntreaClusterNetworkPolicy")).toEqual(["Cluster unknown It was refused.", "ClusterNetworkPolicy fail "]);
});
