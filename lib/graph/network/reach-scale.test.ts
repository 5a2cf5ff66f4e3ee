import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { explainPair } from "./explain-pair";
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
])(
  "2,000 workloads, each with a policy of its own, are joined without a pause %s",
  async (_, refused, across) => {
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
  },
  60_000,
);

test("200 policies on each of 200 workloads of one namespace are not weighed, and all others are", async () => {
  const crowded = Array.from({ length: 200 }, (_, i) => [
    deployment({ name: `app-${i}`, podLabels: { all: "yes" } }),
    {
      ...networkPolicy({ name: `policy-${i}` }),
      spec: {
        podSelector: { matchLabels: { all: "yes" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: { matchLabels: { app: `app-${i}` } } }], ports: [{ port: 1000 + i }] }],
      },
    },
  ]).flat();
  const others = [namespace({ name: "bank" }), deployment({ namespace: "bank" }), networkPolicy({ namespace: "bank" })];
  const context = createContext(buildInventory([namespace(), ...crowded, ...others], WHOLE_CLUSTER));
  const cpuMs = countCpuMs();
  const { reach, matrix } = await weighReach(context.view(reachView), async () => undefined);
  // Two seconds of the processor; weighed, they take a quarter of an hour.
  expect(cpuMs()).toBeLessThan(20_000);
  expect([...reach.tooMany]).toEqual(["shop"]);
  expect(["shop", "bank", null].map((from) => matrix.cell(from, "shop"))).toMatchObject([
    { state: "unknown", pairs: 40_000, unknownPairs: 40_000 },
    { state: "closed", pairs: 200, closedPairs: 200 }, // the policy of the sender decides
    { state: "unknown", pairs: 200, unknownPairs: 200 },
  ]);
  expect(["shop", "bank", null].map((from) => matrix.cell(from, "bank")?.state)).toEqual(["closed", "closed", "closed"]);
  const [one, other] = reach.classes.classes.filter(({ namespace: name }) => name === "shop");
  const { state, lines } = explainPair(reach, one ?? null, other ?? null);
  expect([state, ...lines.flatMap(({ because }) => because.map(({ message }) => message))]).toEqual([
    "unknown",
    "The policies of namespace shop have too many rules beside too many ports, and are not weighed.",
  ]);
}, 120_000);
