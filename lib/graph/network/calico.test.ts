import { expect, test } from "vitest";
import { networkPolicy } from "../../inventory/testing";
import { parseCalicoSelector } from "./calico-selector";
import { ask, OTHER_WEB } from "./testing";

function policy(spec: object, part: { name?: string; kind?: string } = {}) {
  const kind = part.kind ?? "NetworkPolicy";
  const metadata = { name: part.name ?? "rule", ...(kind === "NetworkPolicy" && { namespace: "shop" }) };
  return { apiVersion: "projectcalico.org/v3", kind, metadata, spec };
}

const web = { selector: "app == 'web'", types: ["Ingress"] };
const fromDb = { action: "Allow", source: { selector: "app == 'db'" } };

test.each([
  ["", true],
  ["all()", true],
  ["global()", false],
  ["has(app)", true],
  ["!has(app)", false],
  ["app == 'web'", true],
  ["app != 'web'", false],
  ["tier != 'x'", true],
  ["app in {'web', \"db\"}", true],
  ["app not in {'web'}", false],
  ["tier not in {'x'}", true],
  ["app contains 'e'", true],
  ["app starts with 'we'", true],
  ["app ends with 'x'", false],
  ["app == 'x' || (has(app) && app == 'web')", true],
  ["!(app == 'web')", false],
  ["a.b/c-d == 'x'", false],
])("the selector %j is %j for app=web", (source, expected) => {
  expect(parseCalicoSelector(source)?.({ app: "web" })).toBe(expected);
});

test.each(["app ==", "app = 'web'", "(all()", "all() all()", "'web'", "app in {'a'", "$"])("%j does not parse", (source) => {
  expect(parseCalicoSelector(source)).toBe(null);
});

test("rules decide in order, and what no rule names is denied", () => {
  expect(ask([policy({ ...web, ingress: [fromDb] })], "db", "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ action: "Deny", source: {} }, fromDb] })], "db", "web")).toBe(false);
  expect(ask([policy({ ...web, ingress: [fromDb] })], OTHER_WEB, "web")).toBe(false);
});

test("without types the rules say which direction is meant", () => {
  expect(ask([policy({ selector: "app == 'db'", egress: [{ action: "Deny" }] })], "web", "db")).toBe(true);
  expect(ask([policy({ selector: "app == 'db'", egress: [{ action: "Deny" }] })], "db", "web")).toBe(false);
  expect(ask([policy({ selector: "app == 'web'" })], "db", "web")).toBe(false);
});

test("the order decides between policies, and a network policy stands at 1000", () => {
  const allowed = { ...networkPolicy(), spec: { podSelector: {}, ingress: [{}] } };
  const deny = (order?: number) => policy({ ...web, ...(order !== undefined && { order }), ingress: [{ action: "Deny" }] }, { name: "deny" });
  expect(ask([allowed, deny(10)], "db", "web")).toBe(false);
  expect(ask([allowed, deny()], "db", "web")).toBe(true);
  expect(ask([deny(20), policy({ ...web, order: 10, ingress: [fromDb] })], "db", "web")).toBe(true);
});

test("ports, protocols and namespaces narrow a rule", () => {
  const on = (destination: object, protocol = "TCP") => [policy({ ...web, ingress: [{ action: "Allow", protocol, destination }] })];
  expect(ask(on({ ports: ["8000:9000"] }), "db", "web")).toBe(true);
  expect(ask(on({ ports: [443, "http"] }), "db", "web")).toBe(true);
  expect(ask(on({ ports: [443] }), "db", "web")).toBe(false);
  expect(ask(on({}, "UDP"), "db", "web")).toBe(false);
  const elsewhere = policy({ ...web, ingress: [{ action: "Allow", source: { namespaceSelector: "team == 'other'" } }] });
  expect(ask([elsewhere], OTHER_WEB, "web")).toBe(true);
  expect(ask([elsewhere], "db", "web")).toBe(false);
});

test("global policies reach every namespace", () => {
  const global = policy({ selector: "all()", types: ["Ingress"], ingress: [{ action: "Deny" }] }, { kind: "GlobalNetworkPolicy" });
  expect(ask([global], "web", OTHER_WEB)).toBe(false);
});

test("tiers of one's own, addresses and selectors that do not parse cannot be told", () => {
  expect(ask([policy({ ...web, tier: "security", ingress: [fromDb] })], "db", "web")).toBe(null);
  expect(ask([policy({ ...web, ingress: [{ action: "Allow", source: { nets: ["10.0.0.0/8"] } }] })], "db", "web")).toBe(null);
  expect(ask([policy({ ...web, selector: "app ~ 'web'" })], "db", "web")).toBe(null);
});
