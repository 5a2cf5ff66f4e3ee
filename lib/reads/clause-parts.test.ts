import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { GET as getFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/route";
import type { ClauseDto } from "@/lib/contracts/frameworks";
import { everywhere } from "@/lib/graph/rbac/testing";
import { clusterRole, clusterRoleBinding, configMap, deployment, namespace, networkPolicy, node } from "@/lib/inventory/testing";
import { componentPod, controlPlaneNode } from "@/lib/inventory/nodes/testing-control-plane";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  const server = ["--authorization-mode=Node,AlwaysAllow", "--audit-policy-file=/p", "--audit-webhook-config-file=/w"];
  const spaces = ["closed", "open"].flatMap((name) => [namespace({ name }), deployment({ namespace: name })]);
  const policy = networkPolicy({ namespace: "closed", spec: { podSelector: { matchLabels: { app: "other" } } } });
  await cluster.scan([controlPlaneNode(), componentPod("kube-apiserver", server), ...spaces, policy]);
  const grant = clusterRoleBinding({ subjects: [{ kind: "Group", name: "system:unauthenticated" }] });
  const [manager, scheduler] = [componentPod("kube-controller-manager", ["--profiling=false"]), componentPod("kube-scheduler", ["--config=/c"])];
  await cluster.scan([
    controlPlaneNode(),
    componentPod("kube-apiserver", [
      "--profiling=false",
      "--anonymous-auth=false",
      "--encryption-provider-config=/e",
      "--audit-policy-file=/p",
      "--audit-log-path=/l",
    ]),
    manager,
    scheduler,
  ]);
  await cluster.scan([node({ labels: { "cloud.google.com/gke-nodepool": "p" } }), clusterRole(), grant]);
  const mapUsers = (groups: string) =>
    configMap({ name: "aws-auth", namespace: "kube-system", data: { mapUsers: `- userarn: arn:aws:iam::1:user/a\n  groups: [${groups}]\n` } });
  const mapMany = (lastGroup: string) => {
    const users = Array.from({ length: 80 }, (_, at) => `- userarn: arn:aws:iam::1:user/u${at}\n  groups: [${at < 79 ? "developers" : lastGroup}]\n`);
    return configMap({ name: "aws-auth", namespace: "kube-system", data: { mapUsers: users.join("") } });
  };
  const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "p" } });
  await cluster.scan([eks, mapUsers("developers"), ...everywhere("kyverno.io", ["clusterpolicies"], ["update"])]);
  await cluster.scan([eks, mapUsers("system:masters"), ...everywhere("*", ["mutatingadmissionpolicies", "validatingwebhookconfigurations"], ["update"])]);
  await cluster.scan([eks, mapMany("developers")]);
  await cluster.scan([eks, mapMany("system:masters")]);
  const certificates = ["--etcd-cafile=/ca", "--etcd-certfile=/c", "--etcd-keyfile=/k", "--etcd-servers=https://10.0.0.1:2379"];
  const member = ["--client-cert-auth=true", "--trusted-ca-file=/ca", "--peer-client-cert-auth=true", "--peer-cert-file=/c", "--peer-key-file=/k"];
  await cluster.scan([
    controlPlaneNode(),
    componentPod("kube-apiserver", [...certificates, "--etcd-servers-overrides=/events#http://10.0.0.1:2389"]),
    componentPod("etcd", [...member, "--auto-tls=true", "--listen-peer-urls=http://10.0.0.1:2380"]),
  ]);
});
afterAll(() => cluster.stop());

async function find(framework: string, ids: readonly string[], query = ""): Promise<readonly (ClauseDto | undefined)[]> {
  const clauses: readonly ClauseDto[] = (await cluster.call(getFramework, query, { framework })).body.clauses;
  return ids.map((id) => clauses.find((clause) => clause.id === id));
}

it("fails of three clauses about one flag those whose mode is wrong", async () => {
  const found = await find("cis", ["1.2.6", "1.2.7", "1.2.8"], "?at=1");
  expect(found.map((clause) => clause?.state)).toEqual(["fail", "pass", "fail"]);
});

it("leaves to people whether what a webhook sends becomes a log and how long that is kept, and not whether there are any events", async () => {
  const found = await find("cis", ["1.2.17", "1.2.18", "1.2.19"], "?at=1");
  expect(found.map((clause) => clause?.state)).toEqual(["needs-review", "needs-review", "needs-review"]);
  const [log] = await find("cis", ["1.2.16"], "?at=1");
  expect(log?.state).toBe("needs-review");
  expect(log?.controls.find(({ id }) => id === "apiserver-audit-log")).toMatchObject({ state: "pass", counts: { judged: 1, manual: 0 } });
});

