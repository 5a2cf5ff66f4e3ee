import { expect, test } from "vitest";
import { namespace, pod } from "../../inventory/testing";
import { type JsonRecord, record } from "../../model/json";
import { fc } from "../../model/testing-properties";
import { decideConnection } from "./answer-connection";
import { decideEgressToAddress } from "./egress-to-address";
import type { Endpoint, Target } from "./endpoint";
import type { Reason } from "../reason";
import { endpointsView, OUTSIDE } from "./endpoints";
import { policyIndexView } from "./policy-index";
import { type Choices, type Cluster, holdsAt, isolates, type Packet, passes, type Place, type PlacedPod } from "./testing-specification";
import { contextOf } from "./testing-worlds";

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const NAMESPACES: Cluster["namespaces"] = {
  shop: { "kubernetes.io/metadata.name": "shop", team: "a", env: "prod" },
  bank: { "kubernetes.io/metadata.name": "bank", team: "b" },
  ops: { "kubernetes.io/metadata.name": "ops" },
};
const names = oneOf(...Object.keys(NAMESPACES));
const HTTP = { name: "http", containerPort: 8080 };
const PODS: readonly PlacedPod[] = [
  {
    name: "web",
    namespace: "shop",
    labels: { app: "web", tier: "edge" },
    isHostNetwork: false,
    ports: [HTTP, { name: "dns", containerPort: 53, protocol: "UDP" }],
  },
  { name: "db", namespace: "shop", labels: { app: "db" }, isHostNetwork: false, ports: [{ name: "http", containerPort: 9090 }] },
  { name: "web", namespace: "bank", labels: { app: "web" }, isHostNetwork: false, ports: [{ ...HTTP, protocol: "UDP" }] },
  { name: "bare", namespace: "ops", labels: {}, isHostNetwork: false, ports: [] },
  { name: "agent", namespace: "ops", labels: { app: "web", tier: "edge" }, isHostNetwork: true, ports: [HTTP] },
];
const OUTSIDES = ["203.0.113.7", "203.0.113.200", "10.1.0.9", "198.51.100.1"];
/** What pods and nodes may have. */
const INSIDES = ["10.1.2.3", "100.80.1.1", "203.0.113.7", "203.0.113.200"];

const expression = fc.oneof(
  fc.record({ key: oneOf("app", "tier", "team"), operator: oneOf("Exists", "DoesNotExist") }),
  fc.record({ key: oneOf("app", "tier", "team"), operator: oneOf("In", "NotIn"), values: fc.subarray(["web", "db", "edge", "a", "b"], { minLength: 1 }) }),
);
const selector = (...labels: readonly JsonRecord[]): fc.Arbitrary<JsonRecord> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: oneOf<JsonRecord>(...labels.map((matchLabels) => ({ matchLabels }))) },
    fc.record({ matchExpressions: fc.array(expression, { minLength: 1, maxLength: 2 }) }),
  );
const podSelector = selector({ app: "web" }, { app: "db" }, { app: "web", tier: "edge" });
const namespaceSelector = selector({ team: "a" }, { "kubernetes.io/metadata.name": "ops" }, { team: "b" });

const range = oneOf<JsonRecord>(
  { cidr: "0.0.0.0/0" },
  { cidr: "10.0.0.0/8" },
  { cidr: "203.0.113.0/24", except: ["203.0.113.128/25"] },
  { cidr: "203.0.113.7/32" },
);
const peer: fc.Arbitrary<JsonRecord> = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector }),
  fc.record({ ipBlock: range }),
);
const port = oneOf<JsonRecord>(
  { port: 8080 },
  { port: "http" },
  { protocol: "UDP", port: "http" },
  { protocol: "UDP", port: "dns" },
  { protocol: "SCTP" },
  { protocol: "TCP" },
  { protocol: "UDP", port: 53 },
  { protocol: "TCP", port: 8000, endPort: 9090 },
  { port: 9099, endPort: 9099 },
);
const some = <T>(one: fc.Arbitrary<T>, maxLength = 2) => fc.option(fc.array(one, { maxLength }), { nil: undefined });
const rulesFor = (key: "from" | "to") => some(fc.record({ [key]: some(peer), ports: some(port) }));
const networkPolicy = fc
  .record({
    namespace: names,
    podSelector,
    policyTypes: oneOf(undefined, [], ["Ingress"], ["Egress"], ["Ingress", "Egress"]),
    ingress: rulesFor("from"),
    egress: rulesFor("to"),
  })
  .map(({ namespace: place, ...spec }): JsonRecord => ({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { namespace: place }, spec }));

