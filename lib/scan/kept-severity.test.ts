import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { cloudNode, grafana, routedByEnvoy } from "@/lib/controls/testing-consoles";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { clusterRole, clusterRoleBinding, configMap, deployment, namespace, role, roleBinding, service, serviceAccount } from "@/lib/inventory/testing";
import { openFilledReader } from "@/lib/reads/open-reader";
import { loadPosture } from "@/lib/reads/posture-at";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getDatabase } from "@/lib/store/database-handle";
import { effectiveScore } from "@/lib/scoring/gain";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

const MAKES_PODS = { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["create"] }] };
const READS_ONE_KIND = { rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }] };
const open = namespace({ labels: { "pod-security.kubernetes.io/enforce": "privileged" } });
/** Grave, as Pod Security lets privileged pods into the namespace where the account makes some. */
const world = (rules: typeof MAKES_PODS) => [
  open,
  serviceAccount(),
  role(rules),
  roleBinding(),
  deployment({ podSpec: { automountServiceAccountToken: true } }),
];

async function look(objects: readonly unknown[], control: string, ...denied: readonly string[]) {
  const seq = await cluster.scan(objects, denied);
  const { rows } = (await cluster.call(getFindings, `?at=${seq}&control=${control}`)).body;
  const reader = await openFilledReader("c", { at: seq });
  const posture = await loadPosture(reader.pool, reader.cluster.id, reader.at);
  const scores = Object.fromEntries(posture.workload.layers.map((score) => [score.layer, effectiveScore(score)]));
  const tally = posture.tallies.find((one) => one.control === control && one.scope === "workload");
  const found = rows.map(({ severity, isStale }: { severity: string; isStale: boolean }) => (isStale ? `${severity}, stale` : severity));
  return { found, scores, tally: tally && { n: tally.n, failing: tally.failing, worst: tally.worst, stale: tally.stale } };
}

it("keeps a severity that what was refused had given, marked stale, and raises no score, until that is given back", async () => {
  const control = "sa-token-automounted";
  const before = await look(world(MAKES_PODS), control);
  expect(before).toMatchObject({ found: ["high"], tally: { n: 1, failing: 1, worst: "high", stale: 0 } });
  for (const _ of ["at once", "and later"]) {
    const without = await look(world(MAKES_PODS), control, "namespaces");
    expect(without).toMatchObject({ found: ["high, stale"], tally: { n: 1, failing: 1, worst: "high", stale: 1 } });
    for (const [layer, score] of Object.entries(without.scores)) expect(score ?? 0, layer).toBeLessThanOrEqual((before.scores[layer] ?? 0) + 1e-9);
  }
  expect(await look(world(MAKES_PODS), control)).toEqual(before);
  const levels = { labels: { "pod-security.kubernetes.io/enforce": "baseline" } };
  expect((await look([...world(MAKES_PODS).slice(1), namespace(levels)], control)).found).toEqual(["medium"]);
  // Fixed is fixed: what the account holds was read.
  await look(world(MAKES_PODS), control);
  expect((await look(world(READS_ONE_KIND), control, "namespaces")).found).toEqual([]);
});

it("keeps it while people change other settings", async () => {
  const control = "sa-token-automounted";
  const scan = (...denied: string[]) => look(world(MAKES_PODS), control, ...denied);
  await scan();
  await cluster.save({ ...DEFAULT_SETTINGS, trustedRegistries: ["registry.example"] });
  expect((await scan("namespaces")).found).toEqual(["high, stale"]);
  await cluster.save({ ...DEFAULT_SETTINGS, reweightedControls: { "image-tag-mutable": { severity: "low", reason: "Talked about." } } });
  expect((await scan("namespaces")).found).toEqual(["high, stale"]);
  await cluster.save(DEFAULT_SETTINGS);
  expect((await scan()).found).toEqual(["high"]);
});

it("keeps it when another release judges, unless it was graver than that gives at all", async () => {
  const control = "sa-token-automounted";
  const { pool } = getDatabase();
  const byAnother = async (version: string) => {
    await pool.query("INSERT INTO catalogue (version, controls) SELECT $1, controls FROM catalogue LIMIT 1", [version]);
    await pool.query("UPDATE snapshot SET catalogue_version = $1", [version]);
  };
  await look(world(MAKES_PODS), control);
  await byAnother("2026.10-1-abcd");
  expect((await look(world(MAKES_PODS), control, "namespaces")).found).toEqual(["high, stale"]);
  await look(world(MAKES_PODS), control);
  await byAnother("2026.9-1-abcd");
  await pool.query("UPDATE finding_span SET severity = 'critical' WHERE severity = 'high' AND state = 'fail' AND closed_seq IS NULL");
  expect((await look(world(MAKES_PODS), control, "namespaces")).found).toEqual(["medium"]);
});

