import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/route";
import type { ClauseDto } from "@/lib/contracts/frameworks";
import { namespace, node } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const version = { major: "1", minor: "36", gitVersion: "v1.36.1-eks-3d4f", gitCommit: "", platform: "linux/amd64" };

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned("pglite", { "/version": JSON.stringify(version) });
  await cluster.scan([namespace()], ["nodes"]);
  await cluster.scan([namespace()]);
  await cluster.scan([namespace(), node({ spec: { providerID: "aws:///a/i-1" } })]);
});
afterAll(() => cluster.stop());

const stateOf = async (id: string, at: number) =>
  (await cluster.ask(getFramework, `?at=${at}`, { framework: "cis" })).clauses.find((clause: ClauseDto) => clause.id === id)?.state;
const applies = async (key: string, at: number) => (await cluster.ask(getFramework, `?at=${at}`, { framework: key })).framework.applies;

it("takes no build of a service for the service where the nodes were refused: it may run in a data centre", async () => {
  expect(await applies("eks", 1)).toContain("Nothing that was read tells which service runs this cluster");
  expect(await applies("cis", 1)).toBeNull();
  expect([await stateOf("1.1.1", 1), await stateOf("1.3.2", 1)]).toEqual(["not-assessed", "not-assessed"]);
});

it("knows the service by its build where no node of a control plane is in the list", async () => {
  for (const at of [2, 3]) {
    expect(await applies("eks", at)).toBe("This cluster is recognised as Amazon EKS.");
    expect(await applies("cis", at)).toContain("Amazon EKS runs the control plane of this cluster");
  }
});
