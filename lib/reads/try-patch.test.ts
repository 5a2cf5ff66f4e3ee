import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import type { FindingResponse } from "@/lib/contracts/findings";
import { findControl, listControls } from "@/lib/controls/registry";
import { patchObjects } from "@/lib/engine/patch-objects";
import { proposePatch } from "@/lib/engine/propose-patch";
import { everyRead } from "@/lib/engine/touched-controls";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import {
  clusterRole,
  clusterRoleBinding,
  configMap,
  daemonSet,
  deployment,
  namespace,
  networkPolicy,
  node,
  pod,
  role,
  roleBinding,
  service,
  serviceAccount,
  statefulSet,
} from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { resourceKey } from "@/lib/model/resource-ref";
import { SCOPES } from "@/lib/model/verdict";
import { effectiveScore } from "@/lib/scoring/gain";
import { STORED_STATES } from "@/lib/store/commit/commit-input";
import { loadFindingIndex } from "@/lib/store/findings/finding-index";
import { RIGHTS_SLICES } from "./load-rights";
import { openFilledReader } from "./open-reader";
import { loadPosture } from "./posture-at";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const LEVEL = "pod-security.kubernetes.io";
const baseline = { labels: { [`${LEVEL}/enforce`]: "baseline", [`${LEVEL}/audit`]: "restricted", [`${LEVEL}/warn`]: "restricted" } };
const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] };
const rootReached = { podSpec: { securityContext: { runAsNonRoot: false } } };

const AWS = node({ spec: { providerID: "aws:///eu-central-1a/i-0123456789abcdef0" } });

/** Weak in ways that hide, cover and bring about one another; a part of it is the platform's. */
const WORLD: readonly JsonRecord[] = [
  namespace(),
  namespace({ name: "kube-system" }),
  namespace({ name: "ready", ...baseline }),
  AWS,
  deployment({ podSpec: { hostNetwork: true, hostIPC: true, securityContext: { runAsNonRoot: false } } }),
  deployment({ name: "root", container: { securityContext: { privileged: true, seccompProfile: { type: "Unconfined" } } } }),
  deployment({ name: "last", namespace: "ready", ...rootReached }),
  daemonSet({ name: "calico-node", namespace: "kube-system", container: { image: "quay.io/calico/node:v3.31.0" }, podSpec: { hostNetwork: true } }),
  service({ spec: { type: "NodePort", selector: { app: "app" }, ports: [{ port: 80 }] } }),
  serviceAccount(),
  clusterRole(secrets),
  clusterRoleBinding(),
  role(secrets),
  roleBinding(),
  configMap({ data: { db_password: "hunter2hunter2" } }),
];

const observed = { isComplete: true, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
const kubeVersion = { major: 1, minor: 35, text: "v1.35.2" };

/** The scores of every layer and scope in a snapshot, as a scan made them. */
async function scoresAt(seq: number): Promise<Readonly<Record<string, number | null>>> {
  const { pool, cluster, at } = await openFilledReader("c", { at: seq });
  const posture = await loadPosture(pool, cluster.id, at);
  return Object.fromEntries(SCOPES.flatMap((scope) => posture[scope].layers.map((score) => [`${scope} ${score.layer}`, effectiveScore(score)] as const)));
}

/** The same, as the page of a finding foretells them. */
function foretold({ gain, layer, scope }: FindingResponse, before: Readonly<Record<string, number | null>>): Readonly<Record<string, number | null>> {
  const others = (gain?.others ?? []).map((other) => [`${other.scope} ${other.layer}`, other.to] as const);
  return { ...before, ...Object.fromEntries(others), ...(gain && { [`${scope} ${layer}`]: gain.to }) };
}

/** As the page proposes it: one subject may have a finding for each place of its control, and a fix for each. */
function toPatched(objects: readonly JsonRecord[], { control: id, resource, patch: shown }: FindingResponse): readonly JsonRecord[] | null {
  const control = findControl(id);
  if (!control) return null;
  const inventory = buildInventory(objects, { ...observed, kubeVersion });
  const patches = ["", "cluster", "namespaced"].flatMap((locator) => proposePatch(inventory, control, resource, locator) ?? []);
  const patch = patches.find(({ target }) => !shown?.target || resourceKey(target ?? resource) === resourceKey(shown.target));
  return patch ? patchObjects(objects, resource, patch) : null;
}

function rounded(scores: Readonly<Record<string, number | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(scores).map(([place, score]) => [place, score?.toFixed(6) ?? "none"]));
}

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

