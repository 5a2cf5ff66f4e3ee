import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import { type JsonRecord, record } from "../../model/json";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { podEndpointView } from "./endpoints";
import { createExplainer } from "./explain-pair";
import { findIsolation } from "./isolation";
import { policyIndexView } from "./policy-index";
import { reachView } from "./reach";
import { matrixOf } from "./testing-worlds";
import { weighReach } from "./weigh-reach";

const NAMESPACES = 50;
const WORKLOADS = 40;
const nsLabel = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });

/** A policy of its own for every workload: the worst case, in which no two are alike. */
function policyOf(ns: number, i: number): JsonRecord {
  const ports = [{ port: "http" }, { port: 9000 + (i % 7) }, { port: 30000, endPort: 30100 }];
  const neighbour = `ns-${(ns + 1 + (i % 3)) % NAMESPACES}`;
  const spec = {
    podSelector: { matchLabels: { app: `app-${i}` } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { app: `app-${(i + 1) % WORKLOADS}` } } },
          { ...nsLabel(neighbour), podSelector: { matchLabels: { tier: "edge" } } },
        ],
        ports,
      },
    ],
    egress: [{ to: [nsLabel("ns-0")], ports: [{ port: 53, protocol: "UDP" }] }, { to: [{ podSelector: {} }, nsLabel(neighbour)] }],
  };
  return { ...networkPolicy({ name: `for-app-${i}`, namespace: `ns-${ns}` }), spec };
}

test.each([
  ["with all policies at hand", [], "closed"],
  ["without policies that could decide anything", ["CiliumNetworkPolicy", "EgressFirewall"], "unknown"],
])("2,000 workloads, each with a policy of its own, are joined without a pause %s", async (_, refused, across) => {
  const objects = Array.from({ length: NAMESPACES }, (_, ns) => [
    namespace({ name: `ns-${ns}` }),
    ...Array.from({ length: WORKLOADS }, (_, i) => [
      deployment({ name: `app-${i}`, namespace: `ns-${ns}`, podLabels: { tier: i % 8 === 0 ? "edge" : "inner" } }),
      policyOf(ns, i),
    ]).flat(),
  ]).flat();
  const unread = refused.map((kind) => ({ kind, reason: "It was refused." }));
  const context = createContext(buildInventory(objects, WHOLE_CLUSTER, unread));
  const cpuMs = countCpuMs();
  const reach = context.view(reachView);
  const matrix = await matrixOf(reach);
  const takenMs = cpuMs();
  expect(matrix.namespaces).toHaveLength(NAMESPACES);
  expect(matrix.cell("ns-3", "ns-30")?.state).toBe(across);
  expect(matrix.cell("ns-3", "ns-3")?.state).toBe(across === "closed" ? "restricted" : "unknown");
  const [closedPairs, unknownPairs] = across === "closed" ? [WORKLOADS, 0] : [0, WORKLOADS];
  expect(matrix.cell(null, "ns-3")).toEqual({ state: across, pairs: WORKLOADS, openPairs: 0, closedPairs, unknownPairs });
  // Under two seconds of the processor; the bound leaves room for a slower one.
  expect(takenMs).toBeLessThan(10_000);
});

const selectsAll = { podSelector: { matchLabels: { all: "yes" } }, policyTypes: ["Ingress"] };

/** As many policies on each workload as there are workloads. */
const crowdOf = (size: number): readonly JsonRecord[] =>
  Array.from({ length: size }, (_, i) => [
    deployment({ name: `app-${i}`, podLabels: { all: "yes" } }),
    {
      ...networkPolicy({ name: `policy-${i}` }),
      spec: { ...selectsAll, ingress: [{ from: [{ podSelector: { matchLabels: { app: `app-${i}` } } }], ports: [{ port: 1000 + i }] }] },
    },
  ]).flat();

test("300 policies on each of 300 workloads of one namespace are not weighed, and all others are", async () => {
  const others = [namespace({ name: "bank" }), deployment({ namespace: "bank" }), networkPolicy({ namespace: "bank" })];
  // What no policy selects stays open, beside those of its namespace and to one without policies.
  const free = [deployment({ name: "free" }), namespace({ name: "cafe" }), deployment({ namespace: "cafe" })];
  const context = createContext(buildInventory([namespace(), ...crowdOf(300), ...others, ...free], WHOLE_CLUSTER));
  const cpuMs = countCpuMs();
  const { reach, matrix } = await weighReach(context.view(reachView), async () => undefined);
  // Seven seconds of the processor.
  expect(cpuMs()).toBeLessThan(40_000);
  expect([...reach.unweighed.tooMany]).toEqual(["shop"]);
  expect(["shop", "bank", "cafe", null].map((from) => matrix.cell(from, "shop"))).toMatchObject([
    { state: "unknown", pairs: 301 * 301, unknownPairs: 300 * 301, openPairs: 301 },
    { state: "closed", pairs: 301, closedPairs: 301 }, // the policy of the sender decides
    { state: "unknown", pairs: 301, unknownPairs: 300, openPairs: 1 },
    { state: "unknown", pairs: 301, unknownPairs: 300, openPairs: 1 },
  ]);
  expect(["shop", "bank", null].map((from) => matrix.cell(from, "bank")?.state)).toEqual(["closed", "closed", "closed"]);
  const [one, other] = reach.classes.classes.filter(({ endpoint }) => endpoint.labels.all === "yes");
  const { state, lines } = createExplainer(reach)(one ?? null, other ?? null);
  expect([state, ...lines.flatMap(({ because }) => because.map(({ message }) => message))]).toEqual([
    "unknown",
    "The policies of namespace shop have too many rules beside too many ports, and are not weighed.",
  ]);
});

