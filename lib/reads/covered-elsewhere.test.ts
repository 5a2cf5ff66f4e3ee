import { expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { clusterRole, clusterRoleBinding, deployment, namespace, networkPolicy } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

const jane = { kind: "User", name: "jane" };
const admin = { roleRef: { kind: "ClusterRole", name: "cluster-admin" } };
const reader = [
  clusterRole({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }] }),
  clusterRoleBinding({ subjects: [jane, { kind: "User", name: "john" }] }),
];

const openFor = (name: string) =>
  networkPolicy({ name: `open-${name}`, spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ["Ingress"], ingress: [{}] } });

/** What graver findings of other objects cover, by the names of what is covered. */
const WORLDS = [
  {
    control: "netpol-ingress-open",
    covering: "netpol-allow-all",
    // Another policy that came meanwhile may have closed it for a time.
    knownSince: 3,
    names: ["cart", "web"],
    world: [namespace(), namespace({ name: "pay" }), deployment({ name: "cart" }), deployment({ name: "web" })],
    covers: (names: readonly string[]) => names.map(openFor),
    mend: (world: readonly object[]) => [...world, networkPolicy({ name: "deny-all", spec: { podSelector: {}, policyTypes: ["Ingress"] } })],
  },
  {
    control: "rbac-secrets-read",
    covering: "rbac-cluster-admin-binding",
    knownSince: 1,
    names: ["jane", "john"],
    world: [namespace(), ...reader],
    covers: (names: readonly string[]) => names.map((name) => clusterRoleBinding({ name: `admin-${name}`, ...admin, subjects: [{ kind: "User", name }] })),
    mend: (world: readonly object[]) => world.slice(0, 2),
  },
];

it.each(WORLDS)("tells what $covering covered elsewhere as that: $control", async ({ control, covering, knownSince, names, world, covers }) => {
  const cluster = await startScanned();
  try {
    const [first = "", second = ""] = names;
    const alone = await cluster.scan([...world]);
    const one = await cluster.scan([...world, ...covers([first])]);
    const both = await cluster.scan([...world, ...covers([first, second])]);
    const compare = async (since: number, at: number): Promise<CompareResponse> => cluster.ask(getCompare, `?since=${since}&at=${at}`);
    const changes = async (since: number, at: number) => {
      const { opened, closed } = await compare(since, at);
      return [...opened, ...closed].filter((row) => row.control === control).map(({ change, resource }) => `${resource.name} ${change}`);
    };
    expect(await changes(alone, both)).toEqual(expect.arrayContaining([`${first} subsumed`, `${second} subsumed`]));

    const shown = await cluster.scan([...world, ...covers([second])]);
    expect(await changes(both, shown)).toEqual([`${first} uncovered`]);
    const { ledger, opened, closed } = await compare(both, shown);
    expect([ledger.new, ledger.reopened, ledger.fixed, closed.map((row) => row.control)]).toEqual([0, 0, 0, [covering]]);
    const { id = "" } = opened.find((row) => row.control === control) ?? {};
    const page = await cluster.ask(getFinding, "", { id });
    const { from } = await compare(knownSince, shown);
    expect([page.openedAt, page.spans.map(({ state, from: { seq } }: { state: string; from: { seq: number } }) => [state, seq])]).toEqual([
      from.takenAt,
      [
        ["open", alone],
        ["covered", Math.max(one, knownSince)],
        ["open", shown],
      ],
    ]);
  } finally {
    await cluster.stop();
  }
});

it.each(WORLDS)("tells it also of what was covered from the first scan on: $control", async ({ control, names, world, covers }) => {
  const cluster = await startScanned();
  try {
    await cluster.scan([...world, ...covers(names)]);
    await cluster.scan([...world]);
    const { opened, to }: CompareResponse = await cluster.ask(getCompare);
    expect(
      opened
        .filter((row) => row.control === control)
        .map(({ change, resource, before }) => `${resource.name} ${change} ${before.state}`)
        .sort(),
    ).toEqual(names.map((name) => `${name} uncovered covered`));
    expect(to.seq).toBe(2);
  } finally {
    await cluster.stop();
  }
});

it.each(WORLDS)("calls it fixed when it is mended with what covered it: $control", async ({ control, names, world, covers, mend }) => {
  const cluster = await startScanned();
  try {
    for (const objects of [world, [...world, ...covers(names)], mend(world)]) await cluster.scan(objects);
    const changes = async (query: string) => {
      const { closed }: CompareResponse = await cluster.ask(getCompare, query);
      return closed.filter((row) => row.control === control).map(({ change, resource, after }) => `${resource.name} ${change} ${after.state}`);
    };
    expect((await changes("?since=1&at=2")).sort()).toEqual(names.map((name) => `${name} subsumed covered`));
    expect((await changes("?since=1")).sort()).toEqual(names.map((name) => `${name} fixed clear`));
  } finally {
    await cluster.stop();
  }
});

it("takes no object for older than it is by what covers it", async () => {
  const cluster = await startScanned();
  try {
    const there = [namespace(), deployment({ name: "cart" })];
    await cluster.scan([...there, openFor("cart")]);
    await cluster.scan([namespace(), openFor("cart")]);
    await cluster.scan([...there, openFor("cart")]);
    await cluster.scan(there);
    const { opened, from }: CompareResponse = await cluster.ask(getCompare, "?since=3");
    const row = opened.find(({ control }) => control === "netpol-ingress-open");
    expect([row?.change, (await cluster.ask(getFinding, "", { id: row?.id ?? "" })).openedAt]).toEqual(["uncovered", from.takenAt]);
  } finally {
    await cluster.stop();
  }
});

const above = (action: "Allow" | "Deny") => ({
  apiVersion: "policy.networking.k8s.io/v1alpha1",
  kind: "AdminNetworkPolicy",
  metadata: { name: "above" },
  spec: {
    priority: 1,
    subject: { namespaces: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } },
    ingress: [{ name: "all", action, from: [{ namespaces: {} }] }],
  },
});
const CART = [namespace(), deployment({ name: "cart" })];

it.each([
  { told: "uncovered covered", what: "opens now above what opened it", worlds: [[openFor("cart")], [openFor("cart"), above("Allow")]] },
  { told: "uncovered covered", what: "opens now in place of what opened it", worlds: [[openFor("cart")], [above("Allow")]] },
  { told: "new clear", what: "closed it above what would have opened it", worlds: [[openFor("cart"), above("Deny")], []] },
])("tells what was covered by the policies of then: $told, where one $what", async ({ told, worlds }) => {
  const cluster = await startScanned();
  try {
    // Beside one that stays covered.
    const other = [namespace({ name: "pay" }), deployment({ name: "till", namespace: "pay" })];
    const stays = networkPolicy({ name: "open", namespace: "pay", spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] } });
    for (const world of worlds) await cluster.scan([...CART, ...other, stays, ...world]);
    const { opened }: CompareResponse = await cluster.ask(getCompare);
    const rows = opened.filter(({ control, resource }) => control === "netpol-ingress-open" && resource.name === "cart");
    expect(rows.map(({ change, before }) => `${change} ${before.state}`)).toEqual([told]);
  } finally {
    await cluster.stop();
  }
});
