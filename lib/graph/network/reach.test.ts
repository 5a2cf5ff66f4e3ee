import { fc } from "../../model/testing-properties";
import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { answerConnectionIn, decideConnection } from "./answer-connection";
import type { Endpoint } from "./endpoint";
import { endpointsView } from "./endpoints";
import { buildNamespaceMatrix, intersect, stateOf } from "./namespace-matrix";
import { policyIndexView } from "./policy-index";
import { reachView } from "./reach";
import { toVerdict } from "./side-verdicts";
import { contextOf, matrixOf, worlds } from "./testing-worlds";

const PORTS = [1, 53, 79, 80, 5432, 7999, 8000, 8079, 8080, 8081, 8082, 9100, 65_535];

test("classes answer every pair, port and protocol as the engine answers it for the pods themselves", () => {
  fc.assert(
    fc.property(worlds("every"), (objects) => {
      const context = contextOf(objects);
      const index = context.view(policyIndexView);
      const reach = context.view(reachView);
      const endpoints: readonly [string, Endpoint][] = [...context.view(endpointsView)].flatMap(([name, [pod]]) => (pod ? [[name, pod]] : []));
      for (const [from, sender] of endpoints)
        for (const [to, receiver] of endpoints) {
          const [one] = reach.classesOf(from);
          const [other] = reach.classesOf(to);
          if (!one || !other) throw new Error(`${from} or ${to} is in no class`);
          const found = intersect(reach.verdictsOf(one, "egress", other).spans, reach.verdictsOf(other, "ingress", one).spans);
          for (const protocol of ["TCP", "UDP"] as const)
            for (const port of PORTS) {
              const item = found.find(({ span }) => span.protocol === protocol && span.from <= port && port <= span.to);
              const told = toVerdict(decideConnection(index, sender, receiver, { port, protocol }));
              expect(item?.verdict, `${from} to ${to} on ${protocol} ${port}`).toBe(told);
            }
        }
    }),
    { numRuns: 150 },
  );
}, 300_000);

test("pods of a namespace that is not among the objects may be in a network of their own, where those could not be read", () => {
  const unread = [{ kind: "UserDefinedNetwork", reason: "The server refused it." }];
  const objects = [namespace(), deployment({ name: "web" }), deployment({ name: "web", namespace: "new" })];
  const context = createContext(buildInventory(objects, WHOLE_CLUSTER, unread));
  const reach = context.view(reachView);
  const [web, other] = ["shop", "new"].flatMap((name) => reach.classesOf(`${name}/Deployment/web`));
  if (!web || !other) throw new Error("they are in no class");
  expect(answerConnectionIn(context, { kind: "connection", from: "new/Deployment/web", to: "shop/Deployment/web", port: 80 }).allowed).toBe(null);
  expect(reach.verdictsOf(web, "ingress", other)).toBe(reach.pool.untold);
  expect(reach.verdictsOf(other, "egress", web)).toBe(reach.pool.untold);
  expect(reach.verdictsOf(web, "ingress", null)).toBe(reach.pool.open);
});

test("labels that policies of Cilium require of peers tell classes apart", () => {
  const spec = { endpointSelector: {}, ingress: [{ fromEntities: ["cluster"], fromRequires: [{ matchLabels: { app: "db" } }] }] };
  const required = { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "required", namespace: "shop" }, spec };
  const objects = [namespace(), namespace({ name: "bank" }), deployment({ name: "db" }), deployment({ name: "web" }), required];
  const reach = contextOf(objects).view(reachView);
  const [db, web] = ["db", "web"].flatMap((name) => reach.classesOf(`shop/Deployment/${name}`));
  if (!db || !web) throw new Error("they are in one class");
  const verdicts = [db, web].map((from) => new Set(reach.verdictsOf(web, "ingress", from).spans.map(({ verdict }) => verdict)));
  expect(verdicts).toEqual([new Set(["allowed"]), new Set(["unknown"])]);
});

