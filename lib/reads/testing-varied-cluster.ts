import type { Settings } from "@/lib/inventory/inventory";
import {
  clusterRole,
  clusterRoleBinding,
  configMap,
  cronJob,
  daemonSet,
  deployment,
  engineWebhook,
  ingress,
  ingressClass,
  job,
  limitRange,
  namespace,
  networkPolicy,
  node,
  pod,
  replicaSet,
  role,
  roleBinding,
  service,
  serviceAccount,
} from "@/lib/inventory/testing";
import { ownedBy, podOf } from "@/lib/inventory/testing-roots";
import type { JsonRecord } from "@/lib/model/json";
import { createCoveringObjects, createRandom, createRandomClusters } from "./testing-random-cluster";

const RBAC = "rbac.authorization.k8s.io";
const PRIVILEGED = { securityContext: { privileged: true } };
const WILD = { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] };
const OLD = { nodeInfo: { kubeletVersion: "v1.20.0", osImage: "Ubuntu 16.04 LTS" } };
const USERS = {
  subjects: [
    { kind: "User", apiGroup: RBAC, name: "jim" },
    { kind: "Group", apiGroup: RBAC, name: "guests" },
  ],
};
const policyOf = (apiVersion: string, kind: string, name: string, spec: JsonRecord): JsonRecord => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "lab" },
  spec,
});
const rollout = (revision: string, container: JsonRecord): readonly JsonRecord[] => [
  replicaSet({ name: `front-${revision}`, container, metadata: { ...ownedBy("Deployment", "front"), uid: `rs-${revision}` } }),
  podOf("ReplicaSet", `front-${revision}`, `front-${revision}-x`, { container }),
];

/** Each in several ways of which it is there in one, or not at all. */
const WAYS: Readonly<Record<string, readonly (readonly JsonRecord[])[]>> = {
  lab: [[namespace({ name: "lab" })], [namespace({ name: "lab", metadata: { uid: "again" }, labels: { "pod-security.kubernetes.io/enforce": "privileged" } })]],
  front: [
    [deployment({ name: "front" }), ...rollout("a", {})],
    [deployment({ name: "front", container: PRIVILEGED }), ...rollout("b", PRIVILEGED)],
    rollout("a", {}),
    [daemonSet({ name: "front", container: PRIVILEGED })],
  ],
  batch: [
    [
      cronJob({ name: "nightly", container: PRIVILEGED }),
      job({ name: "nightly-1", container: PRIVILEGED, metadata: ownedBy("CronJob", "nightly", "batch/v1") }),
    ],
    [job({ name: "nightly-1", container: PRIVILEGED, spec: { completions: 1 }, status: { succeeded: 1, conditions: [{ type: "Complete", status: "True" }] } })],
    [cronJob({ name: "nightly" }), job({ name: "nightly-2" })],
  ],
  operated: [
    [podOf("Rollout", "canary", "canary-1", { container: PRIVILEGED }, "argoproj.io/v1alpha1")],
    [podOf("Rollout", "canary", "canary-2", {}, "argoproj.io/v1alpha1")],
    [podOf("Cluster", "canary", "canary-1", { container: PRIVILEGED }, "postgresql.cnpg.io/v1")],
    [pod({ name: "canary-1", container: PRIVILEGED })],
  ],
  machine: [[node()], [node({ status: OLD })], [node({ name: "worker-2", status: OLD }), node({ metadata: { uid: "again" } })]],
  rights: [
    [role({ name: "wild", ...WILD }), roleBinding({ name: "wild", roleRef: { kind: "Role", name: "wild" }, ...USERS })],
    [clusterRole({ name: "wild", ...WILD }), roleBinding({ name: "wild", roleRef: { kind: "ClusterRole", name: "wild" }, ...USERS })],
    [clusterRole({ name: "wild", ...WILD }), clusterRoleBinding({ name: "wild", roleRef: { kind: "ClusterRole", name: "wild" }, ...USERS })],
    [roleBinding({ name: "wild", roleRef: { kind: "ClusterRole", name: "cluster-admin" } })],
  ],
  account: [
    [serviceAccount({ name: "default", namespace: "lab", automountServiceAccountToken: true })],
    [serviceAccount({ name: "default", namespace: "lab" })],
  ],
  entry: [
    [ingressClass(), ingress()],
    [ingress({ spec: { tls: null } }), service({ spec: { type: "NodePort" } })],
    [ingressClass("k8s.io/ingress-nginx"), ingress({ spec: { tls: null } }), service()],
  ],
  guard: [
    [engineWebhook()],
    [
      engineWebhook(),
      policyOf("kyverno.io/v1", "ClusterPolicy", "guard", {
        validationFailureAction: "Enforce",
        rules: [{ name: "one", match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate: { podSecurity: { level: "baseline", version: "latest" } } }],
      }),
    ],
    [
      {
        apiVersion: "apiregistration.k8s.io/v1",
        kind: "APIService",
        metadata: { name: "v1.guard.example.com" },
        spec: { group: "guard.example.com", version: "v1", service: { name: "app", namespace: "shop" }, insecureSkipTLSVerify: true },
      },
    ],
  ],
  net: [
    [policyOf("cilium.io/v2", "CiliumNetworkPolicy", "all", { endpointSelector: {}, ingress: [{ fromEntities: ["all"] }] })],
    [policyOf("projectcalico.org/v3", "NetworkPolicy", "all", { selector: "all()", types: ["Ingress"], ingress: [{ action: "Allow" }] })],
    [networkPolicy({ name: "all", namespace: "lab" })],
  ],
  words: [[configMap({ name: "words", namespace: "lab", data: { db_password: "hunter2hunter2" } })], [configMap({ name: "words", namespace: "lab" })]],
  limits: [[limitRange()], [limitRange({ namespace: "lab" })]],
};

