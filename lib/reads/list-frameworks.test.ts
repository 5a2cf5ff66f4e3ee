import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as exportFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/export/route";
import { GET as getFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/route";
import type { ClauseDto, ExportFrameworkResponse } from "@/lib/contracts/frameworks";
import { NODE_FILES } from "@/lib/frameworks/data/gaps";
import { deployment, namespace, node, serviceAccount } from "@/lib/inventory/testing";
import { componentPod, controlPlaneNode } from "@/lib/inventory/nodes/testing-control-plane";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  const quiet = { securityContext: { privileged: false }, name: "app", image: "registry.example/app:1" };
  const manager = ["--use-service-account-credentials=true", "--bind-address=127.0.0.1", "--service-account-private-key-file=/k", "--root-ca-file=/ca"];
  const plane = [controlPlaneNode(), componentPod("kube-controller-manager", manager)];
  const objects = [namespace(), node({ name: "a" }), deployment({ spec: { containers: [quiet] } }), ...plane];
  await cluster.scan(objects);
  await cluster.save({ disabledControls: { "container-privileged": "Only storage drivers are, and those we know." } });
  await cluster.scan(objects);
});
afterAll(() => cluster.stop());

const clausesOf = async (framework: string, query = ""): Promise<readonly ClauseDto[]> => (await cluster.call(getFramework, query, { framework })).body.clauses;
const find = async (framework: string, id: string, query = "") => (await clausesOf(framework, query)).find((clause) => clause.id === id);

it("does not pass a clause of which a control was switched off, and says why; before that it passes", async () => {
  expect(await find("pss", "baseline/privileged", "?at=1")).toMatchObject({ state: "pass" });
  const clause = await find("pss", "baseline/privileged");
  expect(clause).toMatchObject({ state: "not-assessed", counts: { unasked: 1 } });
  expect(clause?.controls.find(({ id }) => id === "container-privileged")).toMatchObject({ disabled: "Only storage drivers are, and those we know." });
});

it("fails of the clauses that one control decides only those whose part of it fails", async () => {
  const clauses = await clausesOf("cis");
  const states = Object.fromEntries(clauses.filter(({ id }) => id.startsWith("1.3.")).map(({ id, state }) => [id, state]));
  expect(states).toEqual({ "1.3.1": "fail", "1.3.2": "fail", "1.3.3": "pass", "1.3.4": "pass", "1.3.5": "pass", "1.3.6": "pass", "1.3.7": "pass" });
  expect(clauses.find(({ id }) => id === "1.3.3")?.controls).toMatchObject([{ id: "controller-manager-hardening", state: "pass", counts: { failing: 0 } }]);
});

it("lists the clauses of the states that are asked for, in its file too, and counts all", async () => {
  const [whole, some] = [
    (await cluster.call(getFramework, "", { framework: "cis" })).body,
    (await cluster.call(getFramework, "?state=fail,pass", { framework: "cis" })).body,
  ];
  const wanted = whole.clauses.filter(({ state }: ClauseDto) => state === "fail" || state === "pass");
  expect([wanted.length > 0, wanted.length < whole.clauses.length]).toEqual([true, true]);
  expect([some.clauses, some.framework]).toEqual([wanted, whole.framework]);
  const lines: ExportFrameworkResponse = (await cluster.call(exportFramework, "?format=json&state=fail,pass", { framework: "cis" })).body;
  expect(lines.map(({ clause }) => clause)).toEqual(wanted.map(({ id }: ClauseDto) => id));
});

it("does not pass a clause about a component that no scan saw, where the same control fails of another", async () => {
  const clauses = await clausesOf("cis");
  const stateOf = (id: string) => clauses.find((clause) => clause.id === id)?.state;
  expect(["1.3.2", "1.2.15", "1.2.20", "1.4.1"].map(stateOf)).toEqual(["fail", "not-assessed", "not-assessed", "not-assessed"]);
});

