import { fc } from "../../model/testing-properties";
import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { answerConnectionIn } from "./answer-connection";
import { createTestContext } from "../../inventory/testing-context";
import { passes, type PlacedPod } from "./testing-specification";

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels | null;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

interface Rule {
  readonly peers?: readonly { readonly podSelector?: Selector; readonly namespaceSelector?: Selector; readonly ipBlock?: object }[] | null;
  readonly ports?: readonly { readonly protocol?: string; readonly port?: number | string; readonly endPort?: number }[] | null;
}

interface Policy {
  readonly namespace: string;
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[] | null;
  readonly ingress?: readonly Rule[] | null;
  readonly egress?: readonly Rule[] | null;
}

const NAMESPACES = ["shop", "other", "default"] as const;
const KEYS = ["app", "tier"] as const;
const VALUES = ["a", "b", ""] as const;
const PROTOCOLS = ["TCP", "UDP", "SCTP"] as const;
const NUMBERS = [53, 80, 443, 8080] as const;
const SPACE_LABELS: Readonly<Record<string, Labels>> = { shop: { team: "x" }, other: { team: "y" }, default: {} };
/** With the label that the API server sets. */
const NAMED = Object.fromEntries(Object.entries(SPACE_LABELS).map(([name, own]) => [name, { ...own, "kubernetes.io/metadata.name": name }]));

const labels: fc.Arbitrary<Labels> = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 2 });

function selectorOf(keys: readonly string[], values: readonly string[]): fc.Arbitrary<Selector> {
  const [key, value] = [fc.constantFrom(...keys), fc.constantFrom(...values)];
  const some = fc.uniqueArray(value, { minLength: 1, maxLength: 2 });
  const expression = fc.oneof(
    fc.record({ key, operator: fc.constantFrom("In", "NotIn"), values: some }),
    fc.record({ key, operator: fc.constantFrom("Exists", "DoesNotExist") }),
  );
  return fc.oneof(
    fc.constantFrom({}, { matchLabels: {} }, { matchLabels: null }, { matchExpressions: [] }),
    fc.record({ matchLabels: fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 }) }),
    fc.record({ matchExpressions: fc.array(expression, { minLength: 1, maxLength: 2 }) }),
  );
}

const podSelector = selectorOf(KEYS, VALUES);
const namespaceSelector = fc.oneof(selectorOf(["team"], ["x", "y"]), selectorOf(["kubernetes.io/metadata.name"], NAMESPACES));
const peer = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector, namespaceSelector }),
  fc.constantFrom({ ipBlock: { cidr: "0.0.0.0/0" } }, { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }),
);
const protocol = fc.constantFrom(...PROTOCOLS);
const port = fc.oneof(
  fc.record({ protocol }, { requiredKeys: [] }),
  fc.record({ protocol, port: fc.constantFrom<number | string>("web", "dns", ...NUMBERS) }, { requiredKeys: ["port"] }),
  fc.record({ protocol, port: fc.constantFrom(1, 80), endPort: fc.constantFrom(80, 443, 9000) }, { requiredKeys: ["port", "endPort"] }),
);
const listOf = <T>(item: fc.Arbitrary<T>) => fc.oneof(fc.constantFrom(null, []), fc.array(item, { minLength: 1, maxLength: 2 }));
const rule: fc.Arbitrary<Rule> = fc.record({ peers: listOf(peer), ports: listOf(port) }, { requiredKeys: [] });
const policy: fc.Arbitrary<Policy> = fc.record(
  {
    namespace: fc.constantFrom(...NAMESPACES),
    podSelector,
    policyTypes: fc.constantFrom(null, [], ["Ingress"], ["Egress"], ["Ingress", "Egress"]),
    ingress: listOf(rule),
    egress: listOf(rule),
  },
  { requiredKeys: ["namespace"] },
);
const pod = (name: string): fc.Arbitrary<PlacedPod> =>
  fc.record({
    name: fc.constant(name),
    isHostNetwork: fc.constant(false),
    namespace: fc.constantFrom(...NAMESPACES),
    labels,
    ports: fc.uniqueArray(
      fc.record({ name: fc.constantFrom("web", "dns"), containerPort: fc.constantFrom(...NUMBERS), protocol }, { requiredKeys: ["name", "containerPort"] }),
      { maxLength: 2, selector: ({ name: portName }) => portName },
    ),
  });

function toManifests(policies: readonly Policy[]): readonly JsonRecord[] {
  const rulesOf = (rules: readonly Rule[] | null | undefined, key: "from" | "to") =>
    rules?.map(({ peers, ...rest }) => (peers === undefined ? rest : { ...rest, [key]: peers })) ?? rules;
  return policies.map(({ namespace, ingress, egress, ...spec }, index) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `policy-${index}`, namespace },
    spec: { ...spec, ...(ingress !== undefined && { ingress: rulesOf(ingress, "from") }), ...(egress !== undefined && { egress: rulesOf(egress, "to") }) },
  }));
}

function toObjects(pods: readonly PlacedPod[]): readonly JsonRecord[] {
  return [
    ...Object.entries(SPACE_LABELS).map(([name, own]) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: own } })),
    ...pods.map(({ name, namespace, labels: own, ports }) => {
      const container = { name: "app", image: "registry.example.com/app:1", ports };
      return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels: own }, spec: { containers: [container] } };
    }),
  ];
}

test("NetworkPolicies let through exactly what the API reference says, in random worlds", () => {
  const seen = { allowed: 0, closed: 0 };
  const world = fc.record({
    policies: fc.array(policy, { minLength: 1, maxLength: 6 }),
    pods: fc.tuple(pod("one"), pod("two")),
    port: fc.constantFrom(1, 81, 9000, ...NUMBERS),
    protocol,
  });
  fc.assert(
    fc.property(world, ({ policies, pods: [one, two], ...asked }) => {
      const cluster = { namespaces: NAMED, policies: toManifests(policies) };
      const context = createTestContext([...toObjects([one, two]), ...cluster.policies]);
      const question = { kind: "connection", from: `${one.namespace}/Pod/one`, to: `${two.namespace}/Pod/two`, ...asked } as const;
      const place = { address: "10.1.2.3", node: "a" };
      const expected = passes({ from: { pod: one, ...place }, to: { pod: two, ...place }, ...asked }, cluster, { rangesHoldNodes: false, isReversed: false });
      expect(answerConnectionIn(context, question).allowed).toBe(expected);
      seen[expected ? "allowed" : "closed"] += 1;
    }),
    { numRuns: 1000 },
  );
  // Worlds that are all open or all closed would prove nothing.
  expect(seen.allowed).toBeGreaterThan(150);
  expect(seen.closed).toBeGreaterThan(150);
});
