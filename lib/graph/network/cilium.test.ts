import { expect, test } from "vitest";
import { networkPolicy } from "../../inventory/testing";
import { ask, OTHER_WEB } from "./testing";

function policy(spec: object, kind = "CiliumNetworkPolicy") {
  const metadata = kind === "CiliumNetworkPolicy" ? { name: "rule", namespace: "shop" } : { name: "rule" };
  return { apiVersion: "cilium.io/v2", kind, metadata, spec };
}

const web = { endpointSelector: { matchLabels: { app: "web" } } };
const db = [{ matchLabels: { "k8s:app": "db" } }];

test("a rule isolates the pods that it selects", () => {
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: db }] })], "db", "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: db }] })], OTHER_WEB, "web")).toBe(false);
  expect(ask([policy({ ...web, ingress: [{}] })], "db", "web")).toBe(false);
  expect(ask([policy({ ...web, egress: [{ toEndpoints: db }] })], OTHER_WEB, "web")).toBe(true);
});

test("selectors stay in their namespace unless they name one", () => {
  const elsewhere = { matchLabels: { app: "web", "k8s:io.kubernetes.pod.namespace": "other" } };
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [elsewhere] }] })], OTHER_WEB, "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [{}] }] })], OTHER_WEB, "web")).toBe(false);
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [{}] }] }, "CiliumClusterwideNetworkPolicy")], OTHER_WEB, "web")).toBe(true);
});

test("a denial wins over everything that allows", () => {
  const allowed = { ...networkPolicy(), spec: { podSelector: {}, ingress: [{}] } };
  expect(ask([allowed, policy({ ...web, ingressDeny: [{ fromEndpoints: db }] })], "db", "web")).toBe(false);
});

test("it adds to what network policies allow", () => {
  const closed = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"] } };
  expect(ask([closed, policy({ ...web, ingress: [{ fromEndpoints: db }] })], "db", "web")).toBe(true);
});

test("entities name groups of peers, ports narrow a rule", () => {
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["cluster"] }] })], OTHER_WEB, "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["world"] }] })], "external", "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["world"] }] })], "db", "web")).toBe(false);
  const onPort = policy({ ...web, ingress: [{ toPorts: [{ ports: [{ port: "8080", protocol: "TCP" }] }] }] });
  expect(ask([onPort], "db", "web")).toBe(true);
  expect(ask([onPort], "db", "web", 9090)).toBe(false);
});

test("default deny can be switched off and on by itself", () => {
  expect(ask([policy({ ...web, enableDefaultDeny: { ingress: false }, ingress: [{ fromEndpoints: db }] })], OTHER_WEB, "web")).toBe(true);
  expect(ask([policy({ ...web, enableDefaultDeny: { ingress: true } })], "db", "web")).toBe(false);
});

test("what was not read cannot be told", () => {
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [{ matchLabels: { "io.cilium.k8s.policy.serviceaccount": "db" } }] }] })], "db", "web")).toBe(null);
  expect(ask([policy({ ...web, ingress: [{ fromRequires: [{}], fromEndpoints: db }] })], "db", "web")).toBe(null);
});

test("several specs, and policies for nodes, are told apart", () => {
  const several = {
    ...policy({}),
    spec: undefined,
    specs: [
      { nodeSelector: {}, ingress: [{}] },
      { ...web, ingress: [{ fromEndpoints: db }] },
    ],
  };
  expect(ask([several], "db", "web")).toBe(true);
  expect(ask([several], OTHER_WEB, "web")).toBe(false);
});