async function listPatched(seq: number, query = ""): Promise<readonly FindingResponse[]> {
  const { rows } = (await cluster.call(getFindings, `?at=${seq}&limit=200&state=open${query}`)).body;
  const found: FindingResponse[] = [];
  for (const { id } of rows) found.push((await cluster.call(getFinding, `?at=${seq}`, { id })).body);
  return found.filter(({ patch }) => patch !== null);
}

/** How often each control fails for each object at a snapshot, as `control object`. */
async function failuresAt(seq: number): Promise<ReadonlyMap<string, number>> {
  const { pool, cluster, at } = await openFilledReader("c", { at: seq });
  const index = await loadFindingIndex(pool, cluster.id, at.seq);
  const failures = new Map<string, number>();
  for (let row = 0; row < index.size; row += 1) {
    if (STORED_STATES[index.states[row] ?? 0] !== "fail") continue;
    const key = `${index.controls[index.controlAt[row] ?? 0]} ${index.resources[index.resourceAt[row] ?? 0]?.key}`;
    failures.set(key, (failures.get(key) ?? 0) + 1);
  }
  return failures;
}

/** What the page says that a patch does to findings is what became of them. */
function expectProven({ control, resource, patch, title }: FindingResponse, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
  const { turnsGreen = null, breaks = [], uncovers = [], unmasks = [] } = patch?.proof ?? {};
  const countOf = (failures: ReadonlyMap<string, number>, key: string) => failures.get(key) ?? 0;
  const own = `${control} ${resourceKey(resource)}`;
  expect(countOf(after, own) < countOf(before, own), title).toBe(turnsGreen === true);
  const started = [...after.keys()].filter((key) => countOf(after, key) > countOf(before, key));
  const titles = new Set(started.map((key) => findControl(key.slice(0, key.indexOf(" ")))?.title));
  expect([...new Set([...breaks, ...uncovers, ...unmasks])].sort(), title).toEqual([...titles].sort());
}

/** Tries the patches of a world on the page, and then for real: what was foretold is what a scan of the patched world says. */
async function compareAll(world: readonly JsonRecord[], denied: readonly string[] = [], query = "") {
  const seq = await cluster.scan(world, denied);
  const [before, failures] = [await scoresAt(seq), await failuresAt(seq)];
  const findings = await listPatched(seq, query);
  const tried = findings.filter(({ gain }) => gain?.isTried === true);
  for (const finding of tried) {
    const objects = toPatched(world, finding);
    expect(objects, finding.title).not.toBeNull();
    const patched = await cluster.scan(objects ?? [], denied);
    expect(rounded(foretold(finding, before)), finding.title).toEqual(rounded(await scoresAt(patched)));
    expectProven(finding, failures, await failuresAt(patched));
  }
  return { tried, untried: findings.filter(({ gain }) => gain?.isTried === false) };
}

it("foretells of each patch the scores that the scan after it has, in every layer and scope", { timeout: 300_000 }, async () => {
  const { tried, untried } = await compareAll(WORLD);
  expect(untried.map(({ title }) => title)).toEqual([]);
  expect(tried.length).toBeGreaterThan(20);
  // In no score themselves, they sum up findings that their patches fix too.
  expect(tried.filter(({ gain }) => gain?.points === null).map(({ control }) => control)).toContain("pss-baseline");
});

