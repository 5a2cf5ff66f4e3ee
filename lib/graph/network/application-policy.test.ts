import { expect, test } from "vitest";
import { networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { decideEgressToAddress } from "./egress-to-address";
import { endpointsView } from "./endpoints";
import { findIsolation } from "./isolation";
import { policyIndexView } from "./policy-index";
import { reachView } from "./reach";
import { ask, OTHER_WEB, TWO_NAMESPACES } from "./testing";
import { contextOf, matrixOf } from "./testing-worlds";

const eks = (kind: string, spec: object, metadata: object = {}): JsonRecord => ({
  apiVersion: "networking.k8s.aws/v1alpha1",
  kind,
  metadata: { name: "rule", ...metadata },
  spec,
});
const application = (spec: object): JsonRecord =>
  eks("ApplicationNetworkPolicy", { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Egress"], ...spec }, { namespace: "shop" });
const partner = { to: [{ domainNames: ["api.example.com"] }], ports: [{ protocol: "TCP", port: 443 }] };
const toDb = { to: [{ podSelector: { matchLabels: { app: "db" } } }] };

function isolationOf(objects: readonly JsonRecord[]) {
  const context = contextOf([...TWO_NAMESPACES, ...objects]);
  const [pod] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
  if (!pod) throw new Error("There is no such pod.");
  const index = context.view(policyIndexView);
  const address = decideEgressToAddress(index, pod, "169.254.169.254", { port: 443, protocol: "TCP" }).allowed;
  return { address, ...findIsolation(index, pod, "egress") };
}

test("a policy of an application isolates as a NetworkPolicy does, and its domains are some of what is outside", () => {
  const policy = application({ egress: [partner, toDb] });
  expect(ask([policy], "web", "db", 443)).toBe(true);
  expect(ask([policy], "web", OTHER_WEB, 443)).toBe(false);
  expect(ask([policy], "web", "external", 443)).toBe(null);
  expect(ask([policy], "web", "external", 80)).toBe(false);
  expect(ask([policy], "db", "external", 80)).toBe(true);
  expect(ask([policy], "external", "web")).toBe(true);
  expect(isolationOf([policy])).toMatchObject({ state: "isolated", address: null });
});

test("it adds to what NetworkPolicies allow, and they to what it allows", () => {
  const closed = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Egress"] } };
  expect([ask([closed], "web", "db"), ask([closed, application({ egress: [toDb] })], "web", "db")]).toEqual([false, true]);
  const open = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } };
  expect(ask([application({ egress: [partner] }), open], "web", "db")).toBe(true);
});

test("one that allows everything leaves its pods open, by itself or beside others", () => {
  const closed = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Egress"] } };
  const open = application({ egress: [{}] });
  expect(isolationOf([open])).toMatchObject({ state: "open", by: [{ kind: "ApplicationNetworkPolicy" }], address: true });
  expect(isolationOf([closed, open])).toMatchObject({ state: "open" });
  const voided = { ...closed, spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } };
  expect(isolationOf([voided, open])).toMatchObject({ state: "isolated", voidedBy: { kind: "NetworkPolicy" } });
});

test("whoever lets a pod to an address is named by its own kind", () => {
  const toAll = { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] };
  const own = { ...networkPolicy({ name: "own" }), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [toAll] } };
  const context = contextOf([...TWO_NAMESPACES, own, application({ egress: [toAll] })]);
  const [pod] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
  const { because } = decideEgressToAddress(context.view(policyIndexView), pod ?? expect.fail(), "169.254.169.254", { port: 80, protocol: "TCP" });
  expect(because.map(({ message }) => message)).toEqual(["NetworkPolicy own allows it.", "ApplicationNetworkPolicy rule allows it."]);
});

test("the Network page tells what only domains open from what nothing opens", async () => {
  const closed = eks("ApplicationNetworkPolicy", { podSelector: {}, policyTypes: ["Egress"] }, { namespace: "other" });
  const matrix = await matrixOf(contextOf([...TWO_NAMESPACES, closed, application({ podSelector: {}, egress: [partner] })]).view(reachView));
  expect(["shop", "other"].map((from) => matrix.cell(from, null)?.state)).toEqual(["restricted", "closed"]);
});

test("policies of the whole cluster have the same tiers in the group of EKS", () => {
  const subject = { namespaces: {} };
  const rule = (tier: string, action: string) => eks("ClusterNetworkPolicy", { tier, priority: 1, subject, ingress: [{ action, from: [{ namespaces: {} }] }] });
  const open = { ...networkPolicy(), spec: { podSelector: {}, ingress: [{}] } };
  expect(ask([open, rule("Admin", "Deny")], "db", "web")).toBe(false);
  expect(ask([open, rule("Baseline", "Deny")], "db", "web")).toBe(true);
  expect(ask([rule("Baseline", "Deny")], "db", "web")).toBe(false);
  expect(ask([{ ...open, spec: { podSelector: {} } }, rule("Admin", "Allow")], "db", "web")).toBe(true);
});
