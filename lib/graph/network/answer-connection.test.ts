import { expect, test } from "vitest";
import { cronJob, daemonSet, deployment, job, networkPolicy, pod, statefulSet } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import { answerConnectionIn } from "./answer-connection";
import { ask, OTHER_WEB, TWO_NAMESPACES } from "./testing";

const policy = (spec: object) => ({ ...networkPolicy(), spec });
const intoWeb = (rule: object) => policy({ podSelector: { matchLabels: { app: "web" } }, ingress: [rule] });
const host = pod({ name: "host", podSelector: undefined, podSpec: { hostNetwork: true } });

test("without a policy everything connects", () => {
  expect(ask([], "db", "web")).toBe(true);
  expect(ask([], OTHER_WEB, "web")).toBe(true);
});

test("a pod selector alone never crosses namespaces", () => {
  const objects = [intoWeb({ from: [{ podSelector: { matchLabels: { app: "web" } } }] })];
  expect(ask(objects, OTHER_WEB, "web")).toBe(false);
  expect(ask(objects, "db", "web")).toBe(false);
});

test("both selectors in one peer must match, two peers need one", () => {
  const both = { namespaceSelector: { matchLabels: { team: "other" } }, podSelector: { matchLabels: { app: "web" } } };
  expect(ask([intoWeb({ from: [both] })], OTHER_WEB, "web")).toBe(true);
  expect(ask([intoWeb({ from: [{ ...both, podSelector: { matchLabels: { app: "x" } } }] })], OTHER_WEB, "web")).toBe(false);
  expect(ask([intoWeb({ from: [{ podSelector: { matchLabels: { app: "db" } } }, both] })], OTHER_WEB, "web")).toBe(true);
});

test("egress of the sender and ingress of the receiver must both agree", () => {
  const closed = policy({
    podSelector: { matchLabels: { app: "db" } },
    policyTypes: ["Egress"],
    egress: [{ to: [{ podSelector: {} }], ports: [{ port: 53, protocol: "UDP" }] }],
  });
  expect(ask([closed], "db", "web")).toBe(false);
  expect(ask([closed], "db", "web", 53, "UDP")).toBe(true);
  expect(ask([closed], "web", "db")).toBe(true);
});

test("ports may be names of the receiving pod, ranges, or every port of a protocol", () => {
  expect(ask([intoWeb({ ports: [{ port: "http" }] })], "db", "web", 8080)).toBe(true);
  expect(ask([intoWeb({ ports: [{ port: "http" }] })], "db", "web", 80)).toBe(false);
  expect(ask([intoWeb({ ports: [{ port: 8000, endPort: 8100 }] })], "db", "web", 8080)).toBe(true);
  expect(ask([intoWeb({ ports: [{ port: 8000, endPort: 8100 }] })], "db", "web", 8101)).toBe(false);
  expect(ask([intoWeb({ ports: [{ protocol: "UDP" }] })], "db", "web", 8080)).toBe(false);
  expect(ask([], "db", "web", "http")).toBe(true);
  expect(ask([], "db", "web", "grpc")).toBe(false);
});

test("a pod that is over is nobody, and is not said to be missing", () => {
  const context = createTestContext([...TWO_NAMESPACES, pod({ name: "over", status: { phase: "Succeeded" } })]);
  const said = (from: string, to: string) => answerConnectionIn(context, { kind: "connection", from, to, port: 8080 });
  const nobody = { allowed: null, because: [{ message: "No pod or workload is called shop/over, or it is over." }] };
  expect([said("shop/over", "shop/Deployment/web"), said("shop/Deployment/web", "shop/over")]).toEqual([nobody, nobody]);
});

test("an empty list of rules denies, an empty rule allows", () => {
  expect(ask([policy({ podSelector: {}, ingress: [] })], "db", "web")).toBe(false);
  expect(ask([policy({ podSelector: {}, ingress: [{}] })], "db", "web")).toBe(true);
  expect(ask([policy({ podSelector: {}, policyTypes: ["Ingress"] })], "db", "web")).toBe(false);
});