test("the matrix counts every pair of workloads once, in its state", async () => {
  await fc.assert(
    fc.asyncProperty(worlds("every"), async (objects) => {
      const reach = contextOf(objects).view(reachView);
      const matrix = await matrixOf(reach);
      const { classes } = reach.classes;
      for (const from of matrix.namespaces)
        for (const to of matrix.namespaces) {
          const counts = { open: 0, restricted: 0, closed: 0, unknown: 0 };
          for (const one of classes.filter(({ namespace: name }) => name === from))
            for (const other of classes.filter(({ namespace: name }) => name === to)) {
              const spans = intersect(reach.verdictsOf(one, "egress", other).spans, reach.verdictsOf(other, "ingress", one).spans);
              counts[stateOf(new Set(spans.map(({ verdict }) => verdict)))] += one.members.length * other.members.length;
            }
          const pairs = counts.open + counts.restricted + counts.closed + counts.unknown;
          expect(matrix.cell(from, to), `${from} to ${to}`).toMatchObject({
            pairs,
            openPairs: counts.open,
            closedPairs: counts.closed,
            unknownPairs: counts.unknown,
          });
        }
    }),
    { numRuns: 60 },
  );
});

test("a pair of namespaces is open, restricted, closed, or cannot be told", async () => {
  const deny = networkPolicy({ namespace: "bank" });
  const odd = {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "odd" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Ponder", from: [{ namespaces: {} }] }] },
  };
  const some = {
    ...networkPolicy({ namespace: "shop", name: "some" }),
    spec: { podSelector: { matchLabels: { app: "web" } }, ingress: [{ ports: [{ port: 80 }] }] },
  };
  const objects = [
    namespace(),
    namespace({ name: "bank" }),
    namespace({ name: "ops" }),
    deployment({ name: "web" }),
    deployment({ name: "db" }),
    deployment({ name: "ledger", namespace: "bank" }),
    deployment({ name: "cron", namespace: "ops" }),
  ];
  const matrix = await matrixOf(contextOf([...objects, deny, some]).view(reachView));
  expect(matrix.cell("ops", "bank")).toEqual({ state: "closed", pairs: 1, openPairs: 0, closedPairs: 1, unknownPairs: 0 });
  expect(matrix.cell("ops", "shop")).toEqual({ state: "restricted", pairs: 2, openPairs: 1, closedPairs: 0, unknownPairs: 0 });
  expect(matrix.cell("shop", "ops")?.state).toBe("open");
  expect(matrix.cell(null, "shop")?.state).toBe("restricted");
  expect(matrix.cell("bank", null)?.state).toBe("closed");
  expect(matrix.cell("ops", null)?.state).toBe("open");
  expect(matrix.cell("ops", "nowhere")).toBeNull();
  expect((await matrixOf(contextOf([...objects, odd]).view(reachView))).cell("ops", "shop")?.state).toBe("unknown");
});

test("the matrix lets others work after each namespace, while it is built", async () => {
  const reach = contextOf([namespace(), namespace({ name: "bank" }), deployment(), deployment({ namespace: "bank" }), networkPolicy()]).view(reachView);
  let pauses = 0;
  const matrix = await buildNamespaceMatrix(reach, async () => (pauses += 1));
  expect(pauses).toBe(2);
  const states = [null, "bank", "shop"].map((from) => [null, "bank", "shop"].map((to) => matrix.cell(from, to)?.state ?? null));
  expect(states).toEqual([
    [null, "open", "closed"],
    ["open", "open", "closed"],
    ["closed", "closed", "closed"],
  ]);
  expect(matrix.bytes).toBe(3 * 3 * 16);
});

test("some addresses of the outside are neither all nor none", async () => {
  const ranges = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "203.0.113.0/24" } }] }] } };
  expect((await matrixOf(contextOf([namespace(), deployment(), ranges]).view(reachView))).cell("shop", null)?.state).toBe("restricted");
});

test("open and closed together are restricted, even beside what cannot be told", () => {
  expect(stateOf(new Set(["allowed", "closed", "unknown"]))).toBe("restricted");
  expect(stateOf(new Set(["allowed", "unknown"]))).toBe("unknown");
  expect(stateOf(new Set(["closed", "unknown"]))).toBe("unknown");
  expect(stateOf(new Set(["closed"]))).toBe("closed");
});

test("one workload that cannot be sorted is an error for everybody who asks, and what was sorted before it is not taken for all", () => {
  const context = contextOf([namespace(), ...["a", "b", "c"].map((name) => deployment({ name }))]);
  const [, odd] = context.slices.workloads;
  const views = () => {
    throw new Error("b is odd");
  };
  Object.assign(odd ?? {}, { views });
  expect(() => context.view(reachView)).toThrow("b is odd");
  expect(() => context.view(reachView)).toThrow("b is odd");
});
