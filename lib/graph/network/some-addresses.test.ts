import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { answerConnectionIn } from "./answer-connection";
import { TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

/** May shop's web connect to what is outside? "some" = to some addresses. */
function outwards(objects: readonly JsonRecord[], { port = 8080, withheld = [] }: { port?: number; withheld?: readonly string[] } = {}) {
  const context = contextOf([...TWO_NAMESPACES, ...objects], withheld);
  const { allowed, isPartial, because } = answerConnectionIn(context, { kind: "connection", from: "shop/Deployment/web", to: "external", port });
  return { said: isPartial ? "some" : allowed, message: because[0]?.message ?? "" };
}
const said = (objects: readonly JsonRecord[], port?: number) => outwards(objects, port === undefined ? {} : { port }).said;

const cilium = (spec: object, name = "rule"): JsonRecord => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name, namespace: "shop" },
  spec: { endpointSelector: {}, ...spec },
});
const group = (name: string, ranges: readonly string[], labels: object = {}): JsonRecord => ({
  apiVersion: "cilium.io/v2alpha1",
  kind: "CiliumCIDRGroup",
  metadata: { name, labels },
  spec: { externalCIDRs: ranges },
});
const calico = (egress: readonly object[], part: object = {}): JsonRecord => ({
  apiVersion: "projectcalico.org/v3",
  kind: "GlobalNetworkPolicy",
  metadata: { name: "rule" },
  spec: { types: ["Egress"], egress, ...part },
});
const RANGE = "203.0.113.0/24";

test("a range of Cilium is of some addresses outside, what it lets through and what it denies", () => {
  expect(said([cilium({ egress: [{ toCIDR: [RANGE] }] })])).toBe("some");
  expect(said([cilium({ egress: [{ toCIDRSet: [{ cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] }] }] })])).toBe("some");
  expect(said([cilium({ egress: [{ toEntities: ["world"] }], egressDeny: [{ toCIDR: [RANGE] }] })])).toBe("some");
  expect(said([cilium({ egress: [{ toFQDNs: [{ matchName: "example.com" }] }] })])).toBe("some");
  expect(said([cilium({ egress: [{ toCIDR: ["0.0.0.0/0"] }] })])).toBe(true);
  const onPort = cilium({ egress: [{ toCIDR: [RANGE], toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] }] });
  expect([443, 80].map((port) => said([onPort], port))).toEqual(["some", false]);
});

test("ranges that together leave nothing to decide decide nothing", () => {
  expect(said([cilium({ egress: [{ toCIDR: [RANGE] }, { toEntities: ["world"] }] })])).toBe(true);
  expect(said([cilium({ egress: [{ toCIDR: [RANGE] }], egressDeny: [{ toCIDR: [RANGE] }] })])).toBe(false);
  expect(said([cilium({ egress: [{ toCIDR: ["203.0.113.0/25"] }], egressDeny: [{ toCIDR: [RANGE] }] })])).toBe(false);
  expect(said([cilium({ egress: [{ toCIDR: [RANGE] }], egressDeny: [{ toCIDR: ["203.0.113.0/25"] }] })])).toBe("some");
});

test("many ranges beside a rule that lets everything out are as good as none", () => {
  const many = Array.from({ length: 200 }, (_, i) => `10.${i}.0.0/16`);
  expect(said([cilium({ egress: [{ toCIDR: many }, { toEntities: ["all"] }] })])).toBe(true);
  expect(said([cilium({ egress: [{ toCIDR: many }] })])).toBe("some");
});

test("what else cannot be told stays so beside a range", () => {
  expect(said([cilium({ egress: [{ toCIDR: [RANGE] }, { toGroups: [{ aws: {} }] }] })])).toBe(null);
});

test("a range of Calico, and of the sets that its selectors choose, is of some addresses outside", () => {
  const nets = (action: string, ranges: readonly string[]) => ({ action, destination: { nets: ranges } });
  expect(said([calico([nets("Allow", [RANGE])])])).toBe("some");
  expect(said([calico([nets("Deny", [RANGE]), { action: "Allow" }])])).toBe("some");
  expect(said([calico([nets("Deny", ["10.0.0.0/8"]), nets("Allow", ["10.1.0.0/16"])])])).toBe(false);
  expect(said([calico([{ action: "Allow", destination: { notNets: [RANGE] } }])])).toBe("some");
  expect(said([calico([nets("Allow", ["::/0"])])])).toBe("some");
  const set = { apiVersion: "projectcalico.org/v3", kind: "GlobalNetworkSet", metadata: { name: "far", labels: { far: "" } }, spec: { nets: [RANGE] } };
  const far = calico([{ action: "Allow", destination: { selector: "has(far)" } }]);
  expect([said([far, set]), said([far])]).toEqual(["some", false]);
  // Of a set that may be chosen or not, nothing is told.
  const kind = calico([{ action: "Allow", destination: { selector: "projectcalico.org/kind == 'GlobalNetworkSet'" } }]);
  expect(said([kind, set])).toBe(null);
});

test("groups of ranges are looked up by name and by label; one that does not exist holds nothing", () => {
  const to = (block: object) => cilium({ egress: [{ toCIDRSet: [block] }] });
  const groups = [group("vpn", ["10.48.0.0/24"], { role: "vpn" }), group("all", ["0.0.0.0/0"])];
  expect(said([...groups, to({ cidrGroupRef: "vpn" })])).toBe("some");
  expect(said([...groups, to({ cidrGroupSelector: { matchLabels: { role: "vpn" } } })])).toBe("some");
  expect(said([...groups, to({ cidrGroupRef: "all" })])).toBe(true);
  expect(said([...groups, to({ cidrGroupRef: "office" })])).toBe(false);
  expect(said([...groups, to({ cidrGroupSelector: { matchLabels: { role: "office" } } })])).toBe(false);
});

test("a group that was not read is named", () => {
  const asked = outwards([cilium({ egress: [{ toCIDRSet: [{ cidrGroupRef: "vpn" }] }] })], { withheld: ["CiliumCIDRGroup"] });
  expect(asked.said).toBe(null);
  expect(asked.message).toContain("It names CiliumCIDRGroup vpn, and what that holds was not read.");
  expect(asked.message).toContain("Listing CiliumCIDRGroup was refused.");
});