test("100 policies on each of 100 workloads are weighed once for all of them, and others may work in between", async () => {
  const context = createContext(buildInventory([namespace(), ...crowdOf(100)], WHOLE_CLUSTER));
  let pauses = 0;
  const { reach, matrix } = await weighReach(context.view(reachView), async () => (pauses += 1));
  expect([...reach.unweighed.tooMany]).toEqual([]);
  expect(matrix.cell("shop", "shop")).toEqual({ state: "restricted", pairs: 10_000, openPairs: 0, closedPairs: 0, unknownPairs: 0 });
  expect(reach.looks).toBeLessThan(5_000_000); // a hundred times as many, each for itself
  expect(pauses).toBeGreaterThan(5);
});

const ciliumPolicy = (name: string, own: string, peers: readonly string[], port: number): JsonRecord => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name, namespace: "shop" },
  spec: {
    endpointSelector: { matchLabels: { app: own } },
    ingress: [{ fromEndpoints: peers.map((app) => ({ matchLabels: { app } })), toPorts: [{ ports: [{ port: `${port}`, protocol: "TCP" }] }] }],
    egressDeny: [{ toCIDRSet: [{ cidr: `10.${port >> 8}.${port & 255}.0/24` }] }],
  },
});

test("policies of Cilium on each of many workloads, each with some peers, are weighed", async () => {
  const size = 300;
  const appOf = (i: number): string => `app-${i % size}`;
  const objects = Array.from({ length: size }, (_, i) => [
    deployment({ name: appOf(i), podLabels: { app: appOf(i) } }),
    ciliumPolicy(
      `policy-${i}`,
      appOf(i),
      Array.from({ length: 10 }, (__, k) => appOf(i + 1 + k)),
      1000 + i,
    ),
  ]).flat();
  const context = createContext(buildInventory([namespace(), ...objects], WHOLE_CLUSTER));
  const { reach, matrix } = await weighReach(context.view(reachView), async () => undefined);
  expect([...reach.unweighed.tooMany]).toEqual([]);
  expect(reach.looks).toBeLessThan(10_000_000);
  expect(matrix.cell("shop", "shop")).toEqual({ state: "closed", pairs: size * size, openPairs: 0, closedPairs: size * size, unknownPairs: 0 });
});

test("whether one of 300 policies of Cilium opens a pod is asked once for all 300 pods that they select", () => {
  const size = 300;
  const everybody = { ...ciliumPolicy("all", "all", [], 1), spec: { endpointSelector: { matchLabels: { app: "all" } }, ingress: [{ fromEntities: ["all"] }] } };
  const objects = Array.from({ length: size }, (_, i) => [
    deployment({ name: `app-${i}`, podLabels: { app: "all" } }),
    ciliumPolicy(`policy-${i}`, "all", [`app-${i}`], 1000 + i),
  ]).flat();
  const context = createContext(buildInventory([namespace(), ...objects, everybody], WHOLE_CLUSTER));
  const index = context.view(policyIndexView);
  const endpointOf = context.view(podEndpointView);
  const cpuMs = countCpuMs();
  const found = context.slices.workloads.flatMap((workload) =>
    [...workload.views()].map((pod) => findIsolation(index, endpointOf(workload, pod), "ingress").state),
  );
  expect(new Set(found)).toEqual(new Set(["open"]));
  // A second of the processor; asked for each pod anew, more than a minute.
  expect(cpuMs()).toBeLessThan(20_000);
});

test("300 pods of which each has a policy of Cilium that opens it, beside 300 for all of them, are asked without a pause", () => {
  const size = 300;
  const objects = Array.from({ length: size }, (_, i) => [
    deployment({ name: `app-${i}` }),
    { ...ciliumPolicy(`own-${i}`, "", [], 1), spec: { endpointSelector: { matchLabels: { app: `app-${i}` } }, ingress: [{ fromEntities: ["all"] }] } },
    { ...ciliumPolicy(`all-${i}`, "", [], 1), spec: { ...record(ciliumPolicy("", "", [`app-${i}`], 1000 + i).spec), endpointSelector: {} } },
  ]).flat();
  const context = createContext(buildInventory([namespace(), ...objects], WHOLE_CLUSTER));
  const index = context.view(policyIndexView);
  const endpointOf = context.view(podEndpointView);
  const cpuMs = countCpuMs();
  const found = context.slices.workloads.flatMap((workload) => [...workload.views()].map((pod) => findIsolation(index, endpointOf(workload, pod), "ingress")));
  expect(new Set(found.map(({ state }) => state))).toEqual(new Set(["open"]));
  expect(found.map(({ by }) => by[0]?.name)).toEqual(context.slices.workloads.map(({ ref }) => ref.name.replace("app", "own")));
  // Two seconds of the processor; port by port, more than a minute.
  expect(cpuMs()).toBeLessThan(20_000);
});