it("passes by flags that decide a clause what another source, which is off, would show too, and never by that source alone", async () => {
  const [log] = await find("cis", ["1.2.16"], "?at=2");
  const [policy, hidden] = [...(await find("cis", ["3.2.1"], "?at=1")), ...(await find("cis", ["1.2.1"], "?at=3"))];
  expect(log).toMatchObject({ state: "pass", counts: { judged: 2, unknown: 1 } });
  expect(policy).toMatchObject({ state: "pass", counts: { judged: 1, unknown: 1 } });
  expect(hidden).toMatchObject({ state: "not-assessed" });
  const [off] = await find("cis", ["1.2.1"], "?at=2");
  expect(off).toMatchObject({
    state: "pass",
    controls: [
      { id: "apiserver-anonymous-access", state: "not-assessed" },
      { id: "apiserver-anonymous-auth", state: "pass" },
    ],
  });
  expect((await find("cis", ["1.2.1"], "?at=1"))[0]).toMatchObject({ state: "fail" });
});

it("fails the clause on the provider of encryption where none is configured, and passes none by the mere configuration", async () => {
  const [[bare], [configured]] = [await find("cis", ["1.2.28"], "?at=1"), await find("cis", ["1.2.28"], "?at=2")];
  expect([bare?.state, configured?.state]).toEqual(["fail", "not-assessed"]);
});

it("passes the components that it sees, and says of the hidden one alone why it was not assessed", async () => {
  const found = await find("cis", ["1.2.15", "1.3.2", "1.4.1"], "?at=2");
  expect(found.map((clause) => clause?.state)).toEqual(["pass", "pass", "not-assessed"]);
  expect(found[2]?.controls[0]?.unassessed.reasons).toMatchObject([{ reason: expect.stringContaining("configuration file") }]);
});

it("passes no certificate towards etcd, or at it, that something else which is set makes idle", async () => {
  const found = await find("cis", ["1.2.23", "1.2.26", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"], "?at=8");
  expect(found.map((clause) => clause?.state)).toEqual(["fail", "fail", "fail", "fail", "pass", "fail", "pass", "pass"]);
});

it("fails for namespaces without a policy alone, whatever the policies of others leave open", async () => {
  const [clause] = await find("cis", ["5.3.2"], "?at=1");
  expect(clause).toMatchObject({ state: "fail", counts: { judged: 2, failing: 1 } });
});

it("tells a binding of the group without credentials from one of the user", async () => {
  const found = await find("gke", ["4.1.8", "4.1.9"], "?at=3");
  expect(found.map((clause) => clause?.state)).toEqual(["pass", "fail"]);
});

it("tells a mapped administrator from a user who is mapped to a group of their own", async () => {
  const control = async (id: string, framework: string, at: number) =>
    (await find(framework, [id], `?at=${at}`))[0]?.controls.find((item) => item.id === "eks-aws-auth-privileged");
  for (const [framework, id] of [
    ["cis", "5.1.1"],
    ["cis", "5.1.7"],
    ["eks", "4.1.1"],
  ] as const) {
    expect([id, await control(id, framework, 4)]).toMatchObject([id, { state: "pass", counts: { failing: 0 } }]);
    expect([id, await control(id, framework, 5)]).toMatchObject([id, { state: "fail", counts: { failing: 1 } }]);
  }
  expect(await control("4.1.7", "eks", 4)).toMatchObject({ state: "fail" });
});

it("tells them apart among more users than evidence shows", async () => {
  const states = await Promise.all([6, 7].map(async (at) => (await find("cis", ["5.1.1"], `?at=${at}`))[0]?.controls));
  expect(states.map((controls) => controls?.find(({ id }) => id === "eks-aws-auth-privileged")?.state)).toEqual(["pass", "fail"]);
});

it("tells who can change webhooks from who can change policies of an engine", async () => {
  for (const [framework, id] of [
    ["cis", "5.1.12"],
    ["eks", "4.1.11"],
  ] as const) {
    const states = await Promise.all([4, 5].map(async (at) => (await find(framework, [id], `?at=${at}`))[0]?.state));
    expect([id, ...states]).toEqual([id, "pass", "fail"]);
  }
  expect((await find("owasp", ["K04"], "?at=4"))[0]?.controls.find(({ id }) => id === "rbac-admission-write")).toMatchObject({ state: "fail" });
});

it("reads what findings name once for a snapshot, whatever framework asks", async () => {
  await find("cis", ["1.2.6"], "?at=1");
  const asked = vi.spyOn(getDatabase().pool, "query");
  await find("pss", ["baseline/procMount"], "?at=1");
  const statements = asked.mock.calls.map(([statement]) => String(statement));
  asked.mockRestore();
  expect(statements.filter((statement) => /\bevidence\b/.test(statement))).toEqual([]);
});
