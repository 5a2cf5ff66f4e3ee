import { expect, test } from "vitest";
import { deployment, networkPolicy } from "../../inventory/testing";
import { ask, OTHER_WEB } from "./testing";

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
  expect(ask([agent, policy({ egress: [to("Deny", { nodes: {} })] })], "db", "agent")).toBe(null);
  expect(ask([agent, policy({ egress: [to("Deny", { nodes: {} })] })], "db", "web")).toBe(true);
});