const selection: fc.Arbitrary<JsonRecord> = fc.oneof(
  fc.record({ namespaces: namespaceSelector }),
  fc.record({ pods: fc.record({ namespaceSelector, podSelector }) }),
);
const outwards: fc.Arbitrary<JsonRecord> = fc.oneof(
  { weight: 3, arbitrary: selection },
  fc.record({ networks: fc.array(oneOf("0.0.0.0/0", "10.0.0.0/8", "203.0.113.0/25"), { minLength: 1, maxLength: 2 }) }),
  fc.constant({ nodes: {} }),
);
const oldPort = oneOf<JsonRecord>(
  { portNumber: { protocol: "TCP", port: 8080 } },
  { portRange: { protocol: "UDP", start: 50, end: 60 } },
  { namedPort: "http" },
  { portNumber: { protocol: "SCTP", port: 80 } },
);
const newPort = oneOf<JsonRecord>(
  { tcp: { destinationPort: { number: 8080 } } },
  { udp: { destinationPort: { range: { start: 50, end: 60 } } } },
  { destinationNamedPort: "http" },
  { sctp: {} },
  { tcp: {} },
);
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 2 });
const adminRules = (key: "from" | "to", accept: string, portKey: string, ports: fc.Arbitrary<JsonRecord>) =>
  some(
    fc.record({
      action: oneOf(accept, "Deny", "Pass"),
      [key]: few(key === "from" ? selection : outwards),
      [portKey]: fc.option(few(ports), { nil: undefined }),
    }),
  );
const admin = fc.oneof(
  fc
    .record({
      tier: oneOf("Admin", "Baseline"),
      priority: oneOf(1, 5, 5, 9),
      subject: selection,
      ingress: adminRules("from", "Accept", "protocols", newPort),
      egress: adminRules("to", "Accept", "protocols", newPort),
    })
    .map((spec): JsonRecord => ({ apiVersion: "policy.networking.k8s.io/v1alpha2", kind: "ClusterNetworkPolicy", metadata: {}, spec })),
  fc
    .record({
      priority: oneOf(2, 5, 7),
      subject: selection,
      ingress: adminRules("from", "Allow", "ports", oldPort),
      egress: adminRules("to", "Allow", "ports", oldPort),
    })
    .map((spec): JsonRecord => ({ apiVersion: "policy.networking.k8s.io/v1alpha1", kind: "AdminNetworkPolicy", metadata: {}, spec })),
  fc
    .record({ subject: selection, ingress: adminRules("from", "Allow", "ports", oldPort), egress: adminRules("to", "Allow", "ports", oldPort) })
    .map((spec): JsonRecord => ({ apiVersion: "policy.networking.k8s.io/v1alpha1", kind: "BaselineAdminNetworkPolicy", metadata: {}, spec })),
);

const policies = fc
  .tuple(fc.array(networkPolicy, { maxLength: 4 }), fc.array(admin, { maxLength: 4 }))
  .map((found) => found.flat().map((one, i): JsonRecord => ({ ...one, metadata: { ...record(one.metadata), name: `policy-${i}` } })));

/** Wherever an end may be; one node is enough of what has an address of its own. */
function placesOf(one: PlacedPod | null): readonly Place[] {
  if (one === null) return OUTSIDES.map((address) => ({ pod: null, address, node: null }));
  return INSIDES.flatMap((address) => (one.isHostNetwork ? ["a", "b"] : ["a"]).map((node) => ({ pod: one, address, node })));
}

const nameOf = (one: PlacedPod | null) => (one ? `${one.namespace}/${one.name}` : "external");

function objectsOf(made: readonly JsonRecord[]): readonly JsonRecord[] {
  return [
    ...Object.entries(NAMESPACES).map(([name, labels]) => namespace({ name, labels })),
    ...PODS.map(({ name, namespace: place, labels, isHostNetwork, ports }) =>
      pod({ name, namespace: place, podLabels: { app: undefined, ...labels }, podSpec: { hostNetwork: isHostNetwork }, container: { ports: [...ports] } }),
    ),
    ...made,
  ];
}

