import { expect, test } from "vitest";
import { configMap, deployment, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { answerConnectionIn } from "./answer-connection";
import { decideEgressToAddress } from "./egress-to-address";
import { endpointsView } from "./endpoints";
import { policyIndexView } from "./policy-index";
import { ask as askIn, OTHER_WEB, TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

const agent = deployment({ name: "agent", podSpec: { hostNetwork: true } });
const ask = (objects: readonly JsonRecord[], ...question: readonly [from: string, to: string, port?: number]) => askIn([agent, ...objects], ...question);
/** Into what runs in the network of a node, and out of it. */
const both = (objects: readonly JsonRecord[]) => [ask(objects, "db", "agent"), ask(objects, "agent", "db")];

const settings = (firewall?: string) => configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-host-firewall": firewall } });
const ofNodes = (spec: object): JsonRecord => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumClusterwideNetworkPolicy",
  metadata: { name: "nodes" },
  spec: { nodeSelector: {}, ...spec },
});

test("a policy of Cilium that chooses nodes may close their network, unless the host firewall is off", () => {
  const closed = ofNodes({ ingress: [{}] });
  for (const found of [[], [settings("true")]]) expect(both([closed, ...found])).toEqual([null, true]);
  for (const found of [settings("false"), settings()]) expect(both([closed, found])).toEqual([true, true]);
  expect(both([ofNodes({ egressDeny: [{ toEntities: ["all"] }] })])).toEqual([true, null]);
  // It says nothing of pods that have a network of their own.
  expect(ask([closed], "db", "web")).toBe(true);
});

test("what such a policy lets through stays open, on every node that it isolates", () => {
  const cluster = { ingress: [{ fromEntities: ["cluster"], toPorts: [{ ports: [{ port: "8080", protocol: "TCP" }] }] }] };
  expect([8080, 9090].map((port) => ask([ofNodes(cluster)], "db", "agent", port))).toEqual([true, null]);
  const edge = { nodeSelector: { matchLabels: { role: "edge" } } };
  expect(ask([ofNodes({ ...edge, ...cluster })], "db", "agent")).toBe(true);
  expect(ask([ofNodes({ ...edge, ...cluster }), { ...ofNodes({ ingress: [{}] }), metadata: { name: "others" } }], "db", "agent")).toBe(null);
  expect(ask([ofNodes(cluster), { ...ofNodes({ ...edge, ingress: [{}] }), metadata: { name: "others" } }], "db", "agent")).toBe(true);
  const narrowed = ofNodes({ ingress: [...cluster.ingress, { fromRequires: [{ matchLabels: { app: "web" } }] }] });
  expect(["db", OTHER_WEB].map((from) => ask([narrowed], from, "agent"))).toEqual([null, true]);
});

test("where Cilium isolates everything and guards nodes, what runs there may be closed without a policy", () => {
  const config = (firewall: string) =>
    configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": "always", "enable-host-firewall": firewall } });
  const outOf = { ...networkPolicy({ name: "out" }), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } };
  expect(ask([config("true"), outOf], "db", "agent")).toBe(null);
  expect(ask([config("false"), outOf], "db", "agent")).toBe(true);
});

const endpoint = (part: object = {}): JsonRecord => ({
  apiVersion: "projectcalico.org/v3",
  kind: "HostEndpoint",
  metadata: { name: "node-1", labels: { role: "node" } },
  spec: { node: "node-1", interfaceName: "*", ...part },
});
const open = endpoint({ profiles: ["projectcalico-default-allow"] });
const global = (spec: object): JsonRecord => ({
  apiVersion: "projectcalico.org/v3",
  kind: "GlobalNetworkPolicy",
  metadata: { name: "nodes" },
  spec: { selector: "role == 'node'", types: ["Ingress"], ...spec },
});

