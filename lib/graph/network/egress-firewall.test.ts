import { expect, test } from "vitest";
import { networkPolicy, pod } from "../../inventory/testing";
import { reachView } from "./reach";
import { ask, OTHER_WEB, TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

const firewall = (rules: readonly object[], part: object = {}) => ({
  apiVersion: "k8s.ovn.org/v1",
  kind: "EgressFirewall",
  metadata: { name: "default", namespace: "shop" },
  spec: { egress: rules },
  ...part,
});
const rule = (type: string, cidrSelector = "0.0.0.0/0") => ({ type, to: { cidrSelector } });

test("a firewall leaves open which addresses outside its pods reach, and says nothing of pods", () => {
  const deny = firewall([rule("Allow", "203.0.113.0/24"), rule("Deny")]);
  expect(ask([deny], "db", "external", 443)).toBe(null);
  expect(ask([deny], "db", "web")).toBe(true);
  expect(ask([deny], "external", "web")).toBe(true);
  expect(ask([deny], OTHER_WEB, "external", 443)).toBe(true);
});

test("one that only allows limits nothing", () => {
  expect(ask([firewall([rule("Allow", "203.0.113.0/24")])], "db", "external", 443)).toBe(true);
});

test("that of OpenShift's older network counts as well, and another kind of that name does not", () => {
  const part = { apiVersion: "network.openshift.io/v1", kind: "EgressNetworkPolicy" };
  expect(ask([firewall([rule("Deny")], part)], "db", "external", 443)).toBe(false);
  expect(ask([firewall([rule("Deny")], { apiVersion: "example.com/v1" })], "db", "external", 443)).toBe(true);
});

test("what a policy denies stays denied", () => {
  const closed = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [] } };
  expect(ask([closed, firewall([rule("Deny")])], "db", "external", 443)).toBe(false);
});

test("nodes have addresses outside of the pods' network, and their own pods are not held to it", () => {
  const host = pod({ name: "host", podSpec: { hostNetwork: true } });
  expect(ask([firewall([rule("Deny")]), host], "db", "shop/host", 443)).toBe(null);
  expect(ask([firewall([rule("Deny")]), host], "shop/host", "external", 443)).toBe(true);
});

test("rules are asked in their order, the first that names a connection decides", () => {
  const outside = (...rules: readonly object[]) => [443, 53].map((port) => ask([firewall(rules)], "db", "external", port));
  const onPort = (type: string, port: number) => ({ ...rule(type), ports: [{ port, protocol: "TCP" }] });
  expect(outside(rule("Deny"))).toEqual([false, false]);
  expect(outside(rule("Allow"), rule("Deny"))).toEqual([true, true]);
  expect(outside(rule("Allow", "203.0.113.0/24"), rule("Deny"))).toEqual([null, null]);
  expect(outside(rule("Deny", "203.0.113.0/24"), rule("Deny"))).toEqual([false, false]);
  expect(outside(rule("Deny", "203.0.113.0/24"))).toEqual([null, null]);
  expect(outside(onPort("Allow", 443), rule("Deny"))).toEqual([true, false]);
  expect(outside(onPort("Deny", 443))).toEqual([false, true]);
  expect(outside({ type: "Allow", to: { dnsName: "example.com" } }, rule("Deny"))).toEqual([null, null]);
  expect(outside({ type: "Allow", to: { nodeSelector: {} } }, rule("Deny"))).toEqual([false, false]);
});

test("the page cuts stretches of ports where rules do", () => {
  const context = contextOf([...TWO_NAMESPACES, firewall([{ ...rule("Allow"), ports: [{ port: 443, protocol: "TCP" }] }, rule("Deny")])]);
  const reach = context.view(reachView);
  const [db] = reach.classesOf("shop/Deployment/db");
  const said = db && reach.verdictsOf(db, "egress", null).spans.flatMap(({ span, verdict }) => (verdict === "allowed" ? [span] : []));
  expect(said).toEqual([{ protocol: "TCP", from: 443, to: 443 }]);
});
