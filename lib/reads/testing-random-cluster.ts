import { type Settings, DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import type { JsonRecord } from "@/lib/model/json";
import { clusterRole, clusterRoleBinding, deployment, namespace, networkPolicy, roleBinding, statefulSet } from "@/lib/inventory/testing";

/** A cluster at one moment, with what its server refuses and the settings that its people saved. */
export interface RandomCluster {
  readonly objects: readonly JsonRecord[];
  readonly denied: readonly string[];
  readonly settings: Settings;
}

interface Random {
  readonly below: (count: number) => number;
  readonly is: (chance: number) => boolean;
  readonly pick: <T>(values: readonly [T, ...T[]]) => T;
}

/** Always the same for one seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return { below, is: (chance) => next() < chance, pick: (values) => values[below(values.length)] ?? values[0] };
}

const RBAC = "rbac.authorization.k8s.io";
const NAMESPACES = ["shop", "pay", "kube-system"] as const;
const DENIED = [
  "deployments.apps",
  "statefulsets.apps",
  "pods",
  "services",
  `clusterrolebindings.${RBAC}`,
  "networkpolicies.networking.k8s.io",
  "adminnetworkpolicies.policy.networking.k8s.io",
  "egressfirewalls.k8s.ovn.org",
  "namespaces",
];
const IMAGES = ["registry.example/shop/app:1", "docker.io/library/nginx:latest", `other.example/app@sha256:${"ab".repeat(32)}`] as const;

function workload(name: string, place: string, { pick, is, below }: Random): JsonRecord {
  const make = name.startsWith("db") ? statefulSet : deployment;
  return make({
    name,
    namespace: place,
    metadata: { labels: { app: name, version: `v${below(3)}` }, uid: `${name}-${below(3)}` },
    container: {
      image: pick(IMAGES),
      ...(is(0.4) && { securityContext: { privileged: is(0.5), readOnlyRootFilesystem: is(0.5), capabilities: { add: ["NET_ADMIN"] } } }),
      ...(is(0.3) && { resources: { limits: { cpu: undefined } } }),
      ...(is(0.3) && { env: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
    },
    podSpec: is(0.3) ? { hostNetwork: is(0.5), hostPID: is(0.5), automountServiceAccountToken: true } : {},
    ...(is(0.3) && { spec: { replicas: 1 + below(3) } }),
  });
}

function podOf(name: string, place: string, { is }: Random): JsonRecord {
  const securityContext = { privileged: is(0.5) };
  const spec = { containers: [{ name: "app", image: "registry.example/shop/app:1", securityContext }], nodeName: "one" };
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: place, labels: { app: name } }, spec, status: { phase: "Running" } };
}

function others(place: string, { is, pick }: Random): JsonRecord[] {
  const meta = (name: string) => ({ name, namespace: place });
  const found: JsonRecord[] = [];
  if (is(0.5))
    found.push({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: meta("deny"),
      spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: is(0.5) ? [{}] : [] },
    });
  if (is(0.3))
    found.push({
      apiVersion: "policy.networking.k8s.io/v1alpha1",
      kind: "AdminNetworkPolicy",
      metadata: { name: `of-${place}` },
      spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: pick(["Allow", "Deny"]), from: [{ namespaces: {} }] }] },
    });
  if (is(0.3)) {
    const egress = [{ type: "Deny", to: { cidrSelector: "0.0.0.0/0" } }];
    found.push({ apiVersion: "k8s.ovn.org/v1", kind: "EgressFirewall", metadata: meta("default"), spec: { egress } });
  }
  if (is(0.6))
    found.push({
      apiVersion: "v1",
      kind: "Service",
      metadata: meta("web"),
      spec: { type: pick(["ClusterIP", "LoadBalancer"]), selector: { app: "web" }, ports: [{ port: 80 }] },
    });
  if (is(0.5)) found.push({ apiVersion: "v1", kind: "ConfigMap", metadata: meta("config"), data: { password: "hunter2", mode: pick(["a", "b"]) } });
  if (is(0.7)) found.push({ apiVersion: "v1", kind: "ServiceAccount", metadata: meta("app"), automountServiceAccountToken: is(0.5) });
  return found;
}

function rights({ is, pick }: Random): JsonRecord[] {
  const apiVersion = `${RBAC}/v1`;
  const verbs = pick([["get"], ["*"], ["create", "list"]]);
  const rules = [{ apiGroups: [""], resources: [pick(["pods", "secrets"])], verbs }];
  const role = { apiVersion, kind: "ClusterRole", metadata: { name: "reader" }, rules };
  const subjects = [
    { kind: "ServiceAccount", name: "app", namespace: pick(["shop", "pay"]) },
    ...(is(0.3) ? [{ apiGroup: RBAC, kind: "Group", name: "ops" }] : []),
  ];
  const binding = {
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: "readers" },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "reader" },
    subjects,
  };
  return is(0.8) ? [role, binding] : [role];
}

/** A kind that the cluster serves in another version after an upgrade. */
function entry(version: string): JsonRecord[] {
  const apiVersion = `gateway.networking.k8s.io/${version}`;
  const listeners = [{ name: "http", protocol: "HTTP", port: 80 }];
  const backendRefs = [{ name: "web", port: 80 }];
  return [
    { apiVersion, kind: "Gateway", metadata: { name: "entry", namespace: "shop" }, spec: { gatewayClassName: "any", listeners } },
    { apiVersion, kind: "HTTPRoute", metadata: { name: "web", namespace: "shop" }, spec: { parentRefs: [{ name: "entry" }], rules: [{ backendRefs }] } },
  ];
}

function settingsOf(before: Settings, { is, pick }: Random): Settings {
  const own = (minimum: number) => ({
    id: "own-replicas",
    title: "Workloads run enough replicas",
    layer: "container" as const,
    severity: "high" as const,
    subject: "Deployment",
    expression: `object.spec.replicas >= ${minimum}`,
    message: "Too few replicas run.",
    fix: "Raise `replicas`.",
  });
  const reason = "Talked about.";
  return {
    ...before,
    ...(is(0.3) && { trustedRegistries: pick<string[]>([[], ["registry.example"], ["registry.example", "other.example"]]) }),
    ...(is(0.3) && { platformNamespaces: pick<string[]>([[], ["shop"], ["pay"]]) }),
    ...(is(0.3) && { requireCpuLimit: is(0.5) }),
    ...(is(0.3) && { disabledControls: pick<Record<string, string>>([{}, { "container-privileged": reason }, { "netpol-default-deny-missing": reason }]) }),
    ...(is(0.3) && { reweightedControls: pick<Settings["reweightedControls"]>([{}, { "host-pid": { severity: "low", reason } }]) }),
    ...(is(0.4) && { ownControls: pick([[], [own(2)], [own(3)]]) }),
    ...(is(0.2) && { optInSources: pick<Settings["optInSources"]>([[], ["secret-metadata"]]) }),
  };
}

/** A small cluster that changes from one scan to the next in every way that its memory must bear: always the same for one seed. */
export function* createRandomClusters(seed: number): Generator<RandomCluster, never> {
  const random = createRandom(seed);
  const { is, pick, below } = random;
  let settings = DEFAULT_SETTINGS;
  let workloads = new Map<string, JsonRecord>();
  let around = new Map<string, JsonRecord[]>();
  let access = rights(random);
  const upgradedAt = 1 + below(3);
  for (let step = 0; ; step += 1) {
    // Nothing changes now and then: the next snapshot is one row.
    if (step === 0 || is(0.85)) {
      workloads = new Map(workloads);
      for (let change = step === 0 ? 8 : 1 + below(3); change > 0; change -= 1) {
        const [name, place] = [pick(["web", "cart", "till", "db", "job"]), pick(NAMESPACES)];
        const key = `${place}/${name}`;
        if (workloads.has(key) && is(0.35)) workloads.delete(key);
        else workloads.set(key, name === "job" ? podOf(name, place, random) : workload(name, place, random));
      }
      around = new Map(around);
      for (const place of NAMESPACES) if (step === 0 || is(0.3)) around.set(place, is(0.9) ? [namespace({ name: place }), ...others(place, random)] : []);
      if (is(0.3)) access = rights(random);
    }
    if (step > 0 && is(0.6)) settings = settingsOf(settings, random);
    const denied = is(0.4) ? DENIED.filter(() => is(0.25)) : [];
    yield { objects: [...around.values()].flat().concat([...workloads.values()], access, entry(step < upgradedAt ? "v1beta1" : "v1")), denied, settings };
  }
}

/** What one person may do in all namespaces, or in one, and policies that allow everything, by what each covers of others' findings. */
const COVERING: Readonly<Record<string, readonly JsonRecord[]>> = {
  web: [
    networkPolicy({
      name: "open-web",
      spec: { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] },
    }),
  ],
  pay: [networkPolicy({ name: "open-all", namespace: "pay", spec: { policyTypes: ["Ingress"], ingress: [{}] } })],
  everywhere: [clusterRoleBinding({ name: "admins", ...bindsPerson("cluster-admin") })],
  inShop: [roleBinding({ name: "admins", ...bindsPerson("cluster-admin") })],
  reads: [
    clusterRole({ name: "secrets", rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }] }),
    clusterRoleBinding({ name: "secrets", ...bindsPerson("secrets") }),
  ],
};

function bindsPerson(name: string) {
  return { roleRef: { kind: "ClusterRole", name }, subjects: [{ kind: "User", name: "jane" }] };
}

/** To be laid beside such a cluster: objects that come and go, whose findings cover findings of other objects. */
export function* createCoveringObjects(seed: number): Generator<readonly JsonRecord[], never> {
  const { is } = createRandom(~seed);
  const there = new Set<string>();
  for (;;) {
    for (const name of Object.keys(COVERING)) if (is(0.3) && !there.delete(name)) there.add(name);
    yield [...there].flatMap((name) => COVERING[name] ?? []);
  }
}
