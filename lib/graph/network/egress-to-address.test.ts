import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { decideEgressToAddress } from "./egress-to-address";
import { endpointsView } from "./endpoints";
import { policyIndexView } from "./policy-index";
import { TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

const ADDRESS = "169.254.169.254";
const RANGE = `${ADDRESS}/32`;

function reaches(objects: readonly JsonRecord[], address = ADDRESS, withheld: readonly string[] = []): boolean | null {
  const context = contextOf([...TWO_NAMESPACES, ...objects], withheld);
  const [self] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
  if (!self) throw new Error("There is no such pod.");
  return decideEgressToAddress(context.view(policyIndexView), self, address, { port: 80, protocol: "TCP" }).allowed;
}

const cilium = (spec: object): JsonRecord => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumClusterwideNetworkPolicy",
  metadata: { name: "metadata" },
  spec: { endpointSelector: {}, ...spec },
});

test("a denial of Cilium counts, also one that isolates nobody", () => {
  const deny = (part: object) => cilium({ enableDefaultDeny: { egress: false }, ...part });
  expect(reaches([deny({ egressDeny: [{ toCIDR: [RANGE] }] })])).toBe(false);
  expect(reaches([deny({ egressDeny: [{ toCIDRSet: [{ cidr: "169.254.0.0/16", except: [RANGE] }] }] })])).toBe(true);
  expect(reaches([deny({ egressDeny: [{ toCIDR: ["10.0.0.0/8"] }] })])).toBe(true);
  const group = (ranges: readonly string[]) => ({
    apiVersion: "cilium.io/v2",
    kind: "CiliumCIDRGroup",
    metadata: { name: "metadata" },
    spec: { externalCIDRs: ranges },
  });
  const byGroup = deny({ egressDeny: [{ toCIDRSet: [{ cidrGroupRef: "metadata" }] }] });
  expect([["169.254.0.0/16"], ["10.0.0.0/8"]].map((ranges) => reaches([byGroup, group(ranges)]))).toEqual([false, true]);
  expect(reaches([byGroup], ADDRESS, ["CiliumCIDRGroup"])).toBe(null);
});

test("what Cilium lets out is compared with the address", () => {
  const to = (rule: object) => reaches([cilium({ egress: [rule] })]);
  expect(to({ toEntities: ["cluster"] })).toBe(false);
  expect(to({ toEntities: ["world"] })).toBe(true);
  expect(["world-ipv4", "world-ipv6"].map((name) => to({ toEntities: [name] }))).toEqual([true, false]);
  expect(to({ toCIDRSet: [{ cidr: "0.0.0.0/0", except: [RANGE] }] })).toBe(false);
  expect(to({ toCIDR: ["0.0.0.0/0"] })).toBe(true);
  expect(to({ toFQDNs: [{ matchName: "example.com" }] })).toBe(null);
  const servers = [{ toEntities: ["kube-apiserver"] }, { toServices: [{ k8sService: { serviceName: "outside", namespace: "shop" } }] }];
  for (const rule of servers) expect([ADDRESS, "203.0.113.7"].map((address) => reaches([cilium({ egress: [rule] })], address))).toEqual([false, null]);
});

test("policies of Calico are compared with the address, in tiers that hand on as well", () => {
  const calico = (egress: readonly object[], part: object = {}): JsonRecord => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    metadata: { name: "metadata" },
    spec: { types: ["Egress"], order: 10, egress, ...part },
  });
  const tier = { apiVersion: "projectcalico.org/v3", kind: "Tier", metadata: { name: "first" }, spec: { order: 1, defaultAction: "Pass" } };
  const deny = { action: "Deny", destination: { nets: [RANGE] } };
  expect(reaches([calico([deny, { action: "Allow" }])])).toBe(false);
  expect(reaches([tier, calico([deny], { tier: "first" })])).toBe(false);
  expect(reaches([tier, calico([{ ...deny, destination: { nets: ["10.0.0.0/8"] } }], { tier: "first" })])).toBe(true);
  expect(reaches([calico([{ action: "Allow", destination: { notNets: [RANGE] } }])])).toBe(false);
  expect(reaches([calico([{ action: "Allow", destination: { nets: ["0.0.0.0/0"] } }])])).toBe(true);
  const set = (nets: readonly string[]) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkSet",
    metadata: { name: "far", labels: { far: "" } },
    spec: { nets },
  });
  const far = calico([{ action: "Allow", destination: { selector: "has(far)" } }]);
  expect([["203.0.113.0/24"], [RANGE]].map((nets) => reaches([set(nets), far]))).toEqual([false, true]);
  const behind = calico([{ action: "Allow", destination: { services: { name: "outside", namespace: "shop" } } }]);
  expect([ADDRESS, "203.0.113.7"].map((address) => reaches([behind], address))).toEqual([false, null]);
});

test("an egress firewall is asked in its order", () => {
  const firewall = (...rules: readonly (readonly [string, string])[]) => ({
    apiVersion: "k8s.ovn.org/v1",
    kind: "EgressFirewall",
    metadata: { name: "default", namespace: "shop" },
    spec: { egress: rules.map(([type, cidrSelector]) => ({ type, to: { cidrSelector } })) },
  });
  expect(reaches([firewall(["Deny", RANGE])])).toBe(false);
  expect(reaches([firewall(["Allow", "169.254.0.0/16"], ["Deny", "0.0.0.0/0"])])).toBe(true);
  expect(reaches([firewall(["Allow", "10.0.0.0/8"], ["Deny", "0.0.0.0/0"])])).toBe(false);
  expect(reaches([firewall(["Deny", "10.0.0.0/8"])])).toBe(true);
});

test("rules of administrators are compared with the address and the port", () => {
  const admin = (rule: object): JsonRecord => ({
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "metadata" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, egress: [{ action: "Deny", ...rule }] },
  });
  const to = [{ networks: [RANGE] }];
  expect(reaches([admin({ to })])).toBe(false);
  expect([80, 443].map((number) => reaches([admin({ to, protocols: [{ tcp: { destinationPort: { number } } }] })]))).toEqual([false, true]);
  expect(reaches([admin({ to: [{ namespaces: {} }] })])).toBe(true);
  expect(reaches([admin({ to })], "fd00:ec2::254")).toBe(true);
});
