import { afterAll, beforeAll, expect, it } from "vitest";
import { GET } from "@/app/api/v1/clusters/[cluster]/who-can/route";
import type { WhoCanResponse } from "@/lib/contracts/who-can";
import { clusterRole, clusterRoleBinding, namespace, pod, role as namespacedRole, roleBinding, serviceAccount } from "@/lib/inventory/testing";
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
});
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

it("answers of one object by its name, and says of an account what it has as one of a group, whose members it counts", async () => {
  const all = "system:serviceaccounts:shop";
  const objects = [
    namespace(),
    serviceAccount({ name: "app" }),
    serviceAccount({ name: "till", namespace: "pay" }),
    namespacedRole({ rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["one"], verbs: ["get"] }] }),
    roleBinding({ subjects: [{ kind: "User", name: "kim" }] }),
    clusterRole({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] }),
    clusterRoleBinding({ subjects: [{ kind: "Group", name: all }] }),
  ];
  await cluster.scan(objects);
  const holdersOf = async (name: string) =>
    (await ask("secrets", `&namespace=shop&name=${name}`)).holders.map(({ identity, members }) => [identity.name, members]);
  expect((await holdersOf("one")).toSorted()).toEqual([
    ["kim", null],
    [all, 1],
  ]);
  expect(await holdersOf("two")).toEqual([[all, 1]]);
  const subjectOf = (text: string) => cluster.call(GET, `?by=subject&subject=${text}`);
  expect((await subjectOf("ServiceAccount/shop/app")).body.subject).toMatchObject({ isKnown: true, rightCount: 1, rights: [{ via: all, verbs: ["get"] }] });
  expect((await subjectOf("User/kim")).body.subject).toMatchObject({ isKnown: true, rightCount: 1, rights: [{ via: null, names: ["one"] }], workloads: null });
  expect((await subjectOf("Robot/app")).status).toBe(400);
  await cluster.scan(objects, ["serviceaccounts", "cronjobs.batch"]);
  expect(await ask("secrets")).toMatchObject({ notAssessed: null, areAccountsRead: false });
  expect((await subjectOf("ServiceAccount/shop/app")).body.subject.workloads).toBeNull();
});

it("counts get on pods/exec for a shell where the API server asks for no more, and only in the usual question", async () => {
  const getters = [
    clusterRole({ rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["get"] }] }),
    clusterRoleBinding({ subjects: [{ kind: "Group", name: "ops" }] }),
  ];
  const old = await startScanned("pglite", { "/version": JSON.stringify({ major: "1", minor: "34", gitVersion: "v1.34.0" }) });
  try {
    for (const [scanned, count] of [
      [old, 1],
      [cluster, 0],
    ] as const) {
      await scanned.scan(getters);
      expect((await scanned.ask(GET)).holderCount).toBe(0);
      expect((await scanned.ask(GET, "?verb=create&resource=pods/exec,pods/attach")).holderCount).toBe(count);
      expect((await scanned.ask(GET, "?verb=create&resource=pods/exec")).holderCount).toBe(0);
    }
  } finally {
    await old.stop();
  }
});

it("names what runs as an account, also of operators that call a kind as others do whose objects are listed", async () => {
  const ownedBy = (apiVersion: string, kind: string) => ({ ownerReferences: [{ apiVersion, kind, name: "own", controller: true, uid: kind }] });
  const owners = [ownedBy("vm.neon.tech/v1", "VirtualMachine"), ownedBy("acme.example/v1", "Policy"), ownedBy("kubevirt.io/v1", "VirtualMachineInstance")];
  const listed = { apiVersion: "kubevirt.io/v1", kind: "VirtualMachine", metadata: { name: "listed", namespace: "shop" }, spec: {} };
  const pods = owners.map((metadata, at) => pod({ name: `own-${at}`, metadata, pod: { serviceAccountName: "app" } }));
  await cluster.scan([namespace(), serviceAccount({ name: "app" }), listed, ...pods]);
  const { body } = await cluster.call(GET, "?by=subject&subject=ServiceAccount/shop/app");
  const workloads: NonNullable<NonNullable<WhoCanResponse["subject"]>["workloads"]> = body.subject.workloads;
  expect(workloads.map(({ ref }) => ref.apiVersion).sort()).toEqual(["acme.example/v1", "kubevirt.io/v1", "vm.neon.tech/v1"]);
});