interface Question extends Target {
  readonly from: PlacedPod | null;
  readonly to: PlacedPod | null;
}

const TARGETS: readonly Target[] = [53, 80, 8080, 9090, 9099].flatMap((number) => ["TCP", "UDP", "SCTP"].map((protocol) => ({ port: number, protocol })));

const QUESTIONS: readonly Question[] = [...PODS, null].flatMap((from) =>
  [...PODS, null].flatMap((to) => (from === to ? [] : TARGETS.map((target) => ({ from, to, ...target })))),
);

/** Every packet that a question may be about, in every way that the APIs leave open. */
function packetsOf({ from, to, ...target }: Question): readonly { readonly packet: Packet; readonly choices: Choices }[] {
  const nodes = [from, to].some((one) => one?.isHostNetwork) ? [true, false] : [false];
  const choices = nodes.flatMap((rangesHoldNodes) => [true, false].map((isReversed) => ({ rangesHoldNodes, isReversed })));
  return choices.flatMap((one) => placesOf(from).flatMap((a) => placesOf(to).map((b) => ({ packet: { from: a, to: b, ...target }, choices: one }))));
}

const PACKETS = new Map(QUESTIONS.map((question) => [question, packetsOf(question)]));

/** Whether what is named as a reason has a part in it: a rule that names some of the packets, or a policy that closes an end of all of them. */
function isReason({ object, path }: Reason, allowed: boolean | null, packets: readonly Packet[], cluster: Cluster): boolean {
  const policy = cluster.policies.find(({ metadata }) => record(metadata).name === object?.name);
  if (!policy) return allowed === true;
  if (path === undefined) return packets.every((packet) => isolates(policy, packet));
  return packets.some((packet) => holdsAt(policy, path, packet, cluster));
}

test("answers what the specifications say, wherever the two ends are, and names what has a part in it", () => {
  fc.assert(
    fc.property(policies, (made) => {
      const cluster: Cluster = { namespaces: NAMESPACES, policies: made };
      const context = contextOf(objectsOf(made));
      const index = context.view(policyIndexView);
      const endOf = (one: PlacedPod | null): Endpoint => (one ? context.view(endpointsView).get(nameOf(one))?.[0] : undefined) ?? OUTSIDE;
      const wrong = [...PACKETS].flatMap(([{ from, to, ...target }, packets]): unknown[] => {
        const told = new Set(packets.map(({ packet, choices }) => passes(packet, cluster, choices)));
        const expected = told.size === 1 ? told.has(true) : null;
        const { allowed, because } = decideConnection(index, endOf(from), endOf(to), target);
        const idle = because.filter(
          (reason) =>
            !isReason(
              reason,
              allowed,
              packets.map(({ packet }) => packet),
              cluster,
            ),
        );
        return allowed === expected && idle.length === 0 ? [] : [[nameOf(from), nameOf(to), target, { allowed, expected, idle }]];
      });
      expect(wrong.slice(0, 3)).toEqual([]);
    }),
    { numRuns: 30 },
  );
}, 300_000);

test("says of one address outside what the specifications say", () => {
  fc.assert(
    fc.property(policies, (made) => {
      const cluster: Cluster = { namespaces: NAMESPACES, policies: made };
      const context = contextOf(objectsOf(made));
      const wrong = PODS.flatMap((one) => {
        const [self] = context.view(endpointsView).get(nameOf(one)) ?? [];
        return OUTSIDES.flatMap((address) =>
          TARGETS.flatMap((target) => {
            const packet = { from: { pod: one, address: "10.1.2.3", node: "a" }, to: { pod: null, address, node: null }, ...target };
            const told = new Set([true, false].map((isReversed) => passes(packet, cluster, { rangesHoldNodes: false, isReversed })));
            const expected = told.size === 1 ? told.has(true) : null;
            const { allowed, because } = decideEgressToAddress(context.view(policyIndexView), self ?? OUTSIDE, address, target);
            const idle = because.filter((reason) => !isReason(reason, allowed, [packet], cluster));
            return allowed === expected && idle.length === 0 ? [] : [[nameOf(one), address, target, { allowed, expected, idle }]];
          }),
        );
      });
      expect(wrong.slice(0, 3)).toEqual([]);
    }),
    { numRuns: 30 },
  );
}, 300_000);