test("rules of Calico for pods may choose the addresses that interfaces of nodes name, by their labels", () => {
  const node = endpoint({ expectedIPs: ["10.0.0.1"], profiles: ["projectcalico-default-allow"] });
  const out = (...egress: readonly object[]) => global({ selector: "app == 'web'", types: ["Egress"], egress });
  const to = (destination: object, action = "Allow") => ({ action, destination });
  const asked = (rule: JsonRecord, host: JsonRecord = node) => ask([rule, host], "web", "agent");
  for (const chosen of [{ selector: "role == 'node'" }, { selector: "all()" }, { namespaceSelector: "global()" }]) expect(asked(out(to(chosen)))).toBe(null);
  for (const other of [{ selector: "role == 'x'" }, { namespaceSelector: "all()" }]) expect(asked(out(to(other)))).toBe(false);
  expect(asked(out(to({ selector: "has(role)" }, "Deny"), { action: "Allow" }))).toBe(null);
  expect(asked(out(to({ notSelector: "has(role)" })))).toBe(null);
  expect(asked(out(to({ selector: "role == 'node'" })), open)).toBe(false);
  expect(ask([out(to({ selector: "role == 'node'" })), node], "web", "db")).toBe(false);
  const unread = contextOf([...TWO_NAMESPACES, agent, out(to({ selector: "all()" }))], ["HostEndpoint"]);
  expect(answerConnectionIn(unread, { kind: "connection", from: "shop/Deployment/web", to: "shop/Deployment/agent", port: 80 }).allowed).toBe(null);
});

test("an interface of a node that is declared to Calico is closed by itself, or by policies that may choose it", () => {
  expect(both([endpoint()])).toEqual([null, null]);
  expect(both([open])).toEqual([true, true]);
  expect(both([open, global({})])).toEqual([null, true]);
  expect(both([global({})])).toEqual([true, true]);
  for (const spec of [{ selector: "role == 'pod'" }, { namespaceSelector: "all()" }, { serviceAccountSelector: "has(role)" }])
    expect(both([open, global(spec)]), JSON.stringify(spec)).toEqual([true, true]);
  expect(both([open, global({ namespaceSelector: "global()" })])).toEqual([null, true]);
});

test("a policy for what passes through nodes may close what is between pods, in its direction", () => {
  for (const part of [{ applyOnForward: true }, { applyOnForward: true, preDNAT: true }]) {
    expect(ask([open, global(part)], "db", "web"), JSON.stringify(part)).toBe(null);
    expect(ask([global(part)], "db", "web")).toBe(true);
  }
  expect(ask([open, global({})], "db", "web")).toBe(true);
  expect(ask([open, global({ applyOnForward: true })], "db", "external")).toBe(true);
  expect(ask([open, global({ applyOnForward: true, types: ["Egress"] })], "db", "external")).toBe(null);
});

test("a policy of Antrea that chooses nodes is not interpreted, and one that chooses pods does not reach them", () => {
  const antrea = (appliedTo: object) => ({
    apiVersion: "crd.antrea.io/v1beta1",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "nodes" },
    spec: { priority: 5, appliedTo: [appliedTo], ingress: [{ action: "Drop" }] },
  });
  expect(ask([antrea({ nodeSelector: {} })], "external", "agent")).toBe(null);
  expect(ask([antrea({ podSelector: {} })], "external", "agent")).toBe(true);
});

