import { expect, it } from "vitest";
import { createContext } from "../inventory/context";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { namespace, networkPolicy, pod } from "../inventory/testing";
import { answerQuestions } from "./answer-questions";

const ports = [
  { name: "http", containerPort: 8080 },
  { name: "sig", containerPort: 3868, protocol: "SCTP" },
];
const lone = (name: string) => pod({ name, labels: { app: name }, spec: { containers: [{ name: "app", image: "registry.example/app:1", ports }] } });
const OBJECTS = [
  namespace(),
  lone("web"),
  lone("client"),
  networkPolicy({
    name: "web",
    spec: {
      podSelector: { matchLabels: { app: "web" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: "http" }, { port: "sig", protocol: "SCTP" }] }],
    },
  }),
];

function ask(questions: readonly unknown[], isComplete = true) {
  const options = { isComplete, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  return answerQuestions(questions, createContext(buildInventory(OBJECTS, options))).map(({ allowed, because }) => [allowed, because[0]?.message]);
}
const to = (port: unknown, protocol?: unknown, ends = {}) => ({ kind: "connection", from: "shop/client", to: "shop/web", port, protocol, ...ends });
const allowed = (questions: readonly unknown[], isComplete = true) => ask(questions, isComplete).map(([answer]) => answer);

it("takes a port by number or by the name that the receiver gives it, and a protocol in any case", () => {
  expect(allowed([to(8080), to("8080"), to("http"), to("sig", "SCTP"), to(3868, "sctp"), to("http", "UDP"), to("https"), to(22)])).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it("answers no question about a port or a protocol that does not exist", () => {
  const odd = [to(0), to(65_536), to(80.5), to(-1), to({}), to(""), to(80, "ICMP"), to(80, 6), to(undefined), to(80, "TCP", { from: 5 })];
  expect(allowed(odd)).toEqual(odd.map(() => null));
  expect(ask([to(0)])[0]?.[1]).toBe("The port of a connection is a whole number from 1 to 65535, or the name of a port of the receiving pod.");
  expect(ask([to(80, "ICMP")])[0]?.[1]).toBe("The protocol of a connection is TCP, UDP or SCTP.");
});

it("answers no question about a resource and a path at once, which the API server refuses", () => {
  const both = { kind: "access", user: "ann", verb: "get", resource: "pods", path: "/metrics" };
  expect(ask([both, { ...both, resource: "" }, { ...both, resource: "", namespace: "shop" }, { ...both, path: "" }])).toEqual([
    [null, "An access question is about a path or a resource: it has a resource beside its path."],
    [false, "No binding of this user or its groups leads to a rule that allows it."],
    [null, "An access question is about a path or a resource: it has a namespace beside its path."],
    [false, "No binding of this user or its groups leads to a rule that allows it."],
  ]);
});

it("answers no question of which a part cannot be read, as if it had been left out", () => {
  const right = { kind: "access", user: "ann", verb: "get", resource: "pods" };
  expect(ask([right, { ...right, groups: "admins" }, { ...right, groups: [1] }, { ...right, namespace: 7 }, { ...right, resource: undefined }])).toEqual([
    [false, "No binding of this user or its groups leads to a rule that allows it."],
    [null, "The groups of an access question are a list of names."],
    [null, "The groups of an access question are a list of names."],
    [null, "The namespace of an access question is a text."],
    [null, "An access question needs a resource or a path."],
  ]);
  const none = [null, "An access question needs user and verb."];
  expect(
    ask([
      { ...right, user: undefined },
      { ...right, verb: "" },
      { ...right, user: 5 },
    ]),
  ).toEqual([none, none, none]);
  const ends = [to(80, "TCP", { to: undefined }), to(80, "TCP", { from: "" }), to(null)];
  expect(ask(ends)).toEqual(ends.map(() => [null, "A connection question needs from, to and port."]));
});

it("refuses no connection in a part of a cluster, where another policy may allow it", () => {
  expect(ask([to(22)], false)).toEqual([[null, "No policy here allows it, but these objects are only a part of a cluster."]]);
  expect(ask([to(8080)], false)).toEqual([[null, "No policy here forbids it, but these objects are only a part of a cluster."]]);
});

it("says of a workload that is not among the objects that it is not", () => {
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const context = createContext(buildInventory(OBJECTS, options));
  const reasons = (from: string) => answerQuestions([to(8080, "TCP", { from })], context).map(({ because }) => because.map(({ message }) => message).at(-1));
  expect(reasons("shop/Deployment/clinet")).toEqual([
    "Deployment shop/clinet is not among the objects: this holds whatever its pods are, unless they are in the network of their node.",
  ]);
  expect(reasons("shop/client")).toEqual(["NetworkPolicy shop/web allows it."]);
});

it("never keeps a pod from itself", () => {
  expect(allowed([to(22, "TCP", { from: "shop/web" }), to(22, "TCP", { from: "shop/Pod/web" })])).toEqual([true, true]);
});
