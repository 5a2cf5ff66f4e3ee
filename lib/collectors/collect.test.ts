import { afterEach, describe, expect, it } from "vitest";
import type { Fault, FaultPlan } from "../../e2e/api-server/faults";
import { type FaultServer, type FaultServerOptions, startFaultServer } from "../../e2e/api-server/start";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { resourceName } from "@/lib/demo/served-resource";
import { openConnection } from "@/lib/kube/open-connection";
import { type JsonRecord, record, text } from "@/lib/model/json";
import { OPT_IN_SOURCES } from "@/lib/model/opt-in-source";
import { ALL_COLLECTORS } from "./all-collectors";
import { isGap } from "@/lib/model/coverage";
import { type CollectOptions, type CollectProgress, collect } from "./collect";
import { PATIENCE } from "./patience";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function pods(count: number): unknown[] {
  return Array.from({ length: count }, (_, i) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `pod-${String(i).padStart(5, "0")}`, namespace: "shop" },
    spec: { containers: [{ name: "app", image: "a" }] },
  }));
}

const WORLD = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  { apiVersion: "v1", kind: "Secret", metadata: { name: "password", namespace: "shop" }, data: { a: "Yg==" } },
  { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "cart", namespace: "shop" }, spec: {} },
  {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: "cart-1", namespace: "shop", ownerReferences: [{ controller: true, kind: "Deployment", name: "cart" }] },
    spec: { replicas: 0, selector: {} },
    status: { replicas: 0 },
  },
  ...pods(1200),
];

async function serve(options: Partial<FaultServerOptions>): Promise<FaultServer> {
  const server = await startFaultServer({ source: WORLD, ...options });
  closing.push(() => server.stop());
  return server;
}

