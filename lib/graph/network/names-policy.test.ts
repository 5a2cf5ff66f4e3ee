import { expect, test } from "vitest";
import { networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { findIsolation } from "./isolation";
import { endpointsView } from "./endpoints";
import { policyIndexView } from "./policy-index";
import { ask, TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

const https = [{ protocol: "TCP", port: 443 }];
const policy = (egress: readonly object[], labels: object = { app: "web" }): JsonRecord => ({
  apiVersion: "networking.gke.io/v1alpha1",
  kind: "FQDNNetworkPolicy",
  metadata: { name: "partner", namespace: "shop" },
  spec: { podSelector: { matchLabels: labels }, egress },
});
const partner = policy([{ matches: [{ name: "api.example.com" }, { pattern: "*.example.org" }], ports: https }]);

test("a policy of names closes the way out of its pods to all but some addresses outside", () => {
  expect(ask([partner], "web", "external", 443)).toBe(null);
  expect(ask([partner], "web", "external", 80)).toBe(false);
  expect(ask([partner], "web", "db", 443)).toBe(false);
  expect([ask([partner], "db", "external", 80), ask([partner], "external", "web"), ask([partner], "db", "web")]).toEqual([true, true, true]);
  expect(ask([policy([{ matches: [{ name: "api.example.com" }] }])], "web", "external", 80)).toBe(null);
  expect(ask([policy([{ matches: [{ name: "api.example.com" }] }], { app: "other" })], "web", "db")).toBe(true);
});

test("whether it lets pods ask for names is not told", () => {
  for (const protocol of ["TCP", "UDP"]) expect(ask([partner], "web", "db", 53, protocol), protocol).toBe(null);
});

test("beside NetworkPolicies, what either lets through is let through", () => {
  const toDb = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ podSelector: { matchLabels: { app: "db" } } }] }] } };
  expect([ask([partner, toDb], "web", "db", 443), ask([partner, toDb], "web", "external", 443)]).toEqual([true, null]);
});

test("it counts as isolating", () => {
  const context = contextOf([...TWO_NAMESPACES, partner]);
  const [pod] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
  if (!pod) throw new Error("There is no such pod.");
  const stateOf = (direction: "ingress" | "egress") => findIsolation(context.view(policyIndexView), pod, direction).state;
  expect([stateOf("egress"), stateOf("ingress")]).toEqual(["isolated", "open"]);
});

test("one of the add-on that makes NetworkPolicies says nothing beside them, in whichever version it is stored", () => {
  const to = [{ fqdns: ["api.example.com"] }];
  const made = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "203.0.113.7/32" } }] }] } };
  for (const spec of [{ ingress: [{ from: to, ports: https }] }, { egress: [{ to, ports: https }] }, { policyTypes: ["Ingress"] }]) {
    const own = { ...partner, spec: { podSelector: {}, ...spec } };
    expect([ask([own], "web", "db"), ask([own, made], "web", "db")], JSON.stringify(spec)).toEqual([true, false]);
  }
});
