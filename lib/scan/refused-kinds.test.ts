import { afterAll, beforeAll, expect, it } from "vitest";
import { findControl } from "@/lib/controls/registry";
import { neededKinds } from "@/lib/engine/needed-kinds";
import {
  clusterRole,
  clusterRoleBinding,
  configMap,
  deployment,
  ingress,
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
import { type JsonRecord, record } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";

const RBAC = "rbac.authorization.k8s.io";
const PRIVILEGED = { securityContext: { privileged: true } };
const SECRETS = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] };
const WILD = { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] };
const ownedBy = (apiVersion: string, kind: string, name: string) => ({ ownerReferences: [{ apiVersion, kind, name, controller: true, uid: name }] });
const podOf = (apiVersion: string, kind: string, name: string) =>
  pod({ name: `${kind.toLowerCase()}-${name}-0`, container: PRIVILEGED, metadata: ownedBy(apiVersion, kind, name) });
const subjectsOf = (name: string) => [
  { kind: "ServiceAccount", name, namespace: "shop" },
  { kind: "ServiceAccount", name: `${name}-unlisted`, namespace: "shop" },
  { kind: "User", apiGroup: RBAC, name: `${name}-user` },
  { kind: "Group", apiGroup: RBAC, name: `${name}-group` },
];

/** Something of every kind that controls judge, which fails. */
const failing = (name: string): readonly JsonRecord[] => [
  deployment({ name, container: PRIVILEGED }),
  podOf("kubevirt.io/v1", "VirtualMachineInstance", name),
  podOf("acme.example/v1", "Policy", name),
  replicaSet({ name: `rollout-${name}`, container: PRIVILEGED, metadata: ownedBy("argoproj.io/v1alpha1", "Rollout", name) }),
  namespace({ name: `space-${name}`, labels: { "pod-security.kubernetes.io/enforce": "privileged" } }),
  node({ name: `node-${name}`, status: { nodeInfo: { kubeletVersion: "v1.20.0", osImage: "Ubuntu 16.04 LTS" } } }),
  serviceAccount({ name }),
  serviceAccount({ name: "default", namespace: `space-${name}`, automountServiceAccountToken: true }),
  role({ name, ...WILD }),
  roleBinding({ name, roleRef: { kind: "Role", name }, subjects: subjectsOf(name) }),
  clusterRole({ name, ...SECRETS }),
  clusterRole({ name: `wild-${name}`, ...WILD }),
  clusterRoleBinding({ name, roleRef: { kind: "ClusterRole", name }, subjects: subjectsOf(name) }),
  service({ name, spec: { type: "NodePort", selector: { app: name }, ports: [{ port: 80 }] } }),
  ingress({ name, spec: { tls: null } }),
  networkPolicy({ name, spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] } }),
  configMap({ name, data: { db_password: "hunter2hunter2" } }),
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name },
    webhooks: [
      {
        name: "validate.example.com",
        failurePolicy: "Ignore",
        clientConfig: { service: { name, namespace: "shop" } },
        rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }],
      },
    ],
  },
  {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: `v1.${name}.example.com` },
    spec: { group: `${name}.example.com`, version: "v1", service: { name, namespace: "shop" }, insecureSkipTLSVerify: true },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name, namespace: "shop" },
    spec: { gatewayClassName: "any", listeners: [{ name: "http", protocol: "HTTP", port: 80 }] },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name, namespace: "shop" },
    spec: { parentRefs: [{ name }], rules: [{ backendRefs: [{ name, port: 80 }] }] },
  },
];

const ALL = [namespace(), ...failing("kept"), ...failing("mended")];
/** What is called `mended` is gone, or does not fail any more. */
const MENDED = [namespace(), ...failing("kept"), deployment({ name: "mended" }), configMap({ name: "mended" }), serviceAccount({ name: "mended" })];

/** Every kind that is there, as permissions name it, but for custom roots, which no list is asked of. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["Namespace", "namespaces"],
  ["Node", "nodes"],
  ["ServiceAccount", "serviceaccounts"],
  ["Service", "services"],
  ["ConfigMap", "configmaps"],
  ["Pod", "pods"],
  ["Deployment", "deployments.apps"],
  ["ReplicaSet", "replicasets.apps"],
  ["Role", `roles.${RBAC}`],
  ["ClusterRole", `clusterroles.${RBAC}`],
  ["RoleBinding", `rolebindings.${RBAC}`],
  ["ClusterRoleBinding", `clusterrolebindings.${RBAC}`],
  ["Ingress", "ingresses.networking.k8s.io"],
  ["NetworkPolicy", "networkpolicies.networking.k8s.io"],
  ["ValidatingWebhookConfiguration", "validatingwebhookconfigurations.admissionregistration.k8s.io"],
  ["APIService", "apiservices.apiregistration.k8s.io"],
  ["Gateway", "gateways.gateway.networking.k8s.io"],
  ["HTTPRoute", "httproutes.gateway.networking.k8s.io"],
]);

/** What fails, by control and object, and whether this scan said so. */
type Seen = ReadonlyMap<string, "fresh" | "stale">;