it("takes the severity that people give it meanwhile", async () => {
  const control = "sa-token-automounted";
  await look(world(MAKES_PODS), control);
  await cluster.save({ ...DEFAULT_SETTINGS, reweightedControls: { [control]: { severity: "low", reason: "Talked about." } } });
  expect((await look(world(MAKES_PODS), control, "namespaces")).found).toEqual(["low"]);
  await cluster.save(DEFAULT_SETTINGS);
  await look(world(MAKES_PODS), control);
  // And counts what they call the platform there.
  await cluster.save({ ...DEFAULT_SETTINGS, platformNamespaces: ["shop"] });
  expect((await look(world(MAKES_PODS), control, "namespaces")).tally).toBeUndefined();
  await cluster.save(DEFAULT_SETTINGS);
});

it("keeps what a ConfigMap made critical while ConfigMaps are refused", async () => {
  const control = "rbac-system-config-write";
  const rules = { rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["update"] }] };
  const home = { namespace: "kube-system" };
  const aws = configMap({ name: "aws-auth", ...home, data: { mapRoles: "[]" } });
  const writes = [namespace(), role({ ...home, ...rules }), roleBinding(home), aws];
  expect((await look(writes, control)).found).toEqual(["critical"]);
  expect((await look(writes, control, "configmaps")).found).toEqual(["critical, stale"]);
  expect((await look(writes, control)).found).toEqual(["critical"]);
});

it("takes a severity that people lowered where what was refused was refused before", async () => {
  const control = "rbac-system-config-write";
  const rules = (group: string, resource: string) => ({ rules: [{ apiGroups: [group], resources: [resource], verbs: ["update"] }] });
  const holding = (held: ReturnType<typeof rules>) => [namespace(), clusterRole(held), clusterRoleBinding()];
  const [graver, less] = [holding(rules("", "configmaps")), holding(rules("storage.k8s.io", "csidrivers"))];
  expect((await look(graver, control, "configmaps")).found).toEqual(["high"]);
  expect((await look(less, control, "configmaps")).found).toEqual(["medium"]);
  expect((await look(less, control)).found).toEqual(["medium"]);
  // Nor does it hold what another refusal made stale.
  expect((await look(graver, control, "configmaps")).found).toEqual(["high"]);
  expect((await look(graver, control, "configmaps", "clusterroles.rbac.authorization.k8s.io")).found).toEqual(["high, stale"]);
  expect((await look(less, control, "configmaps")).found).toEqual(["medium"]);
});

const POLICIES = "securitypolicies.gateway.envoyproxy.io";
/** For another gateway: the kind is served. */
const elsewhere = { apiVersion: "gateway.envoyproxy.io/v1alpha1", kind: "SecurityPolicy", metadata: { name: "other", namespace: "shop" }, spec: {} };
const onNodes = service({ spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] } });
/** Critical by a route that no policy guards; by the port of its nodes alone it is less grave. */
const routed = [namespace(), cloudNode, grafana, onNodes, ...routedByEnvoy, configMap(), elsewhere];

it("keeps what a route made critical while the policies that could guard it are refused, though what reads them stands without", async () => {
  const control = "exposed-admin-interface";
  const before = await look(routed, control);
  expect(before.found).toEqual(["critical"]);
  const without = await look(routed, control, POLICIES);
  expect(without.found).toEqual(["critical, stale"]);
  expect(without.scores.code ?? 0).toBeLessThanOrEqual(before.scores.code ?? 0);
  expect(await look(routed, control)).toEqual(before);
});

it("keeps it while what was refused at the same time is given back one by one", async () => {
  const control = "exposed-admin-interface";
  const scan = async (...denied: string[]) => (await look(routed, control, ...denied)).found;
  for (const others of [["configmaps"], ["services"], ["configmaps", "services"]]) {
    expect(await scan()).toEqual(["critical"]);
    for (let n = others.length; n >= 0; n -= 1) expect(await scan(POLICIES, ...others.slice(0, n)), `${n} of ${others}`).toEqual(["critical, stale"]);
    expect(await scan(POLICIES)).toEqual(["critical, stale"]);
  }
  expect(await scan()).toEqual(["critical"]);
});
