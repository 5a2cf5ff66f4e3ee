import { expect, test } from "vitest";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import { endpointsView } from "./endpoints";
import { findIsolation } from "./isolation";
import { policyIndexView } from "./policy-index";
import { ask, OTHER_WEB, TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

interface Part {
  readonly name?: string;
  readonly tier?: string;
  readonly priority?: number;
  readonly ingress?: readonly object[];
  readonly egress?: readonly object[];
  readonly subject?: object;
}

function policy({ name = "cluster", ...spec }: Part) {
  return {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name },
    spec: { tier: "Admin", priority: 10, subject: { namespaces: {} }, ...spec },
  };
}

const from = (action: string, part: object = {}) => ({ action, from: [{ namespaces: {} }], ...part });
const denied = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"] } };

test("the admin tier decides before network policies, and Pass hands on to them", () => {
  expect(ask([denied, policy({ ingress: [from("Accept")] })], "db", "web")).toBe(true);
  expect(ask([denied, policy({ ingress: [from("Pass"), from("Accept")] })], "db", "web")).toBe(false);
  expect(ask([policy({ ingress: [from("Deny")] })], "db", "web")).toBe(false);
});

test("the smaller priority comes first; rules of one policy go in order", () => {
  const accept = policy({ name: "accept", priority: 1, ingress: [from("Accept")] });
  expect(ask([policy({ ingress: [from("Deny")] }), accept], "db", "web")).toBe(true);
  expect(ask([policy({ ingress: [from("Deny"), from("Accept")] })], "db", "web")).toBe(false);
});

test("equal priorities that disagree cannot be told", () => {
  expect(ask([policy({ name: "a", ingress: [from("Deny")] }), policy({ name: "b", ingress: [from("Accept")] })], "db", "web")).toBe(null);
});

test("the baseline tier has a say only where no network policy isolates", () => {
  const baseline = policy({ tier: "Baseline", ingress: [from("Deny")] });
  expect(ask([baseline], "db", "web")).toBe(false);
  expect(ask([baseline, { ...denied, spec: { ...denied.spec, ingress: [{}] } }], "db", "web")).toBe(true);
});

test("ports are numbers, ranges or names, per protocol", () => {
  const on = (protocol: object) => [policy({ ingress: [from("Deny", { protocols: [protocol] })] })];
  expect(ask(on({ tcp: { destinationPort: { number: 8080 } } }), "db", "web")).toBe(false);
  expect(ask(on({ udp: { destinationPort: { number: 8080 } } }), "db", "web")).toBe(true);
  expect(ask(on({ tcp: { destinationPort: { range: { start: 8000, end: 9000 } } } }), "db", "web")).toBe(false);
  expect(ask(on({ destinationNamedPort: "http" }), "db", "web")).toBe(false);
  expect(ask(on({ tcp: {} }), "db", "web", 1)).toBe(false);
});

test("subjects and peers are namespaces, or pods in them", () => {
  const subject = { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: "db" } } } };
  expect(ask([policy({ subject, ingress: [from("Deny")] })], "web", "db")).toBe(false);
  expect(ask([policy({ subject, ingress: [from("Deny")] })], "db", "web")).toBe(true);
  const peer = { action: "Deny", from: [{ namespaces: { matchLabels: { team: "other" } } }] };
  expect(ask([policy({ ingress: [peer] })], OTHER_WEB, "web")).toBe(false);
  expect(ask([policy({ ingress: [peer] })], "db", "web")).toBe(true);
});

test("the kinds that came before act as the two tiers", () => {
  const old = (kind: string, spec: object) => ({
    apiVersion: "policy.networking.k8s.io/v1alpha1",
    kind,
    metadata: { name: "default" },
    spec: { subject: { namespaces: {} }, ...spec },
  });
  expect(ask([denied, old("AdminNetworkPolicy", { priority: 1, ingress: [from("Allow", { ports: [{ portNumber: { port: 8080 } }] })] })], "db", "web")).toBe(
    true,
  );
  expect(ask([old("BaselineAdminNetworkPolicy", { ingress: [from("Deny")] })], "db", "web")).toBe(false);
});

const to = (action: string, peer: object) => ({ action, to: [peer] });
const ALL = { networks: ["0.0.0.0/0"] };
const SOME = { networks: ["10.0.0.0/8"] };

