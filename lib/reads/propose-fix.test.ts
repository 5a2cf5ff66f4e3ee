import { afterEach, beforeEach, expect, it } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import {
  clusterRole,
  clusterRoleBinding,
  daemonSet,
  deployment,
  namespace,
  node,
  pod,
  role,
  roleBinding,
  serviceAccount,
  statefulSet,
} from "@/lib/inventory/testing";
import { getFinding as readFinding } from "./get-finding";
import { startScanned } from "./testing-scanned";

const open = { labels: { "pod-security.kubernetes.io/enforce": "privileged" } };

let cluster: Awaited<ReturnType<typeof startScanned>>;
beforeEach(async () => {
  cluster = await startScanned();
});
afterEach(() => cluster.stop());

const patchesOf = async (control: string) => {
  const { rows } = (await cluster.call(getFindings, `?control=${control}`)).body;
  return Promise.all(rows.map(async ({ id }: { id: string }) => (await cluster.call(getFinding, "", { id })).body.patch));
};

it("tries a patch among the workloads that its control looks at", async () => {
  await cluster.scan([namespace(open), deployment(), serviceAccount(), serviceAccount({ name: "spare" }), clusterRole(), clusterRoleBinding()]);
  const [level] = await patchesOf("psa-enforce-missing");
  expect(level.proof).toEqual({ turnsGreen: true, breaks: [], uncovers: [], unmasks: [], elsewhere: [] });
});

it("tries what closes one of two findings about the same object by itself", async () => {
  const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] };
  await cluster.scan([namespace(), serviceAccount(), clusterRole(secrets), clusterRoleBinding(), role(secrets), roleBinding()]);
  const patches = await patchesOf("rbac-secrets-read");
  expect(patches).toHaveLength(2);
  for (const { proof } of patches) expect(proof).toEqual({ turnsGreen: true, breaks: [], uncovers: [], unmasks: [], elsewhere: [] });
});

it("says what it did not try where more workloads count than a page judges, and nothing of what was refused", async () => {
  const large = [namespace(open), ...Array.from({ length: 1_001 }, (_, i) => deployment({ name: `app-${i}` }))];
  await cluster.scan(large);
  const [level] = await patchesOf("psa-enforce-missing");
  expect(level.kubectl).toContain("pod-security.kubernetes.io~1enforce");
  expect([level.proof, level.untold]).toEqual([null, "This control looks at more of the cluster than a page judges again."]);
  const { rows } = (await cluster.call(getFindings, "?control=netpol-ingress-open&limit=1")).body;
  const look = async () => (await cluster.call(getFinding, "", { id: rows[0].id })).body;
  const alone = await look();
  expect(alone.patch).toMatchObject({ proof: { turnsGreen: true }, untold: expect.stringMatching(/^What else the patch changes is not known/) });
  expect(alone.gain.isTried).toBe(false);
  await cluster.scan(large, ["networkpolicies.networking.k8s.io"]);
  const refused = await look();
  expect([refused.patch.proof, refused.patch.untold]).toEqual([null, expect.stringContaining("networkpolicies")]);
});

it("calls a control passed only where it can tell: a closed way counts when something enforces policies", async () => {
  const aws = node({ spec: { providerID: "aws:///eu-central-1a/i-0123456789abcdef0" } });
  const objects = [namespace(), namespace({ name: "kube-system" }), deployment(), aws];
  await cluster.scan(objects);
  const [untold] = await patchesOf("cloud-imds-egress-blocked");
  expect(untold.proof).toEqual({ turnsGreen: null, breaks: [], uncovers: [], unmasks: [], elsewhere: [] });
  const calico = daemonSet({ name: "calico-node", namespace: "kube-system", container: { image: "quay.io/calico/node:v3.31.0" } });
  await cluster.scan([...objects, calico]);
  const [told] = await patchesOf("cloud-imds-egress-blocked");
  expect(told.proof).toEqual({ turnsGreen: true, breaks: [], uncovers: [], unmasks: [], elsewhere: [] });
});