it("foretells the same where kinds are refused: what they decide moves with no patch", { timeout: 300_000 }, async () => {
  const denied = ["networkpolicies.networking.k8s.io", "services", "clusterrolebindings.rbac.authorization.k8s.io"];
  await cluster.scan([]);
  const { tried, untried } = await compareAll(WORLD, denied);
  expect(untried.map(({ title }) => title)).toEqual([]);
  expect(tried.length).toBeGreaterThan(10);
  for (const { patch } of tried) expect(patch?.untold).toBeNull();
});

it("foretells the same of what accounts may do where accounts are refused: rights tell it", async () => {
  await cluster.scan([]);
  const { tried } = await compareAll(WORLD, ["serviceaccounts"], "&control=rbac-secrets-read");
  expect(tried.map(({ patch }) => patch?.proof?.turnsGreen)).toEqual([true, true]);
});

it("foretells the same where a control cannot tell any more what it failed: that stays as it last was", async () => {
  const keyed = deployment({ container: { env: [{ name: "AWS_SECRET_ACCESS_KEY", value: "hunter2hunter2" }] } });
  const { tried } = await compareAll([namespace(), AWS, serviceAccount(), keyed], [], "&control=cloud-static-credentials");
  expect(tried).toHaveLength(1);
});

it("foretells the same of what is said of the cluster as a whole, which hangs on other namespaces too", async () => {
  const keyed = (place: string) => deployment({ namespace: place, container: { env: [{ name: "AWS_SECRET_ACCESS_KEY", value: "hunter2hunter2" }] } });
  // Closed and held to a level, so that no cap hides what moves.
  const closed = (place: string) => networkPolicy({ namespace: place, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } });
  const supported = { nodeInfo: { osImage: "Bottlerocket OS 1.50.0", containerRuntimeVersion: "containerd://2.3.1", kubeletVersion: "v1.35.2" } };
  const world = [{ ...AWS, status: supported }, ...["shop", "ready"].flatMap((name) => [namespace({ name, ...baseline }), closed(name), keyed(name)])];
  const { tried, untried } = await compareAll(world, [], "&control=cloud-static-credentials");
  expect([tried.length, untried.length]).toEqual([2, 0]);
});

it("heeds what Cilium is told beside its policies, and names nothing that another failure covers from then on", async () => {
  const agent = daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.18.0" } });
  const told = configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": "always" } });
  const onNode = deployment({ podSpec: { hostNetwork: true } });
  const closed = await compareAll([namespace(), namespace({ name: "kube-system" }), agent, told, onNode], [], "&control=host-network&namespace=shop");
  expect(closed.tried.map(({ patch }) => patch?.proof?.uncovers)).toEqual([[]]);
  const open = networkPolicy({ spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] } });
  const covered = await compareAll([namespace(), open, onNode], [], "&control=host-network");
  expect(covered.tried.map(({ patch }) => patch?.proof?.uncovers)).toEqual([[]]);
});

it("heeds tunnels of other namespaces, which may lead to what a patch takes from a load balancer", async () => {
  const grafana = deployment({ container: { image: "grafana/grafana:12.0.0", ports: [{ name: "http", containerPort: 3000 }] } });
  const front = service({ spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } });
  const tunnel = deployment({ name: "cloudflared", namespace: "edge", container: { image: "cloudflare/cloudflared:2026.10.0", args: ["tunnel", "run"] } });
  const { tried } = await compareAll([AWS, namespace(), namespace({ name: "edge" }), grafana, front, tunnel], [], "&control=exposed-admin-interface");
  expect(tried).toHaveLength(1);
});

it("heeds what makes rules of policies for a network plugin, in another namespace", async () => {
  const controller = deployment({ name: "amazon-network-policy-controller-k8s", namespace: "kube-system" });
  const machine = node({ name: "c", labels: { "node-role.kubernetes.io/control-plane": "" } });
  const agent = { name: "aws-eks-nodeagent", image: "registry.example.com/aws-network-policy-agent:v1.2.7", args: ["--enable-network-policy=true"] };
  const containers = [{ name: "aws-node", image: "registry.example.com/amazon-k8s-cni:v1.20.4" }, agent];
  const plugin = daemonSet({ name: "aws-node", namespace: "kube-system", podSpec: { hostNetwork: true, containers } });
  const told = configMap({ name: "amazon-vpc-cni", namespace: "kube-system", data: { "enable-network-policy-controller": "true" } });
  const objects = [machine, namespace(), namespace({ name: "kube-system" }), plugin, told, controller, deployment()];
  const { tried } = await compareAll(objects, [], "&control=netpol-ingress-open&namespace=shop");
  expect(tried.map(({ patch }) => patch?.proof?.turnsGreen)).toEqual([true]);
});