test("without policyTypes egress is isolated only by an egress rule", () => {
  expect(ask([policy({ podSelector: { matchLabels: { app: "db" } }, egress: [] })], "db", "web")).toBe(true);
  expect(ask([policy({ podSelector: { matchLabels: { app: "db" } }, egress: [{ to: [{ podSelector: { matchLabels: { app: "db" } } }] }] })], "db", "web")).toBe(
    false,
  );
});

test("ranges of addresses decide nothing between pods, and everything outside", () => {
  const world = intoWeb({ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] });
  expect(ask([world], "db", "web")).toBe(false);
  expect(ask([world], "external", "web")).toBe(true);
  expect(ask([intoWeb({ from: [{ ipBlock: { cidr: "203.0.113.0/24" } }] })], "external", "web")).toBe(null);
  expect(ask([intoWeb({ from: [{ podSelector: {} }] })], "external", "web")).toBe(false);
});

test("policies do not hold pods in the network of their node, and selectors do not name them", () => {
  const closed = policy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  expect(ask([host, closed], "db", "shop/Pod/host")).toBe(false);
  expect(ask([host, policy({ podSelector: {}, policyTypes: ["Ingress"] })], "db", "shop/Pod/host")).toBe(true);
  // It may be on the receiver's own node, which is let in; a rule that named it would let it in from any.
  expect(ask([host, intoWeb({ from: [{ podSelector: {} }] })], "shop/Pod/host", "web")).toBe(null);
  expect(ask([host, intoWeb({ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] })], "shop/Pod/host", "web")).toBe(null);
});

test("a name that nothing has cannot be told, nor can labels that were not seen", () => {
  expect(ask([], "shop/nobody", "web")).toBe(null);
  expect(ask([], "elsewhere/Deployment/ghost", "web")).toBe(true);
  expect(ask([intoWeb({ from: [{ podSelector: { matchLabels: { app: "ghost" } } }] })], "shop/Deployment/ghost", "web")).toBe(null);
  expect(ask([intoWeb({ from: [{ podSelector: {} }] })], "shop/Deployment/ghost", "web")).toBe(true);
  expect(ask([], "web-7d9f8b6c5-x2x2x".replace(/^/, "shop/"), "db")).toBe(true);
});

test("a name that a controller gave leads to that controller, in each form that people use", () => {
  const closed = policy({ podSelector: {}, policyTypes: ["Ingress"] });
  const objects = [
    closed,
    deployment({ name: "till" }),
    cronJob({ name: "bill" }),
    job({ name: "once" }),
    daemonSet({ name: "agent" }),
    statefulSet({ name: "store" }),
  ];
  const names = ["till-7d9f8b6c5-x2x2x", "Pod/till-7d9f8b6c5-x2x2x", "ReplicaSet/till-7d9f8b6c5", "Job/bill-29384756", "bill-29384756-x2x2x"];
  for (const name of [...names, "once-x2x2x", "agent-x2x2x", "store-0", "Pod/store-11"]) {
    expect(ask(objects, "db", `shop/${name}`), name).toBe(false);
  }
  expect(ask([closed], "db", "shop/till-7d9f8b6c5-x2x2x")).toBe(null);
});

test("a pod is found by every owner that it names, also one that does not control it", () => {
  const owners = [
    { apiVersion: "apps/v1", kind: "ReplicaSet", name: "gone", uid: "1" },
    { apiVersion: "example.com/v1", kind: "Fleet", name: "all", uid: "2" },
  ];
  const owned = pod({ name: "p", metadata: { ownerReferences: owners } });
  const closed = policy({ podSelector: {}, policyTypes: ["Ingress"] });
  for (const name of ["ReplicaSet/gone", "Fleet/all", "Pod/p", "p"]) expect(ask([closed, owned], "db", `shop/${name}`), name).toBe(false);
});

test("policies of a shape that the API server refuses isolate nothing, and one without a spec every pod", () => {
  expect(ask([policy({ podSelector: "all" })], "db", "web")).toBe(true);
  expect(ask([policy({ podSelector: {}, ingress: "none" })], "db", "web")).toBe(true);
  expect(ask([{ ...networkPolicy(), spec: null }], "db", "web")).toBe(false);
});