it("tries a patch once for a snapshot, and anew on the next one", async () => {
  const insecure = deployment({ podSpec: { hostPID: true, securityContext: { runAsNonRoot: false } } });
  await cluster.scan([namespace(), insecure]);
  const { rows } = (await cluster.call(getFindings, "?control=host-pid")).body;
  const look = async () => (await readFinding("c", rows[0].id, {})).patch;
  const first = await look();
  expect(first?.proof?.uncovers).toHaveLength(1);
  expect(await look()).toBe(first);
  await cluster.scan([namespace(), deployment({ podSpec: { hostPID: true, securityContext: { runAsNonRoot: true } } })]);
  expect((await look())?.proof?.uncovers).toEqual([]);
});

it("names apart what the patch breaks and what begins to apply with it", async () => {
  await cluster.scan([namespace(), deployment({ podSpec: { hostPID: true, securityContext: { runAsNonRoot: false } } })]);
  const [patch] = await patchesOf("host-pid");
  const uncovers = ["Pods that may run as root have a user namespace of their own"];
  expect(patch.proof).toEqual({ turnsGreen: true, breaks: [], uncovers, unmasks: [], elsewhere: [] });
});

it("makes a pod anew without its debug containers, and says so", async () => {
  await cluster.scan([namespace(), pod({ podSpec: { hostPID: true, ephemeralContainers: [{ name: "debug", image: "registry.example/debug:1" }] } })]);
  const [patch] = await patchesOf("host-pid");
  expect(patch.kubectl).toContain('{"op":"remove","path":"/spec/ephemeralContainers"}');
  expect(patch.note).toBe("A Pod is fixed once it runs: it is deleted and made again, without the containers that were added to debug it.");
});

it("pins the digest that the pods of the same snapshot ran, and keeps the tag", async () => {
  const world = (letter: string) => [
    namespace(),
    statefulSet({ container: { image: "registry.example/shop/app:1.4" } }),
    pod({
      name: "app-0",
      metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "StatefulSet", name: "app", controller: true, uid: "app" }] },
      container: { image: "registry.example/shop/app:1.4" },
      status: { phase: "Running", containerStatuses: [{ name: "app", imageID: `registry.example/shop/app@sha256:${letter.repeat(64)}` }] },
    }),
  ];
  await cluster.scan(world("a"));
  await cluster.scan(world("b"));
  const { rows } = (await cluster.call(getFindings, "?control=image-not-digest-pinned")).body;
  const imageAt = async (query: string) => {
    const { patch } = (await cluster.call(getFinding, query, { id: rows[0].id })).body;
    return { image: JSON.parse(patch.jsonPatch).at(-1).value, turnsGreen: patch.proof.turnsGreen, breaks: patch.proof.breaks };
  };
  const pinned = (letter: string) => ({ image: `registry.example/shop/app:1.4@sha256:${letter.repeat(64)}`, turnsGreen: true, breaks: [] });
  expect(await imageAt("?at=1")).toEqual(pinned("a"));
  expect(await imageAt("?at=2")).toEqual(pinned("b"));
  await cluster.scan(world("b").slice(0, 2));
  expect((await cluster.call(getFinding, "", { id: rows[0].id })).body.patch).toBeNull();
});

it("says who takes a live change back, by what set the fields of the object that the patch changes", async () => {
  const managedFields = (manager: string) => ({ managedFields: [{ manager, operation: "Update", fieldsV1: { "f:rules": {} } }] });
  const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] };
  await cluster.scan([
    namespace(),
    serviceAccount({ metadata: managedFields("kubectl") }),
    role({ ...secrets, metadata: managedFields("argocd-controller") }),
    roleBinding(),
  ]);
  expect(await patchesOf("rbac-secrets-read")).toMatchObject([{ managedBy: "Argo CD" }]);
});

it("tells whether the layer that a fix moves has a score, with what could be assessed", async () => {
  const world = [namespace(), serviceAccount(), deployment(), clusterRoleBinding()];
  await cluster.scan(world);
  const { rows } = (await cluster.call(getFindings, "?control=default-sa-automount&limit=1")).body;
  const isScored = async () => (await cluster.call(getFinding, "", { id: rows[0].id })).body.gain.isScored;
  expect(await isScored()).toBe(true);
  const rbac = ["roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io"];
  await cluster.scan(world, ["nodes", "pods", "networkpolicies.networking.k8s.io", ...rbac]);
  expect(await isScored()).toBe(false);
});