it("heeds what is here to install a network plugin, in another namespace", async () => {
  const operator = deployment({ name: "tigera-operator", namespace: "tigera-operator", container: { image: "quay.io/tigera/operator:v1.38.0" } });
  const machine = node({ name: "aks-a", labels: { "kubernetes.azure.com/cluster": "a" } });
  const { tried } = await compareAll([machine, namespace(), operator, deployment()], [], "&control=netpol-ingress-open&namespace=shop");
  expect(tried.map(({ patch }) => patch?.proof?.turnsGreen)).toEqual([true]);
});

const LARGE: readonly JsonRecord[] = [
  ...WORLD,
  namespace({ name: "large" }),
  ...Array.from({ length: 1_001 }, (_, i) => deployment({ name: `app-${i}`, namespace: "large" })),
];

it("foretells the same in a cluster with more workloads than a page judges again, of what one namespace holds", { timeout: 300_000 }, async () => {
  const { tried, untried } = await compareAll(LARGE, [], "&namespace=shop,ready&control=host-network,container-privileged,run-as-non-root,service-nodeport");
  expect(untried.map(({ title }) => title)).toEqual([]);
  expect(tried.length).toBeGreaterThan(3);
});

/** What fails at a snapshot by the controls that look at rights alone, as `title of object`. */
async function failingByRights(seq: number): Promise<readonly string[]> {
  const slices = new Set<string>(RIGHTS_SLICES);
  const ids = listControls().filter((control) => everyRead(control).every((slice) => slices.has(slice)));
  const { rows } = (await cluster.call(getFindings, `?at=${seq}&limit=200&state=open&control=${ids.map(({ id }) => id).join(",")}`)).body;
  return rows.map(({ title, resource }: FindingResponse) => `${title} of ${resourceKey(resource)}`);
}

it("tries what is bound on all rights where there are more workloads than a page judges again, and claims no score", { timeout: 300_000 }, async () => {
  const seq = await cluster.scan(LARGE);
  const before = await failingByRights(seq);
  const tried = (await listPatched(seq, "&kind=ClusterRoleBinding,ServiceAccount")).filter(({ patch }) => patch?.triedOn === "rights");
  expect(tried.length).toBeGreaterThan(1);
  for (const finding of tried) {
    const after = await failingByRights(await cluster.scan(toPatched(LARGE, finding) ?? []));
    const proof = finding.patch?.proof;
    const started = after.filter((one) => !before.includes(one)).map((one) => one.slice(0, one.lastIndexOf(" of ")));
    expect([...new Set(started)].sort(), finding.title).toEqual([...(proof?.breaks ?? []), ...(proof?.uncovers ?? []), ...(proof?.unmasks ?? [])].sort());
    // One for each reach: by a ClusterRoleBinding, and by RoleBindings.
    const own = `${finding.shouldHold} of ${resourceKey(finding.resource)}`;
    const countOf = (failing: readonly string[]) => failing.filter((one) => one === own).length;
    expect(proof?.turnsGreen, finding.title).toBe(countOf(after) === countOf(before) - 1);
    expect(finding.gain?.isTried, finding.title).toBe(false);
  }
});

const EVERYBODY = { kind: "Group", name: "system:authenticated" };