test("a range of all addresses holds pods and the outside", () => {
  for (const tier of ["Admin", "Baseline"]) {
    const closed = policy({ tier, egress: [to("Deny", ALL)] });
    expect(ask([closed], "db", "web")).toBe(false);
    expect(ask([closed], "db", "external")).toBe(false);
  }
  expect(ask([policy({ egress: [to("Accept", { namespaces: {} }), to("Deny", ALL)] })], "db", "web")).toBe(true);
});

test("whether a smaller range holds a pod is not known, which counts only where it would change the answer", () => {
  expect(ask([policy({ egress: [to("Deny", SOME)] })], "db", "web")).toBe(null);
  expect(ask([policy({ egress: [to("Deny", SOME)] })], "db", "external")).toBe(null);
  expect(ask([policy({ egress: [to("Accept", SOME)] })], "db", "web")).toBe(true);
  expect(ask([policy({ egress: [to("Deny", SOME), to("Deny", { namespaces: {} })] })], "db", "web")).toBe(false);
  expect(ask([policy({ egress: [to("Accept", { namespaces: {} }), to("Deny", SOME)] })], "db", "web")).toBe(true);
  expect(ask([policy({ egress: [to("Pass", SOME), to("Deny", { namespaces: {} })] })], "db", "web")).toBe(null);
});

test("a range that no pod could have an address of is about none", () => {
  for (const range of ["169.254.169.254/32", "127.0.0.0/8", "fe80::/10"]) {
    const denied = policy({ egress: [to("Deny", { networks: [range] })] });
    expect([ask([denied], "db", "web"), ask([denied], "db", "external")], range).toEqual([true, null]);
    expect(ask([deployment({ name: "agent", podSpec: { hostNetwork: true } }), denied], "db", "agent"), range).toBe(null);
  }
  expect(ask([policy({ egress: [to("Deny", { networks: ["169.254.169.254/32", "10.0.0.0/8"] })] })], "db", "web")).toBe(null);
  expect(ask([policy({ egress: [to("Deny", { networks: ["169.0.0.0/8"] })] })], "db", "web")).toBe(null);
});

test("the labels of what is not in the set are not known", () => {
  const peer = { pods: { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: "app", operator: "DoesNotExist" }] } } };
  expect(ask([policy({ egress: [to("Deny", peer)] })], "db", "shop/Deployment/gone")).toBe(null);
  expect(ask([policy({ egress: [to("Deny", peer)] })], "db", "web")).toBe(true);
  expect(ask([policy({ egress: [to("Deny", { pods: { namespaceSelector: {}, podSelector: {} } })] })], "db", "shop/Deployment/gone")).toBe(false);
  const elsewhere = { pods: { namespaceSelector: { matchLabels: { team: "other" } }, podSelector: { matchLabels: { app: "gone" } } } };
  expect(ask([policy({ egress: [to("Deny", elsewhere)] })], "db", "shop/Deployment/gone")).toBe(true);
});

test("names of domains may be outside, nodes may run pods of their network", () => {
  expect(ask([policy({ egress: [to("Deny", { domainNames: ["example.com"] })] })], "db", "external")).toBe(null);
  expect(ask([policy({ egress: [to("Deny", { domainNames: ["example.com"] })] })], "db", "web")).toBe(true);
  const agent = deployment({ name: "agent", podSpec: { hostNetwork: true } });
  expect(ask([agent, policy({ egress: [to("Deny", { nodes: {} })] })], "db", "agent")).toBe(false);
  expect(ask([agent, policy({ egress: [to("Deny", { nodes: { matchLabels: { pool: "a" } } })] })], "db", "agent")).toBe(null);
  expect(ask([agent, policy({ egress: [to("Deny", { nodes: {} })] })], "db", "web")).toBe(true);
});

const MORE = { networks: ["192.168.0.0/16"] };

test("each range may hold the one address of a pod, or not, so that each way through the rules counts", () => {
  expect(ask([policy({ egress: [to("Accept", SOME), to("Deny", MORE)] })], "db", "web")).toBe(null);
  expect(ask([policy({ egress: [to("Pass", SOME), to("Deny", ALL)] }), denied], "db", "web")).toBe(false);
  expect(ask([policy({ egress: [to("Deny", SOME), to("Accept", SOME), to("Deny", ALL)] })], "db", "web")).toBe(false);
  const nested = { networks: ["10.1.0.0/16"] };
  expect(ask([policy({ egress: [to("Accept", SOME), to("Deny", nested)] })], "db", "web")).toBe(true);
  expect(ask([policy({ egress: [to("Accept", nested), to("Deny", SOME)] })], "db", "web")).toBe(null);
});