it("says at such a clause why it was not assessed, in its file too, and nothing of it at one that fails", async () => {
  const reasonsOf = async (id: string) => (await find("cis", id))?.controls.map(({ unassessed }) => unassessed.reasons.map(({ reason }) => reason));
  const why = "No pod of kube-scheduler is in kube-system, so its flags are not in the API.";
  expect([await reasonsOf("1.4.1"), await reasonsOf("1.3.2")]).toEqual([[[why]], [[]]]);
  const lines: ExportFrameworkResponse = (await cluster.call(exportFramework, "?format=json", { framework: "cis" })).body;
  expect(lines.find(({ clause }) => clause === "1.4.1")?.because).toContain(why);
});

it("exports each clause as its page has it, with a link to a place that the page has", async () => {
  for (const [framework, search] of [
    ["cis", "at=1"],
    ["mitre", "at=1&view=list"],
  ] as const) {
    const clauses = await clausesOf(framework, "?at=1");
    const lines: ExportFrameworkResponse = (await cluster.call(exportFramework, "?at=1&format=json", { framework })).body;
    expect(lines.map(({ clause, state, judged, failing }) => ({ id: clause, state, judged, failing }))).toEqual(
      clauses.map(({ id, state, counts: { judged, failing } }) => ({ id, state, judged, failing })),
    );
    expect(lines.map(({ link }) => link)).toEqual(clauses.map(({ id }) => `http://localhost/c/c/frameworks/${framework}?${search}#${id}`));
  }
});

it("refuses a file whose address says something twice, and finds none under a name that cannot be, like the rest of the API", async () => {
  const ask = (query: string, framework: string) => cluster.call(exportFramework, query, { framework });
  expect(await ask("?format=json&format=csv", "cis")).toMatchObject({ status: 400, body: { message: "The parameter format is given more than once." } });
  expect((await ask("?format=json", "x".repeat(41))).status).toBe(404);
});

it("leaves out what asks for files of a control plane that a service runs, with the reason, and keeps the days before", async () => {
  await cluster.scan([namespace(), node({ name: "a", labels: { "eks.amazonaws.com/nodegroup": "blue" } })]);
  const { framework, clauses } = (await cluster.call(getFramework, "", { framework: "cis" })).body;
  const stateOf = (id: string) => clauses.find((clause: ClauseDto) => clause.id === id)?.state;
  expect(framework.applies).toContain("runs the control plane of this cluster");
  expect(["1.1.1", "1.1.21", "1.3.2", "3.2.2", "4.1.1"].map(stateOf)).toEqual([
    "not-applicable",
    "not-applicable",
    "not-applicable",
    "not-applicable",
    "not-assessed",
  ]);
  expect(await find("cis", "1.1.1", "?at=1")).toMatchObject({ state: "not-assessed" });
  const lines: ExportFrameworkResponse = (await cluster.call(exportFramework, "?format=json", { framework: "cis" })).body;
  expect(lines.find(({ clause }) => clause === "1.1.1")?.because).toBe(framework.applies);
  expect(lines.find(({ clause }) => clause === "4.1.1")?.because).toBe(NODE_FILES);
});

it("judges nothing under the numbers of a service on machines of another cloud, and says whose they are", async () => {
  const role = { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/a" };
  await cluster.scan([namespace(), node({ spec: { providerID: "aws:///a/i-1" } }), serviceAccount({ annotations: role })]);
  const { framework, clauses } = (await cluster.call(getFramework, "", { framework: "gke" })).body;
  expect(framework).toMatchObject({ isMeant: false, applies: expect.stringContaining("runs on machines of Amazon Web Services") });
  expect(clauses.find(({ id }: ClauseDto) => id === "5.4.1")).toMatchObject({ state: "not-applicable", controls: [] });
  expect((await cluster.call(getFramework, "", { framework: "eks" })).body.framework).toMatchObject({ isMeant: null });
});