let cluster: ScannedCluster;
/** What a store says that saw everything, scan by scan. */
let whole: readonly Seen[];

async function look(slug: string, objects: readonly JsonRecord[], denied: readonly string[] = []): Promise<Seen> {
  await cluster.scan(objects, denied, slug);
  const { pool, prisma } = getDatabase();
  const { rows } = await pool.query<{ name: string; mark: "fresh" | "stale" }>(
    `SELECT concat_ws(' ', f.control_id, r.key, f.locator) AS name, CASE WHEN s.stale_since_seq IS NULL THEN 'fresh' ELSE 'stale' END AS mark
     FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.cluster_id = $1 AND s.state = 'fail' AND s.closed_seq IS NULL ORDER BY 1`,
    [(await getCluster(prisma, slug)).id],
  );
  return new Map(rows.map(({ name, mark }) => [name, mark]));
}

function controlOf(finding: string) {
  const control = findControl(finding.split(" ")[0] ?? "");
  if (!control) throw new TypeError(`no control of ${finding}`);
  return control;
}

/** What a scan that was refused a kind says, or keeps silent about, and may not. */
function findWrongs(kind: string, { before, seen, now }: { readonly before: Seen | null; readonly seen: Seen; readonly now: Seen }) {
  const isTold = (finding: string): boolean => !neededKinds(controlOf(finding)).has(kind);
  return {
    // What another control stands for counts by itself where that one cannot be judged.
    untrue: [...seen].flatMap(([finding, mark]) => (mark === "fresh" && !now.has(finding) && !controlOf(finding).subsumedBy ? finding : [])),
    closed: [...(before ?? new Map()).keys()].filter((finding) => !seen.has(finding) && now.has(finding)),
    missed: [...now.keys()].filter((finding) => isTold(finding) && seen.get(finding) !== "fresh"),
    needlesslyStale: [...seen].flatMap(([finding, mark]) => (mark === "stale" && isTold(finding) ? finding : [])),
  };
}
const NONE = { untrue: [], closed: [], missed: [], needlesslyStale: [] };

beforeAll(async () => {
  cluster = await startScanned();
  await cluster.add("whole");
  whole = [await look("whole", ALL), await look("whole", MENDED)];
});
afterAll(() => cluster.stop());

it("has something of every kind that fails, and ends with what is mended", () => {
  const [first, second] = whole;
  const listed = (seen: Seen = new Map()) => [...seen.keys()];
  const kindsOf = (findings: readonly string[]) => new Set(findings.map((finding) => finding.split(" ")[1]?.split("/")[1]));
  const rootsAndIdentities = ["VirtualMachineInstance", "Policy", "Rollout", "User", "Group"];
  const ofOthers = new Set([...ALL.map(({ kind }) => String(kind)), ...rootsAndIdentities, "Cluster"]).difference(new Set(["Pod", "ReplicaSet", "HTTPRoute"]));
  expect(kindsOf(listed(first))).toEqual(ofOthers);
  const mended = listed(first).filter((finding) => finding.includes("mended") && !listed(second).includes(finding));
  expect(kindsOf(mended)).toEqual(ofOthers.difference(new Set(["Cluster"])));
  expect(ALL.every((object) => record(object.metadata).name !== undefined && KINDS.has(String(object.kind)))).toBe(true);
});

it.each([...KINDS])("%s: what can be told without its list is told, and all else stays as it last was until it is given back", async (kind, denied) => {
  const [all, mended] = whole;
  if (!all || !mended) throw new TypeError("everything was seen");
  const [always, later] = [`${kind.toLowerCase()}-always`, `${kind.toLowerCase()}-later`];
  for (const slug of [always, later]) await cluster.add(slug);

  const atFirst = await look(always, ALL, [denied]);
  expect(findWrongs(kind, { before: null, seen: atFirst, now: all })).toEqual(NONE);
  expect(findWrongs(kind, { before: atFirst, seen: await look(always, MENDED, [denied]), now: mended })).toEqual(NONE);
  expect(await look(always, MENDED)).toEqual(mended);

  const before = await look(later, ALL);
  expect(findWrongs(kind, { before, seen: await look(later, MENDED, [denied]), now: mended })).toEqual(NONE);
  expect(await look(later, MENDED)).toEqual(mended);
});