test("equal priorities that disagree can be told where both come to the same", () => {
  const [pass, accept] = [policy({ name: "a", ingress: [from("Pass")] }), policy({ name: "b", ingress: [from("Accept")] })];
  expect(ask([pass, accept], "db", "web")).toBe(true);
  expect(ask([pass, accept, denied], "db", "web")).toBe(null);
});

test("of pods that are not in the set any policy with labels may be", () => {
  const subject = { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: "gone" } } } };
  const gone = "shop/Deployment/gone";
  expect(ask([policy({ subject, ingress: [from("Deny")] })], "db", gone)).toBe(null);
  expect(ask([policy({ subject, ingress: [from("Deny")] }), policy({ name: "all", priority: 50, ingress: [from("Deny")] })], "db", gone)).toBe(false);
  const selective = { ...networkPolicy({ name: "selective" }), spec: { podSelector: { matchLabels: { app: "gone" } }, ingress: [] } };
  expect(ask([denied, selective], "db", gone)).toBe(false);
  expect(ask([selective], "db", gone)).toBe(null);
});

test("a peer of which no field is left makes a rule that accepts nothing, or denies everything", () => {
  const lost = (action: string) => ({ action, from: [{}] });
  expect(ask([denied, policy({ ingress: [lost("Accept")] })], "db", "web")).toBe(false);
  expect(ask([policy({ ingress: [lost("Deny")] })], "db", "web")).toBe(false);
  expect(ask([policy({ ingress: [{ ...lost("Pass"), protocols: [{ udp: {} }] }] })], "db", "web")).toBe(false);
  expect(ask([policy({ ingress: [{ action: "Deny", from: [{ tenants: { name: "a" } }] }] })], "db", "web")).toBe(null);
});

test("the first versions compared namespaces with that of the subject", () => {
  const old = (peer: object) => ({
    apiVersion: "policy.networking.k8s.io/v1alpha1",
    kind: "AdminNetworkPolicy",
    metadata: { name: "old" },
    spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [peer] }] },
  });
  const twin = [namespace({ name: "twin", labels: { team: "other" } }), deployment({ name: "web", namespace: "twin" })];
  const shares = (peer: object, between: string) => ask([...twin, old(peer)], between, OTHER_WEB) === false;
  const [same, none, apart] = ["twin/Deployment/web", "db", OTHER_WEB];
  expect([same, none, apart].map((end) => shares({ namespaces: { sameLabels: ["team"] } }, end))).toEqual([true, false, true]);
  expect([same, none, apart].map((end) => shares({ namespaces: { notSameLabels: ["kubernetes.io/metadata.name"] } }, end))).toEqual([true, true, false]);
  expect([same, none, apart].map((end) => shares({ namespaces: { related: "NotSelf" } }, end))).toEqual([true, true, false]);
  expect([same, none, apart].map((end) => shares({ namespaces: { namespaceSelector: { matchLabels: { team: "other" } } } }, end))).toEqual([true, false, true]);
  const pods = { namespaces: { related: "Self" }, podSelector: { matchLabels: { app: "db" } } };
  expect(ask([old({ pods })], "db", "web")).toBe(false);
  expect(ask([old({ pods })], OTHER_WEB, "web")).toBe(true);
});

test("all addresses of IPv6 alone are nobody's where there is none: a pod, a node and the outside may have one or not", () => {
  const host = deployment({ name: "host", podSpec: { hostNetwork: true } });
  const deny = (...networks: readonly string[]) => policy({ egress: [{ action: "Deny", to: [{ networks }] }] });
  const answers = (...objects: readonly object[]) => ["db", "host", "external"].map((to) => ask([host, ...objects.map((one) => ({ ...one }))], "web", to));
  expect(answers(deny("::/0"))).toEqual([null, null, null]);
  expect(answers(deny("0.0.0.0/0", "::/0"))).toEqual([false, false, false]);
  const outwards = (...cidrs: readonly string[]) => ({
    ...networkPolicy({ name: "out" }),
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }] },
  });
  expect(ask([outwards("::/0")], "web", "external")).toBe(null);
  expect(ask([outwards("0.0.0.0/0", "::/0")], "web", "external")).toBe(true);
  const context = contextOf([...TWO_NAMESPACES, deny("::/0")]);
  const [pod] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
  expect(pod && findIsolation(context.view(policyIndexView), pod, "egress").state).toBe("open");
});