test("policies of Calico and of administrators are asked once for what they see alike", async () => {
  const size = 100;
  const calico = (i: number): JsonRecord => ({
    apiVersion: "projectcalico.org/v3",
    kind: "NetworkPolicy",
    metadata: { name: `policy-${i}`, namespace: "shop" },
    spec: { selector: `app == 'app-${i}'`, types: ["Ingress"], ingress: [{ action: "Allow", source: { selector: `app == 'app-${(i + 1) % size}'` } }] },
  });
  const admin = {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "admin" },
    spec: {
      tier: "Admin",
      priority: 1,
      subject: { namespaces: {} },
      egress: [{ action: "Deny", to: [{ pods: { podSelector: { matchLabels: { app: "app-7" } } } }] }],
    },
  };
  const objects = Array.from({ length: size }, (_, i) => [deployment({ name: `app-${i}` }), calico(i)]).flat();
  const { reach, matrix } = await weighReach(
    createContext(buildInventory([namespace(), admin, ...objects], WHOLE_CLUSTER)).view(reachView),
    async () => undefined,
  );
  expect(matrix.cell("shop", "shop")).toEqual({
    state: "restricted",
    pairs: size * size,
    openPairs: size - 1,
    closedPairs: size * size - size + 1,
    unknownPairs: 0,
  });
  // One look for each of the pairs, and some for those that are told apart; each pair for itself takes twice as many, of every rule.
  expect(reach.looks).toBeLessThan(50_000);
});

test("of hundreds of workloads, each with policies of its own, those alone are told apart that their rules name", async () => {
  const size = 300;
  const byApp = (i: number) => ({ podSelector: { matchLabels: { app: `app-${i % size}` } } });
  const objects = Array.from({ length: size }, (_, i) => [
    deployment({ name: `app-${i}`, podLabels: { part: i % 2 === 0 ? "even" : "odd" } }),
    {
      ...networkPolicy({ name: `own-${i}` }),
      spec: {
        ...byApp(i),
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [byApp(i + 1)], ports: [{ port: 8080 }] }],
        egress: [
          { to: [{ podSelector: { matchLabels: { part: "even" } } }] },
          { to: [{ podSelector: { matchExpressions: [{ key: "part", operator: "NotIn", values: ["even"] }] } }] },
        ],
      },
    },
  ]).flat();
  const { reach, matrix } = await weighReach(createContext(buildInventory([namespace(), ...objects], WHOLE_CLUSTER)).view(reachView), async () => undefined);
  expect(matrix.cell("shop", "shop")).toEqual({ state: "restricted", pairs: size * size, openPairs: 0, closedPairs: size * (size - 1), unknownPairs: 0 });
  // A look at each of two times 90,000 pairs takes twenty times as many.
  expect(reach.looks).toBeLessThan(100_000);
});

test.each([
  [1, 1_500],
  [30, 50],
])("in %i namespaces, %i workloads each of which names one peer are counted in far fewer steps than there are pairs", async (spaces, apps) => {
  const nsOf = (ns: number): string => `ns-${ns % spaces}`;
  const objects = Array.from({ length: spaces }, (_, ns) => [
    namespace({ name: nsOf(ns) }),
    ...Array.from({ length: apps }, (__, i) => {
      const next = { ...nsLabel(nsOf(ns + 1)), podSelector: { matchLabels: { app: `app-${(i + 1) % apps}` } } };
      const spec = {
        podSelector: { matchLabels: { app: `app-${i}` } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [next], ports: [{ port: 8080 }] }],
        egress: [{ to: [{ namespaceSelector: {} }] }],
      };
      return [deployment({ name: `app-${i}`, namespace: nsOf(ns) }), { ...networkPolicy({ name: `for-app-${i}`, namespace: nsOf(ns) }), spec }];
    }).flat(),
  ]).flat();
  let pauses = 0;
  const { reach, matrix } = await weighReach(createContext(buildInventory(objects, WHOLE_CLUSTER)).view(reachView), async () => (pauses += 1));
  const pairs = apps * apps;
  expect(matrix.cell(nsOf(1), nsOf(0))).toEqual({ state: "restricted", pairs, openPairs: 0, closedPairs: pairs - apps, unknownPairs: 0 });
  // One after each namespace, and one after 250,000 steps or looks, of which there are 2,250,000 pairs.
  expect(pauses - spaces).toBeLessThan(5);
  // 810,000 where each asks about all that have the rarer of both labels.
  expect(reach.looks).toBeLessThan(600_000);
});