const KINDS = [
  ...["namespaces", "nodes", "serviceaccounts", "services", "configmaps", "pods", "limitranges"],
  ...["deployments", "daemonsets", "replicasets"].map((name) => `${name}.apps`),
  ...["jobs.batch", "cronjobs.batch"],
  ...["roles", "clusterroles", "rolebindings", "clusterrolebindings"].map((name) => `${name}.${RBAC}`),
  ...["ingresses", "ingressclasses", "networkpolicies"].map((name) => `${name}.networking.k8s.io`),
  "validatingwebhookconfigurations.admissionregistration.k8s.io",
  "apiservices.apiregistration.k8s.io",
  "clusterpolicies.kyverno.io",
  "ciliumnetworkpolicies.cilium.io",
  "networkpolicies.projectcalico.org",
  "gateways.gateway.networking.k8s.io",
  "httproutes.gateway.networking.k8s.io",
];

/** A cluster on one day, as `createRandomClusters` makes it, with all that is laid beside it. */
export interface VariedCluster {
  readonly objects: readonly JsonRecord[];
  readonly settings: Settings;
  /** What is refused in each scan of the day, one after the other. */
  readonly refusals: readonly (readonly string[])[];
}

/** Objects of many kinds that come, change, go and come again under their names, and kinds that may be refused for several days: always the same for one seed. */
export function* createVariedClusters(seed: number): Generator<VariedCluster, never> {
  const { is, below } = createRandom(seed ^ 0x5eed);
  const [world, covering] = [createRandomClusters(seed), createCoveringObjects(seed)];
  const there = new Map<string, number>();
  const refused = new Set<string>();
  for (;;) {
    const { objects, denied, settings } = world.next().value;
    for (const [name, ways] of Object.entries(WAYS)) {
      if (!is(0.35)) continue;
      if (there.has(name) && is(0.4)) there.delete(name);
      else there.set(name, below(ways.length));
    }
    for (const kind of refused) if (is(0.5)) refused.delete(kind);
    if (is(0.6)) for (const kind of KINDS) if (is(0.1)) refused.add(kind);
    const all = [...new Set([...denied, ...refused])];
    const beside = [...there].flatMap(([name, way]) => WAYS[name]?.[way] ?? []);
    const refusals = all.length === 0 ? [[]] : is(0.7) ? [all, []] : [all];
    yield { objects: [...objects, ...covering.next().value, ...beside], settings, refusals };
  }
}