test("a firewall of OpenShift may drop what comes in to a node, on the ports that it denies", () => {
  const firewall = (...rules: readonly object[]): JsonRecord => ({
    apiVersion: "ingressnodefirewall.openshift.io/v1alpha1",
    kind: "IngressNodeFirewall",
    metadata: { name: "nodes" },
    spec: { interfaces: ["eth0"], nodeSelector: {}, ingress: [{ sourceCIDRs: ["172.16.0.0/12"], rules }] },
  });
  const tcp = (ports: unknown, action = "Deny") => firewall({ order: 10, protocolConfig: { protocol: "TCP", tcp: { ports } }, action });
  const into = (object: JsonRecord) => [7999, 8000, 9000, 9001].map((port) => ask([object], "external", "agent", port));
  expect(into(tcp("8000-9000"))).toEqual([true, null, null, true]);
  expect(into(tcp(8000))).toEqual([true, null, true, true]);
  expect(into(tcp("8000-9000", "Allow"))).toEqual([true, true, true, true]);
  expect(into(firewall({ order: 20, action: "Deny" }))).toEqual([null, null, null, null]);
  expect(into(firewall({ order: 20, protocolConfig: { protocol: "ICMP", icmp: { icmpType: 8 } }, action: "Deny" }))).toEqual([true, true, true, true]);
  // The rule of the smallest order that names a packet decides, wherever it stands; the last port of a range may not be in it.
  const deny = { order: 20, action: "Deny" };
  const allow = (ports: unknown, order = 10) => ({ order, protocolConfig: { protocol: "TCP", tcp: { ports } }, action: "Allow" });
  expect(into(firewall(deny, allow(8000)))).toEqual([null, true, null, null]);
  expect(into(firewall(allow("8000-9001"), deny))).toEqual([null, true, true, null]);
  expect(into(firewall(allow("8000-9001", 30), deny))).toEqual([null, null, null, null]);
  expect(into(firewall(allow("web"), deny))).toEqual([null, null, null, null]);
  expect(into(firewall({ order: 10, action: "Allow" }, deny))).toEqual([true, true, true, true]);
  expect(into({ ...firewall(), spec: { ingress: [{ rules: [allow(8000)] }, { rules: [deny] }] } })).toEqual([null, null, null, null]);
  // It looks at what comes in alone, and not at pods that have a network of their own.
  expect([ask([tcp("8000-9000")], "agent", "db"), ask([tcp("8000-9000")], "db", "web")]).toEqual([true, true]);
});

test("a kind that could not be read may close nodes, where it could", () => {
  const refused = (kind: string, ...objects: readonly JsonRecord[]) =>
    answerConnectionIn(contextOf([...TWO_NAMESPACES, agent, ...objects], [kind]), {
      kind: "connection",
      from: "external",
      to: "shop/Deployment/agent",
      port: 8080,
    }).allowed;
  for (const kind of ["HostEndpoint", "CiliumClusterwideNetworkPolicy", "AntreaClusterNetworkPolicy", "IngressNodeFirewall"])
    expect(refused(kind), kind).toBe(null);
  for (const kind of ["CiliumNetworkPolicy", "GlobalNetworkPolicy", "AdminNetworkPolicy", "AntreaNetworkPolicy"]) expect(refused(kind), kind).toBe(true);
  expect(refused("CiliumClusterwideNetworkPolicy", settings("false"))).toBe(true);
  expect(refused("GlobalNetworkPolicy", open)).toBe(null);
  const passing = contextOf([...TWO_NAMESPACES, global({ applyOnForward: true })], ["HostEndpoint"]);
  const between = { kind: "connection", from: "shop/Deployment/db", to: "shop/Deployment/web", port: 8080 } as const;
  expect(answerConnectionIn(passing, between).allowed).toBe(null);
});

test("an address outside is asked of the same policies", () => {
  const outwards = (objects: readonly JsonRecord[]) => {
    const context = contextOf([...TWO_NAMESPACES, agent, ...objects]);
    const [self] = context.view(endpointsView).get("shop/Deployment/agent") ?? [];
    return self && decideEgressToAddress(context.view(policyIndexView), self, "169.254.169.254", { port: 80, protocol: "TCP" }).allowed;
  };
  expect(outwards([])).toBe(true);
  expect(outwards([ofNodes({ egress: [{ toEntities: ["cluster"] }] })])).toBe(null);
  expect(outwards([ofNodes({ egress: [{ toEntities: ["world"] }] })])).toBe(true);
});
