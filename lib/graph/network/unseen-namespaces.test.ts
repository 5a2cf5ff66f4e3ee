import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import type { JsonRecord } from "../../model/json";
import { answerConnectionIn } from "./answer-connection";

const far = namespace({ name: "far", labels: { team: "far" } });
const world = [namespace(), deployment({ name: "web" }), deployment({ name: "web", namespace: "far" })];

/** May far/web connect to shop/web? */
function ask(objects: readonly JsonRecord[], isComplete = false): boolean | null {
  const context = createContext(buildInventory([...world, ...objects], { ...WHOLE_CLUSTER, isComplete }));
  return answerConnectionIn(context, { kind: "connection", from: "far/Deployment/web", to: "shop/Deployment/web", port: 8080 }).allowed;
}

type Expression = { key: string; operator: string; values?: readonly string[] };
const outward = { ...networkPolicy({ name: "out", namespace: "far" }), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } };
const from = (...matchExpressions: readonly Expression[]) => [
  outward,
  { ...networkPolicy(), spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchExpressions } }] }] } },
];
const notTest: Expression = { key: "team", operator: "NotIn", values: ["test"] };

test("an answer that hangs on labels of a namespace that was not given cannot be told", () => {
  for (const one of [notTest, { key: "team", operator: "DoesNotExist" }, { key: "team", operator: "Exists" }]) expect(ask(from(one)), one.operator).toBe(null);
  expect(ask([...from(notTest), far])).toBe(true);
  // What is said to be all that there is has no other namespaces: one that nobody wrote down has no labels of its own.
  expect(ask(from(notTest), true)).toBe(true);
});

test("the name of a namespace is known, and what holds whatever its labels are stays told", () => {
  expect(ask(from({ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["test"] }))).toBe(true);
  const everybody = { ...networkPolicy({ name: "all" }), spec: { podSelector: {}, ingress: [{}] } };
  expect(ask([...from(notTest), everybody])).toBe(true);
  expect(ask([...from(), { ...networkPolicy({ name: "other", namespace: "elsewhere" }), spec: from(notTest)[1]?.spec ?? {} }])).toBe(true);
});

test("policies of other APIs may hang on such labels, too", () => {
  const admin = (namespaces: object) => ({
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "deny" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [{ namespaces }] }] },
  });
  expect(ask([...from(), admin({ matchLabels: { team: "test" } })])).toBe(null);
  expect(ask([...from(), admin({ notSameLabels: ["team"] })])).toBe(null);
  expect(ask([...from(), admin({ matchLabels: { team: "test" } }), far])).toBe(true);
  const cilium = (key: string) => ({
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "deny", namespace: "shop" },
    spec: { endpointSelector: {}, ingressDeny: [{ fromEndpoints: [{ matchLabels: { [key]: "test" } }] }] },
  });
  expect(ask([...from(), cilium("k8s:io.cilium.k8s.namespace.labels.team")])).toBe(null);
  expect(ask([...from(), cilium("team")])).toBe(true);
  const calico = (source: object) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    metadata: { name: "deny" },
    spec: { order: 1, namespaceSelector: "projectcalico.org/name == 'shop'", types: ["Ingress"], ingress: [{ action: "Deny", source }] },
  });
  expect(ask([...from(), calico({ namespaceSelector: "has(team) && team not in {'far'}" })])).toBe(null);
  expect(ask([...from(), calico({ selector: "pcns.team == 'test'" })])).toBe(null);
  expect(ask([...from(), calico({ namespaceSelector: "team contains 'e'" })])).toBe(null);
  expect(ask([...from(), calico({ selector: "team == 'test'" })])).toBe(true);
  // Labels of pods are not of namespaces, however many there are.
  const many = Array.from({ length: 9 }, (_, i) => `k${i}`);
  expect(ask([...from(), ...many.map((key) => ({ ...cilium(key), metadata: { name: key, namespace: "shop" } }))])).toBe(true);
  expect(ask([...from(), calico({ selector: many.map((key) => `${key} == 'test'`).join(" || ") })])).toBe(true);
});

test("more sets of labels than can be tried out are not told", () => {
  const keys = Array.from({ length: 9 }, (_, i) => ({ key: `k${i}`, operator: "NotIn", values: ["x"] }));
  const everybody = { ...networkPolicy({ name: "all" }), spec: { podSelector: {}, ingress: [{}] } };
  expect(ask([...from(...keys), everybody])).toBe(null);
  expect(ask([...from(...keys), everybody, far])).toBe(true);
  const elsewhere = { ...networkPolicy({ name: "many", namespace: "elsewhere" }), spec: from(...keys)[1]?.spec ?? {} };
  expect(ask([...from(), elsewhere])).toBe(true);
});