it("claims no score for rights in a namespace that accounts of others hold: whose tokens they are is not judged again", async () => {
  const given = (name: string, subjects: readonly JsonRecord[]) => roleBinding({ name, roleRef: { kind: "Role", name: "app" }, subjects });
  const bound = { everybody: EVERYBODY, gone: { kind: "ServiceAccount", namespace: "shop", name: "gone" } };
  const tried: unknown[] = [];
  for (const [name, subject] of Object.entries(bound)) {
    const seq = await cluster.scan([...LARGE, given(name, [subject])]);
    const [found] = await listPatched(seq, "&control=rbac-authenticated-binding,rbac-dangling-binding&namespace=shop");
    tried.push([found?.resource.name, found?.patch?.triedOn, found?.gain?.isTried]);
  }
  expect(tried).toEqual([
    ["everybody", "rights", false],
    ["gone", "all", true],
  ]);
});

const EVERYTHING = clusterRoleBinding({ name: "all", roleRef: { kind: "ClusterRole", name: "cluster-admin" } });

/** So many users, each with a role and a binding. */
function toBound(users: number): readonly JsonRecord[] {
  return Array.from({ length: users }, (_, i) => [
    role({ name: `own-${i}`, namespace: "large", rules: [{ apiGroups: [""], resources: ["services"], verbs: ["get"] }] }),
    roleBinding({ name: `own-${i}`, namespace: "large", roleRef: { kind: "Role", name: `own-${i}` }, subjects: [{ kind: "User", name: `user-${i}` }] }),
  ]).flat();
}

it("offers and tries patches of rights among thousands of them, and none among more than a page judges again", { timeout: 300_000 }, async () => {
  const world = [...LARGE, ...toBound(2_500), EVERYTHING, deployment({ name: "mounts", namespace: "ready", podSpec: { automountServiceAccountToken: true } })];
  const seq = await cluster.scan(world);
  const [all] = await listPatched(seq, "&control=rbac-cluster-admin-binding");
  expect(all?.patch?.triedOn).toBe("rights");
  // What the account may do beside counts by itself once it may not do everything.
  expect(all?.patch?.proof?.unmasks).toContain(findControl("rbac-secrets-read")?.title);
  const [before, patched] = [await failuresAt(seq), await cluster.scan((all && toPatched(world, all)) ?? [])];
  if (all) expectProven(all, before, await failuresAt(patched));
  const [mounted] = await listPatched(seq, "&control=sa-token-automounted&namespace=ready");
  expect(mounted?.patch?.proof?.turnsGreen).toBe(true);

  const tooMany = await cluster.scan([...LARGE, ...toBound(4_000), EVERYTHING]);
  const [bound] = (await cluster.call(getFindings, `?at=${tooMany}&control=rbac-cluster-admin-binding`)).body.rows;
  const { body } = await cluster.call(getFinding, `?at=${tooMany}`, { id: bound.id });
  expect([body.state, body.patch]).toEqual(["open", null]);
});

const OWN = { layer: "container", severity: "high", message: "It does not.", fix: "Change it." } as const;

it("judges the cluster's own controls too, of what is patched and of what a patched namespace holds", async () => {
  const enforces = `namespaceObject.metadata.labels["${LEVEL}/enforce"] != "privileged"`;
  const open = { labels: { [`${LEVEL}/enforce`]: "privileged" } };
  await cluster.save({
    ownControls: [
      { ...OWN, id: "own-pids", title: "No pod sees processes", subject: "pod", expression: "!has(object.spec.hostPID) || !object.spec.hostPID" },
      { ...OWN, id: "own-held", title: "Workloads are held back", subject: "workload", expression: enforces },
      { ...OWN, id: "own-spaces", title: "Namespaces are named", subject: "Namespace", expression: 'object.metadata.name == "elsewhere"' },
    ],
  });
  const world = [namespace(open), namespace({ name: "other", ...open }), ...["a", "b"].map((name) => deployment({ name, podSpec: { hostPID: true } }))];
  const { tried, untried } = await compareAll(world, [], "&control=host-pid,psa-enforce-missing");
  await cluster.save({ ownControls: [] });
  expect(untried.map(({ title }) => title)).toEqual([]);
  expect(tried.map(({ control }) => control).sort()).toEqual(["host-pid", "host-pid", "psa-enforce-missing", "psa-enforce-missing"]);
});