async function read(
  server: FaultServer,
  signal?: AbortSignal,
  onProgress?: (progress: CollectProgress) => void,
  options: Pick<CollectOptions, "parallelLists" | "patience" | "optInSources"> = {},
) {
  const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: server.isHanging() ? 700 : 60_000, attempts: 3 });
  closing.push(() => connection.close());
  const objects = new Map<string, JsonRecord>();
  const missing = new Map<string, string>();
  const done = new Set<string>();
  const sink = {
    add: (body: JsonRecord) => objects.set(`${text(body.kind)}/${text(record(body.metadata).name)}`, body),
    markMissing: (kind: string, reason: string) => missing.set(kind, reason),
    markRead: (kind: string) => done.add(kind),
  };
  const { coverage } = await collect(connection, sink, {
    ...options,
    collectors: ALL_COLLECTORS,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  const of = (resource: string) => coverage.find((entry) => entry.resource === resource);
  const count = (kind: string) => [...objects.keys()].filter((key) => key.startsWith(`${kind}/`)).length;
  return { objects, missing, done, of, count, coverage, retries: connection.meter.counts().retries };
}

const withFaults = async (faults: FaultPlan) => read(await serve({ faults }));

describe("collect", () => {
  it("reads every kind in pages, with the kind and version that the list leaves out", async () => {
    const server = await serve({});
    const { objects, of, count, missing } = await read(server);
    expect(of("pods")).toMatchObject({ status: "read", objects: 1200, version: "v1" });
    expect(count("Pod")).toBe(1200);
    expect(objects.get("Deployment/cart")).toMatchObject({ apiVersion: "apps/v1", kind: "Deployment" });
    expect(objects.get("Namespace/shop")).toMatchObject({ apiVersion: "v1", kind: "Namespace" });
    expect(server.requests.filter((line) => line.startsWith("GET /api/v1/pods?"))).toHaveLength(3);
    expect([...missing.keys()]).toEqual(["Secret", "KubeletConfiguration", "APIServerMetrics", "APIServerProbe"]);
  });

  it("does not take for absent what is served in versions that it does not know", async () => {
    const closing = { kind: "AdminNetworkPolicy", apiVersion: "policy.networking.k8s.io/v9", metadata: { name: "closing" }, spec: {} };
    const constraint = { kind: "K8sNoRoot", apiVersion: "constraints.gatekeeper.sh/v9", metadata: { name: "no-root" }, spec: {} };
    const { of, missing, coverage } = await read(await serve({ source: [...WORLD, closing, constraint] }));
    const reason = "This cluster serves adminnetworkpolicies.policy.networking.k8s.io in version v9, which is not read here.";
    expect(of("adminnetworkpolicies")).toMatchObject({ status: "failed", reason, action: expect.stringContaining("v1alpha1") });
    expect(missing.get("AdminNetworkPolicy")).toBe(reason);
    expect(coverage.find(({ group }) => group === "constraints.gatekeeper.sh")).toMatchObject({ status: "failed" });
    expect(of("clusternetworkpolicies")).toMatchObject({ status: "absent" });
  });

  it("reads each constraint in a version that it is served in, and says of which it knows none", async () => {
    const of1 = { kind: "K8sNoRoot", apiVersion: "constraints.gatekeeper.sh/v1beta1", metadata: { name: "no-root" }, spec: {} };
    const of9 = { kind: "K8sNoHost", apiVersion: "constraints.gatekeeper.sh/v9", metadata: { name: "no-host" }, spec: {} };
    const { of, missing, count } = await read(await serve({ source: [...WORLD, of1, of9] }));
    expect(count("K8sNoRoot")).toBe(1);
    expect(of("k8snohosts")).toMatchObject({ status: "failed", reason: expect.stringContaining("in version v9, which is not read here") });
    expect(missing.get("Constraint")).toContain("k8snohosts.constraints.gatekeeper.sh");
  });

  it("reads a kind in another version where the server cannot convert what is stored to the first", async () => {
    const secret = (version: string, name: string) => ({
      kind: "ExternalSecret",
      apiVersion: `external-secrets.io/${version}`,
      metadata: { name, namespace: "shop" },
    });
    const source = [...WORLD, secret("v1", "new"), secret("v1beta1", "old")];
    const broken = (version: string) => ({ [`/apis/external-secrets.io/${version}/externalsecrets`]: [{ kind: "status", status: 500 } as const] });
    const { of, done } = await read(await serve({ source, faults: broken("v1") }));
    expect(of("externalsecrets")).toMatchObject({ status: "read", version: "v1beta1" });
    expect(done.has("ExternalSecret")).toBe(true);
    const { of: ofNone } = await read(await serve({ source, faults: { ...broken("v1"), ...broken("v1beta1") } }));
    expect(ofNone("externalsecrets")).toMatchObject({ status: "failed", version: "v1" });
  });

  it("never asks for Secrets, and says so in the coverage", async () => {
    const server = await serve({});
    const { of, count } = await read(server);
    expect(server.requests.filter((line) => line.includes("secrets"))).toEqual([]);
    expect(of("secrets")).toMatchObject({ status: "not-requested" });
    expect(count("Secret")).toBe(0);
  });

  it("keeps no old revisions of a Deployment", async () => {
    expect((await read(await serve({}))).count("ReplicaSet")).toBe(0);
  });

  it("takes a kind that may not be read as a gap with a reason and an action, and reads the rest", async () => {
    const { of, missing, count } = await read(await serve({ denied: ["deployments.apps"] }));
    expect(of("deployments")).toMatchObject({
      status: "forbidden",
      reason: expect.stringMatching(/does not allow/),
      action: expect.stringMatching(/Grant get and list/),
    });
    expect(missing.get("Deployment")).toMatch(/does not allow/);
    expect(count("Pod")).toBe(1200);
  });

  it("takes a group that is not served as absent: a gap for built-in kinds, nothing for optional ones", async () => {
    const { of, missing, done } = await read(await serve({ unserved: ["apps", "node.k8s.io"] }));
    expect(of("deployments")).toMatchObject({ status: "absent" });
    expect(missing.has("Deployment")).toBe(true);
    expect(of("runtimeclasses")).toMatchObject({ status: "absent" });
    expect(done.has("RuntimeClass")).toBe(true);
    expect(done.has("Gateway")).toBe(true);
  });

  it("does not take for absent what discovery has named and what is then not found", async () => {
    const policy = { kind: "ClusterPolicy", apiVersion: "kyverno.io/v1", metadata: { name: "no-root" }, spec: {} };
    const source = [...WORLD, policy];
    const { of, done, missing } = await read(await serve({ source, faults: { "clusterpolicies.kyverno.io": [{ kind: "status", status: 404 }] } }));
    expect(of("clusterpolicies")).toMatchObject({ status: "failed" });
    expect([done.has("ClusterPolicy"), missing.has("ClusterPolicy")]).toEqual([false, true]);
  });

  it("does not take for absent what an API server that has just begun has registered and does not list yet", async () => {
    const registered = (group: string) => ({
      kind: "APIService",
      apiVersion: "apiregistration.k8s.io/v1",
      metadata: { name: `v1.${group}` },
      spec: { group, version: "v1" },
    });
    const { coverage, done } = await read(await serve({ source: [...WORLD, registered("kyverno.io"), registered("apps"), registered("shop.example")] }));
    const gaps = coverage.filter((entry) => isGap(entry));
    expect(new Set(gaps.map(({ group, reason }) => `${group}: ${reason}`))).toEqual(
      new Set(["kyverno.io: The API server says that there is the API group kyverno.io and does not serve it."]),
    );
    expect([done.has("ClusterPolicy"), done.has("Gateway")]).toEqual([false, true]);
  });

  it("waits as long as a busy server asks for, then goes on", async () => {
    const started = performance.now();
    const { of, retries } = await withFaults({ pods: [{ kind: "status", status: 429, retryAfterSeconds: 1, times: 1, page: 1 }] });
    expect(of("pods")).toMatchObject({ status: "read", objects: 1200 });
    expect(retries).toBe(1);
    expect(performance.now() - started).toBeGreaterThan(1000);
  });

  it("gives up on a server error only after several tries", async () => {
    expect((await withFaults({ pods: [{ kind: "status", status: 500, times: 2 }] })).of("pods")).toMatchObject({ status: "read" });
    const { of, missing } = await withFaults({ pods: [{ kind: "status", status: 500, page: "any" }] });
    expect(of("pods")).toMatchObject({ status: "failed", reason: expect.stringMatching(/status 500/) });
    expect(missing.has("Pod")).toBe(true);
  });

  it("starts a list again that expired in the middle, and counts each object once", async () => {
    const { of, count } = await withFaults({ pods: [{ kind: "status", status: 410, page: 1, times: 1 }] });
    expect(of("pods")).toMatchObject({ status: "read", objects: 1200 });
    expect(count("Pod")).toBe(1200);
  });

  it("does not start again for ever", async () => {
    expect((await withFaults({ pods: [{ kind: "status", status: 410, page: 1 }] })).of("pods")).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/kept expiring/),
    });
  });

  it("asks again when the connection is cut in the middle of a page", async () => {
    expect((await withFaults({ pods: [{ kind: "cut", page: 1, times: 1 }] })).of("pods")).toMatchObject({ status: "read", objects: 1200 });
    expect((await withFaults({ pods: [{ kind: "cut", page: 1 }] })).of("pods")).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/connection broke/),
    });
  });

  it.each<Fault>([{ kind: "silent" }, { kind: "trickle" }, { kind: "status", status: 413 }, { kind: "status", status: 504 }])(
    "asks for smaller pages where larger ones come to this: %j",
    async (fault) => {
      const server = await serve({ faults: { pods: [{ ...fault, page: "any", above: 100 }], configmaps: [{ ...fault, page: "any", above: 20 }] } });
      const { of, count } = await read(server);
      expect([of("pods"), of("configmaps")]).toMatchObject([{ status: "read", objects: 1200 }, { status: "read" }]);
      expect(count("Pod")).toBe(1200);
      const limitsOf = (kind: string) => server.requests.flatMap((line) => (line.includes(`/${kind}?`) ? (/limit=(\d+)/.exec(line)?.[1] ?? []) : []));
      expect([limitsOf("pods").slice(0, 2), limitsOf("configmaps").at(-1)]).toEqual([["500", "100"], "20"]);
    },
  );

  it("asks for smaller pages from the beginning where one in the middle stays too slow, and counts each object once", async () => {
    const { of, count } = await withFaults({ pods: [{ kind: "silent", page: 1, above: 100 }] });
    expect(of("pods")).toMatchObject({ status: "read", objects: 1200 });
    expect(count("Pod")).toBe(1200);
    expect((await withFaults({ pods: [{ kind: "silent", page: 1, times: 1 }] })).retries).toBe(1);
  });

  it("does not wait for the others of an API group that did not answer for three kinds, says so, and goes on with other groups", async () => {
    const paths = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"].map((name) => [name, `/apis/rbac.authorization.k8s.io/v1/${name}`] as const);
    const server = await serve({ faults: Object.fromEntries(paths.map(([, path]) => [path, [{ kind: "silent", page: "any" }]])) });
    const { of, missing } = await read(server, undefined, undefined, { parallelLists: 3 });
    expect(paths.map(([name]) => of(name)?.status)).toEqual(paths.map(() => "timeout"));
    const sentence = "The API server did not answer for 3 other kinds of the API group rbac.authorization.k8s.io, so that this one was not waited for.";
    expect(paths.filter(([name]) => of(name)?.reason === sentence)).toHaveLength(1);
    expect(["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"].filter((kind) => missing.has(kind))).toHaveLength(4);
    expect(of("pods")).toMatchObject({ status: "read" });
  });

  it.each<Fault>([{ kind: "silent" }, { kind: "trickle" }, { kind: "status", status: 429, retryAfterSeconds: 30 }])(
    "gives up on a server that answers discovery and to every list only %j, and judges nothing of it as read",
    async (fault) => {
      const lists = BUILT_IN_RESOURCES.map((resource) => [resourceName(resource), [{ ...fault, page: "any" }]] as const);
      const server = await serve({ faults: Object.fromEntries(lists) });
      const patience = { ...PATIENCE, idleMs: 2_000 };
      const { coverage, done, missing } = await read(server, undefined, undefined, { patience, optInSources: ["secret-metadata"] });
      const asked = coverage.filter(({ status }) => !["absent", "not-requested", "left-out"].includes(status));
      expect(new Set(asked.map(({ status }) => status))).toEqual(new Set(["timeout"]));
      expect(asked.find(({ kind }) => kind === "Secret")?.reason).toBe(
        "The API server answered nothing for 2 seconds, so that the scan went on without what was left.",
      );
      expect(["Pod", "Deployment", "Node", "Role"].filter((kind) => done.has(kind) || !missing.has(kind))).toEqual([]);
    },
  );

  it("takes a page that does not come in time as a timeout", async () => {
    const { of, missing } = await withFaults({ configmaps: [{ kind: "silent" }] });
    expect(of("configmaps")).toMatchObject({ status: "timeout", reason: expect.stringMatching(/within 1 seconds?/) });
    expect(missing.has("ConfigMap")).toBe(true);
  });

  it("asks again for a page that is no JSON, and tells it when it stays so", async () => {
    expect((await withFaults({ services: [{ kind: "garbage", times: 1 }] })).of("services")).toMatchObject({ status: "read" });
    expect((await withFaults({ services: [{ kind: "garbage" }] })).of("services")).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/not valid JSON/),
    });
  });

  it("falls back to asking each kind when discovery is forbidden", async () => {
    const { of, count, done } = await withFaults({ "/apis": [{ kind: "status", status: 403 }] });
    expect(of("pods")).toMatchObject({ status: "read" });
    expect(count("Deployment")).toBe(1);
    expect(of("gateways")).toMatchObject({ status: "absent" });
    expect(done.has("Gateway")).toBe(true);
  });

  it("asks for every version without discovery, and takes for absent only what has none", async () => {
    const closing = { kind: "ClusterNetworkPolicy", apiVersion: "policy.networking.k8s.io/v1alpha2", metadata: { name: "closing" }, spec: {} };
    const faults: FaultPlan = { "/apis": [{ kind: "status", status: 403 }] };
    const { of, count, done, missing } = await read(await serve({ source: [...WORLD, closing], faults }));
    expect(of("clusternetworkpolicies")).toMatchObject({ status: "read", version: "v1alpha2" });
    expect([count("ClusterNetworkPolicy"), done.has("ClusterNetworkPolicy")]).toEqual([1, true]);
    expect(of("grpcroutes")).toMatchObject({ status: "absent", version: "v1" });
    expect(missing.has("Constraint")).toBe(true);
  });

  it("takes a group whose discovery fails as failed, not as absent", async () => {
    const { of, missing } = await withFaults({ "/apis/apps/v1": [{ kind: "status", status: 503 }] });
    expect(of("deployments")).toMatchObject({ status: "failed" });
    expect(missing.has("Deployment")).toBe(true);
  });

  it("asks for the copy of a list only where the list itself does not answer, and counts one of the two", async () => {
    const policy = (group: string) => ({ kind: "GlobalNetworkPolicy", apiVersion: group, metadata: { name: "deny" }, spec: {} });
    const calico = (faults: FaultPlan, denied: readonly string[] = []) =>
      serve({ source: [...WORLD, policy("projectcalico.org/v3"), policy("crd.projectcalico.org/v1")], faults, denied });
    const listed = ({ coverage, missing }: Awaited<ReturnType<typeof read>>) => [
      coverage.filter(({ resource }) => resource === "globalnetworkpolicies").map(({ group, status }) => `${group} ${status}`),
      missing.has("GlobalNetworkPolicy"),
    ];
    const both = await calico({});
    expect(listed(await read(both))).toEqual([["projectcalico.org read"], false]);
    expect(listed(await read(await calico({}, ["globalnetworkpolicies.crd.projectcalico.org"])))).toEqual([["projectcalico.org read"], false]);
    expect(both.requests.some((line) => line.includes("/apis/crd.projectcalico.org/v1/globalnetworkpolicies"))).toBe(false);
    const isDown = { "/apis/projectcalico.org/v3": [{ kind: "status", status: 503 }] } as const;
    expect(listed(await read(await calico(isDown)))).toEqual([["crd.projectcalico.org read"], false]);
    // Its server may take the API server's requests for nobody's: that says nothing of who scans.
    const strange = { "/apis/projectcalico.org/v3/globalnetworkpolicies": [{ kind: "status", status: 401 }] } as const;
    expect(listed(await read(await calico(strange)))).toEqual([["crd.projectcalico.org read"], false]);
    // What may not be read may be stored apart from what is left of the other list.
    const refused = await read(await calico({}, ["globalnetworkpolicies.projectcalico.org"]));
    expect(listed(refused)).toEqual([["projectcalico.org forbidden", "crd.projectcalico.org read"], true]);
    expect(listed(await read(await calico(isDown, ["globalnetworkpolicies.crd.projectcalico.org"])))).toEqual([
      ["projectcalico.org failed", "crd.projectcalico.org forbidden"],
      true,
    ]);
  });

  it("keeps nothing of a list that breaks off in the middle where its copy is read to the end", async () => {
    const policies = (group: string, names: readonly string[]) =>
      names.map((name) => ({ kind: "GlobalNetworkPolicy", apiVersion: group, metadata: { name }, spec: {} }));
    const stored = Array.from({ length: 501 }, (_, i) => `default.deny-${String(i).padStart(3, "0")}`);
    const source = [
      ...WORLD,
      // Calico's own API server shows policies under other names, and some that are stored elsewhere.
      ...policies("projectcalico.org/v3", ["aknp.default.app", ...stored.map((name) => name.replace("default.", ""))]),
      ...policies("crd.projectcalico.org/v1", stored),
    ];
    const faults = { "/apis/projectcalico.org/v3/globalnetworkpolicies": [{ kind: "status", status: 500, page: 1 }] } as const;
    const broken = await read(await serve({ source, faults }));
    expect(broken.count("GlobalNetworkPolicy")).toBe(501);
    expect([broken.objects.has("GlobalNetworkPolicy/aknp.default.app"), broken.missing.has("GlobalNetworkPolicy")]).toEqual([false, false]);
    const whole = await read(await serve({ source }));
    expect([whole.count("GlobalNetworkPolicy"), whole.objects.has("GlobalNetworkPolicy/aknp.default.app")]).toEqual([502, true]);
  });

  it("tells its progress in counts that only grow, and ends with everything read", async () => {
    const seen: CollectProgress[] = [];
    const { coverage } = await read(await serve({}), undefined, (progress) => seen.push(progress));
    for (const key of ["kindsDone", "pages", "objects", "requests", "bytes"] as const) {
      expect(seen.map((progress) => progress[key])).toEqual(seen.map((progress) => progress[key]).toSorted((a, b) => a - b));
    }
    expect(seen.at(-1)).toMatchObject({
      kindsDone: coverage.length - OPT_IN_SOURCES.length,
      kinds: coverage.length - OPT_IN_SOURCES.length,
      reading: [],
      objects: 1203,
    });
  });

  it("tells in its progress how many kinds could not be read so far", async () => {
    const gapsOf = async (server: FaultServer) => {
      const seen: CollectProgress[] = [];
      const { coverage } = await read(server, undefined, (progress) => seen.push(progress));
      expect(seen.at(-1)?.gaps).toBe(coverage.filter(isGap).length);
      return seen.map(({ gaps }) => gaps);
    };
    const refused = await gapsOf(await serve({ denied: ["pods", "deployments.apps"] }));
    expect(new Set(refused)).toEqual(new Set([0, 1, 2]));
    expect(new Set(await gapsOf(await serve({})))).toEqual(new Set([0]));
  });

  it("stops at once when it is cancelled in the middle", async () => {
    const server = await serve({ faults: { pods: [{ kind: "silent", page: 1 }] } });
    const controller = new AbortController();
    const reading = read(server, controller.signal, ({ objects }) => objects >= 500 && controller.abort(new Error("cancelled")));
    await expect(reading).rejects.toThrow("cancelled");
    expect(server.requests.filter((line) => line.startsWith("GET /api/v1/pods?")).length).toBeLessThan(3);
  });
});