test("what the ports of a pod that is not in the set are called is not known", () => {
  const gone = "shop/Deployment/gone";
  const http = [{ port: "http" }];
  const into = { ...networkPolicy({ name: "into" }), spec: { podSelector: {}, ingress: [{ ports: http }] } };
  const outOf = {
    ...networkPolicy({ name: "out" }),
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ ports: http }, { ports: [{ port: 9000 }] }] },
  };
  expect(ask([], "db", gone, "http")).toBe(null);
  expect(ask([into], "db", gone, 8080)).toBe(null);
  expect([8080, 9000].map((port) => ask([outOf], "db", gone, port))).toEqual([null, true]);
  expect(ask([outOf], "db", "web", 8080)).toBe(true);
  expect(ask([outOf], "db", "web", 8081)).toBe(false);
  const admin = (ports: object[]) => ({
    apiVersion: "policy.networking.k8s.io/v1alpha1",
    kind: "AdminNetworkPolicy",
    metadata: { name: "deny" },
    spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [{ namespaces: {} }], ports }] },
  });
  expect(ask([admin([{ namedPort: "http" }])], "db", gone)).toBe(null);
  expect(ask([admin([{ namedPort: "http" }, { portNumber: { protocol: "TCP", port: 8080 } }])], "db", gone)).toBe(false);
  const cilium = {
    apiVersion: "cilium.io/v2",
    kind: "CiliumClusterwideNetworkPolicy",
    metadata: { name: "http" },
    spec: { endpointSelector: {}, ingress: [{ fromEntities: ["all"], toPorts: [{ ports: [{ port: "http", protocol: "TCP" }] }] }] },
  };
  expect(ask([cilium], "db", gone)).toBe(null);
  const calico = (destination: object) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    metadata: { name: "http" },
    spec: { order: 10, types: ["Ingress"], ingress: [{ action: "Allow", protocol: "TCP", destination }] },
  });
  expect(ask([calico({ ports: ["http"] })], "db", gone)).toBe(null);
  expect(ask([calico({ notPorts: ["http"] })], "db", gone)).toBe(null);
  expect(ask([calico({ ports: ["http", 8080] })], "db", gone)).toBe(true);
});

test("what is closed is open to the node that the receiving pod runs on, and where pods run is not told", () => {
  const agent = daemonSet({ name: "agent", namespace: "shop", podSpec: { hostNetwork: true } });
  const from = "shop/DaemonSet/agent";
  const closed = { ...networkPolicy({ name: "in" }), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } };
  expect(ask([agent, closed], from, "web")).toBe(null);
  expect(ask([agent], from, "web")).toBe(true);
  // Outwards no node is let through, nor are pods of the pod network inwards.
  expect(ask([agent, closed], "web", from)).toBe(false);
  expect(ask([agent, { ...closed, spec: { podSelector: {} } }], "db", "web")).toBe(false);
  const cilium = (spec: object) => ({
    apiVersion: "cilium.io/v2",
    kind: "CiliumClusterwideNetworkPolicy",
    metadata: { name: "closed" },
    spec: { endpointSelector: {}, ...spec },
  });
  expect(ask([agent, cilium({ ingress: [{}] })], from, "web")).toBe(null);
  expect(ask([agent, cilium({ ingressDeny: [{ fromEntities: ["all"] }] })], from, "web")).toBe(false);
});

test("the policies that isolate an end are named once together", () => {
  const closed = (name: string) => ({ ...networkPolicy({ name }), spec: { podSelector: {}, policyTypes: ["Ingress"] } });
  const said = (...objects: Readonly<Record<string, unknown>>[]) => {
    const context = createTestContext([...TWO_NAMESPACES, ...objects]);
    return answerConnectionIn(context, { kind: "connection", from: "shop/Deployment/db", to: "shop/Deployment/web", port: 8080 }).because.map(
      ({ message }) => message,
    );
  };
  expect(said(closed("a"), closed("b"), closed("c"))).toEqual([
    "NetworkPolicies shop/a, shop/b and shop/c isolate this end, and no rule allows the connection.",
  ]);
  expect(said(closed("a"))).toEqual(["NetworkPolicy shop/a isolates this end, and no rule allows the connection."]);
});