it("claims no score where an own control needs more steps than a page gives it", async () => {
  const hundred = `[${Array.from({ length: 100 }, (_, i) => i).join(",")}]`;
  const expression = `${hundred}.all(a, ${hundred}.all(b, a + b < 999)) && namespaceObject.metadata.name != "shop"`;
  await cluster.save({ ownControls: [{ ...OWN, id: "own-slow", title: "Workloads are elsewhere", subject: "workload", expression }] });
  const workloads = Array.from({ length: 8 }, (_, i) => deployment({ name: `app-${i}`, podSpec: { hostPID: i === 0 } }));
  const seq = await cluster.scan([namespace({ labels: { [`${LEVEL}/enforce`]: "privileged" } }), ...workloads]);
  await cluster.save({ ownControls: [] });
  const isTried = new Map((await listPatched(seq)).map(({ control, gain }) => [control, gain?.isTried]));
  expect([isTried.get("psa-enforce-missing"), isTried.get("host-pid")]).toEqual([false, true]);
});

it("names what begins to fail with a fix, on the subject and on other objects", async () => {
  const findings = await listPatched(await cluster.scan(WORLD));
  const proofOf = (control: string, name: string) => findings.find((one) => one.control === control && one.resource.name === name)?.patch?.proof;
  const titleOf = (control: string) => findControl(control)?.title;
  expect(proofOf("host-network", "app")?.uncovers).toEqual(expect.arrayContaining([titleOf("netpol-egress-open"), titleOf("netpol-ingress-open")]));
  expect(proofOf("run-as-non-root", "last")).toMatchObject({
    breaks: [titleOf("psa-below-restricted")],
    elsewhere: [{ resource: { kind: "Namespace", name: "ready" }, message: "The one workload of the namespace meets restricted already." }],
  });
  expect(proofOf("container-privileged", "root")?.unmasks).toContain(titleOf("seccomp-unconfined"));
});

it("claims no score where the snapshot knows more of what moves than is remembered: live pods", async () => {
  const asRoot = { securityContext: { runAsNonRoot: false } };
  const ownerReferences = [{ apiVersion: "apps/v1", kind: "StatefulSet", name: "app", controller: true, uid: "app" }];
  const old = pod({ name: "app-0", metadata: { ownerReferences }, podSpec: asRoot, status: { phase: "Running" } });
  const found = await listPatched(await cluster.scan([namespace(), statefulSet({ podSpec: { hostPID: true, ...asRoot } }), old]));
  const isTried = (control: string) => found.find((one) => one.control === control)?.gain?.isTried;
  expect([isTried("host-pid"), isTried("run-as-non-root")]).toEqual([false, true]);
});

it("foretells nothing of a policy for pods that may be where nothing enforces it", async () => {
  const ownerReferences = [{ apiVersion: "apps/v1", kind: "StatefulSet", name: "app", controller: true, uid: "app" }];
  const there = pod({ name: "app-0", labels: { app: "app" }, metadata: { ownerReferences }, podSpec: { nodeName: "f" }, status: { phase: "Running" } });
  const calico = daemonSet({ name: "calico-node", namespace: "kube-system", container: { image: "quay.io/calico/node:v3.31.0" } });
  const on = (machine: JsonRecord) => [namespace(), namespace({ name: "kube-system" }), AWS, machine, calico, statefulSet(), there];
  const fargate = node({ name: "f", labels: { "eks.amazonaws.com/compute-type": "fargate" } });
  const query = "&control=netpol-ingress-open&namespace=shop";
  const { tried } = await compareAll(on(fargate), [], query);
  expect(tried.map(({ patch }) => patch?.proof?.turnsGreen)).toEqual([null]);
  const usual = await compareAll(on(node({ name: "f" })), [], query);
  expect(usual.tried.map(({ patch }) => patch?.proof?.turnsGreen)).toEqual([true]);
});
