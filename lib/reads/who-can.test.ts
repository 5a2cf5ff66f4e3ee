import { afterAll, beforeAll, expect, it } from "vitest";
import { GET } from "@/app/api/v1/clusters/[cluster]/who-can/route";
import type { WhoCanResponse } from "@/lib/contracts/who-can";
import { clusterRole, clusterRoleBinding, namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
const role = clusterRole({
  rules: [
    { apiGroups: ["cert-manager.io"], resources: ["certificates"], verbs: ["get"] },
    { apiGroups: [""], resources: ["secrets"], verbs: ["get"] },
    { nonResourceURLs: ["/metrics"], verbs: ["get"] },
  ],
});
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan([namespace(), role, clusterRoleBinding({ subjects: [{ kind: "Group", name: "ops" }] })]);
}, 60_000);
afterAll(() => cluster.stop());

const ask = async (resource: string, more = ""): Promise<WhoCanResponse> => (await cluster.call(GET, `?verb=GET&resource=${resource}${more}`)).body;

it("answers for what people write: a kind, what no scan lists, and a path of the API server", async () => {
  for (const [written, meant] of [
    ["Secret", "secrets"],
    ["certificate", "certificates"],
    ["/metrics", "/metrics"],
  ] as const) {
    const { question, holders, unknownResources } = await ask(written);
    expect([question.verb, question.resource, holders.map(({ identity }) => identity.name), unknownResources]).toEqual(["get", meant, ["ops"], []]);
  }
});

it("says that a resource or a namespace is called so nowhere, since nobody could tell what an empty answer means", async () => {
  expect(await ask("widgets")).toMatchObject({ holders: [], unknownResources: ["widgets"], isNamespaceUnknown: false });
  expect(await ask("secrets", "&namespace=shop")).toMatchObject({ isNamespaceUnknown: false });
  expect(await ask("secrets", "&namespace=shoo")).toMatchObject({ isNamespaceUnknown: true });
});
