import { fc } from "../../model/testing-properties";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import type { Inventory } from "../../inventory/inventory";
import { toSliceKind } from "../../inventory/slice-kind";
import { SLICE_KINDS, type SliceName } from "../../inventory/slices";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, namespace, networkPolicy, service } from "../../inventory/testing";
import type { Context } from "../../inventory/view";
import { type JsonRecord, record } from "../../model/json";
import { buildNamespaceMatrix, type NamespaceMatrix } from "./namespace-matrix";
import type { Proposal, ProposeContext } from "./propose-policy";
import { type ProposalProof, proveProposal } from "./prove-proposal";
import type { Reach } from "./reach";

const NAMESPACES = ["shop", "bank", "ops"] as const;
const APPS = ["web", "db", "job"] as const;
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const podSelector = oneOf<JsonRecord>(
  {},
  { matchLabels: { app: "web" } },
  { matchLabels: { app: "db" } },
  { matchLabels: { tier: "inner" } },
  { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] },
  { matchExpressions: [{ key: "tier", operator: "Exists" }] },
);
const namespaceSelector = oneOf<JsonRecord>(
  {},
  { matchLabels: { "kubernetes.io/metadata.name": "bank" } },
  { matchLabels: { team: "a" } },
  { matchExpressions: [{ key: "team", operator: "DoesNotExist" }] },
);
const peer: fc.Arbitrary<JsonRecord> = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector, namespaceSelector }),
  oneOf<JsonRecord>({ ipBlock: { cidr: "0.0.0.0/0" } }, { ipBlock: { cidr: "10.0.0.0/8" } }),
);
const port = oneOf<JsonRecord>({ port: 8080 }, { port: "http" }, { protocol: "UDP", port: 53 }, { protocol: "TCP" }, { port: 8000, endPort: 8079 });
const rule = (key: "from" | "to") =>
  fc.record({ peers: fc.option(fc.array(peer, { minLength: 1, maxLength: 2 })), ports: fc.option(fc.array(port, { minLength: 1, maxLength: 2 })) }).map(
    (made): JsonRecord => ({
      ...(made.peers && { [key]: made.peers }),
      ...(made.ports && { ports: made.ports }),
    }),
  );

const policy = fc
  .record({
    namespace: oneOf(...NAMESPACES),
    podSelector,
    policyTypes: oneOf(["Ingress"], ["Egress"], ["Ingress", "Egress"]),
    ingress: fc.array(rule("from"), { maxLength: 2 }),
    egress: fc.array(rule("to"), { maxLength: 2 }),
  })
  .map(({ namespace: name, ...spec }): JsonRecord => ({ ...networkPolicy({ namespace: name }), spec }));

const admin = fc
  .record({
    tier: oneOf("Admin", "Baseline"),
    action: oneOf("Accept", "Deny", "Pass"),
    subject: namespaceSelector,
    peer: fc.record({ namespaceSelector, podSelector }),
    cidr: fc.option(oneOf("0.0.0.0/0", "10.0.0.0/8")),
    direction: oneOf<"ingress" | "egress">("ingress", "egress"),
    protocols: fc.option(oneOf([{ tcp: { destinationPort: { number: 8080 } } }], [{ udp: {} }])),
  })
  .map(({ tier, action, subject, peer: pods, cidr, direction, protocols }): JsonRecord => {
    const peers = direction === "ingress" ? { from: [{ pods }] } : { to: [cidr ? { networks: [cidr] } : { pods }] };
    const rules = [{ action, ...peers, ...(protocols && { protocols }) }];
    const spec = { tier, priority: 10, subject: { namespaces: subject }, [direction]: rules };
    return { apiVersion: "policy.networking.k8s.io/v1alpha2", kind: "ClusterNetworkPolicy", metadata: {}, spec };
  });

const cilium = fc
  .record({ namespace: oneOf(...NAMESPACES), endpointSelector: podSelector, from: podSelector, port: fc.option(oneOf("8080", "http")) })
  .map(({ namespace: name, endpointSelector, from, port: number }): JsonRecord => {
    const ingress = [{ fromEndpoints: [from], ...(number && { toPorts: [{ ports: [{ port: number, protocol: "TCP" }] }] }) }];
    return { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { namespace: name }, spec: { endpointSelector, ingress } };
  });

const calico = fc
  .record({
    namespace: oneOf(...NAMESPACES),
    selector: oneOf("app == 'web'", "has(tier)", "all()", "app in {'db', 'job'}"),
    source: oneOf("app == 'db'", "all()", "tier != 'inner'", "app starts with 'd'", "tier == 'partner'"),
    order: oneOf(10, 2000),
    action: oneOf("Allow", "Deny", "Pass"),
    tier: oneOf("default", "first"),
  })
  .map(({ namespace: name, selector, source, order, action, tier }): JsonRecord => {
    const ingress = [{ action, source: { selector: source } }];
    return {
      apiVersion: "projectcalico.org/v3",
      kind: "NetworkPolicy",
      metadata: { namespace: name },
      spec: { selector, order, tier, types: ["Ingress"], ingress },
    };
  });

const TIER: JsonRecord = { apiVersion: "projectcalico.org/v3", kind: "Tier", metadata: { name: "first" }, spec: { order: 10 } };

/** A set of addresses, as a pod of that tier would be chosen. */
const addresses = fc.record({ namespace: oneOf(...NAMESPACES), net: oneOf("203.0.113.0/24", "10.0.0.0/8") }).map(
  ({ namespace: name, net }): JsonRecord => ({
    apiVersion: "projectcalico.org/v3",
    kind: "NetworkSet",
    metadata: { namespace: name, labels: { tier: "partner" } },
    spec: { nets: [net] },
  }),
);

const firewall = fc.record({ namespace: oneOf(...NAMESPACES), type: oneOf("Allow", "Deny") }).map(
  ({ namespace: name, type }): JsonRecord => ({
    apiVersion: "k8s.ovn.org/v1",
    kind: "EgressFirewall",
    metadata: { namespace: name },
    spec: { egress: [{ type, to: { cidrSelector: "0.0.0.0/0" } }] },
  }),
);

const inCluster =
  (kind: string, spec: (spec: JsonRecord) => JsonRecord) =>
  (object: JsonRecord): JsonRecord => ({
    ...object,
    kind,
    metadata: {},
    spec: spec(record(object.spec)),
  });

/** The same policies in what else the APIs have: for the whole cluster, outwards, as a denial, in the kinds of before. */
const rarer = fc.oneof(
  fc
    .tuple(calico, oneOf("has(tier)", "projectcalico.org/kind == 'GlobalNetworkSet'", "projectcalico.org/namespace == 'bank'"), fc.boolean())
    .map(([object, selector, isOut]) =>
      inCluster("GlobalNetworkPolicy", ({ ingress, ...spec }) => {
        const rules = isOut ? { types: ["Egress"], egress: [{ action: "Allow", destination: { selector } }] } : { ingress };
        return { ...spec, ...rules };
      })(object),
    ),
  cilium.map(inCluster("CiliumClusterwideNetworkPolicy", ({ ingress, ...spec }) => ({ ...spec, ingressDeny: ingress }))),
  calico.map(inCluster("GlobalNetworkPolicy", (spec) => ({ ...spec, selector: "", serviceAccountSelector: "has(role)" }))),
  fc
    .tuple(calico, oneOf({ serviceAccounts: { names: ["db"] } }, { serviceAccounts: { selector: "role != 'data'" } }, { notSelector: "app == 'web'" }))
    .map(([object, source]) => ({ ...object, spec: { ...record(object.spec), ingress: [{ action: "Allow", source }] } })),
  cilium.map((object) => ({
    ...object,
    spec: { ...record(object.spec), endpointSelector: { matchLabels: { "io.cilium.k8s.policy.serviceaccount": "db" } } },
  })),
  cilium.map((object) => {
    const { ingress: _, ...spec } = record(object.spec);
    return { ...object, spec: { ...spec, egress: [{ toEndpoints: [{ matchLabels: { app: "web" } }] }] } };
  }),
  fc.tuple(admin, oneOf("AdminNetworkPolicy", "BaselineAdminNetworkPolicy")).map(([object, kind]) => {
    const { tier: _, ...spec } = record(object.spec);
    return { ...object, apiVersion: "policy.networking.k8s.io/v1alpha1", kind, spec };
  }),
  admin.map((object) => ({ ...object, apiVersion: "networking.k8s.aws/v1alpha1" })),
  fc.tuple(policy, fc.boolean()).map(([object, isNamed]) => ({
    ...object,
    apiVersion: "networking.k8s.aws/v1alpha1",
    kind: "ApplicationNetworkPolicy",
    spec: { ...record(object.spec), ...(isNamed && { policyTypes: ["Egress"], egress: [{ to: [{ domainNames: ["api.example.com"] }] }] }) },
  })),
  fc.record({ namespace: oneOf(...NAMESPACES), podSelector, ports: oneOf([], [{ protocol: "TCP", port: 443 }]) }).map(({ namespace: name, ...spec }) => ({
    apiVersion: "networking.gke.io/v1alpha1",
    kind: "FQDNNetworkPolicy",
    metadata: { namespace: name },
    spec: { podSelector: spec.podSelector, egress: [{ matches: [{ name: "api.example.com" }], ports: spec.ports }] },
  })),
  addresses.map((object) => ({ ...object, kind: "GlobalNetworkSet", metadata: { labels: { tier: "partner" } } })),
  firewall.map((object) => ({ ...object, apiVersion: "network.openshift.io/v1", kind: "EgressNetworkPolicy" })),
  oneOf(...NAMESPACES).map((name) => ({ apiVersion: "crd.antrea.io/v1beta1", kind: "NetworkPolicy", metadata: { namespace: name }, spec: {} })),
  fc.constant({ apiVersion: "k8s.ovn.org/v1", kind: "ClusterNetworkConnect", metadata: {}, spec: {} }),
  // What is about nodes.
  cilium.map(
    inCluster("CiliumClusterwideNetworkPolicy", ({ endpointSelector: _, ...spec }) => ({ ...spec, nodeSelector: {}, enableDefaultDeny: { egress: true } })),
  ),
  oneOf({}, { profiles: ["projectcalico-default-allow"] }).map((spec) => ({ apiVersion: "projectcalico.org/v3", kind: "HostEndpoint", metadata: {}, spec })),
  calico.map(inCluster("GlobalNetworkPolicy", (spec) => ({ ...spec, selector: "!has(tier)", applyOnForward: true }))),
  fc.constant({ apiVersion: "crd.antrea.io/v1beta1", kind: "ClusterNetworkPolicy", metadata: {}, spec: { appliedTo: [{ nodeSelector: {} }] } }),
  oneOf<JsonRecord>({ protocol: "TCP", tcp: { ports: "8000-8090" } }, { protocol: "UDP", udp: { ports: 53 } }, {}).map((protocolConfig) => ({
    apiVersion: "ingressnodefirewall.openshift.io/v1alpha1",
    kind: "IngressNodeFirewall",
    metadata: {},
    spec: { ingress: [{ sourceCIDRs: ["0.0.0.0/0"], rules: [{ order: 1, protocolConfig, action: "Deny" }] }] },
  })),
);

/** Policies of several APIs side by side, most often of few. */
const together = fc.array(
  fc.oneof({ weight: 2, arbitrary: calico }, { weight: 2, arbitrary: addresses }, cilium, admin, firewall, { weight: 4, arbitrary: rarer }),
  {
    maxLength: 4,
  },
);

function named(objects: readonly JsonRecord[]): readonly JsonRecord[] {
  return objects.map((object, i) => ({ ...object, metadata: { ...record(object.metadata), name: `policy-${i}` } }));
}

const LABEL = "k8s.ovn.org/primary-user-defined-network";
const OPEN = { "k8s.ovn.org/open-default-ports": "- protocol: tcp\n  port: 8080\n" };

function toNetwork(kind: string, spec: object): JsonRecord {
  const metadata = { name: "blue", ...(kind === "UserDefinedNetwork" && { namespace: "bank" }) };
  return { apiVersion: "k8s.ovn.org/v1", kind, metadata, spec };
}

const LAYER = { topology: "Layer3", layer3: { role: "Primary", subnets: [{ cidr: "10.1.0.0/16" }] } };

/** Networks beside that of the cluster, and the namespaces that are labelled for one. */
const networks = oneOf<{ readonly labelled: readonly string[]; readonly objects: readonly JsonRecord[] }>(
  { labelled: ["bank"], objects: [toNetwork("UserDefinedNetwork", LAYER)] },
  { labelled: ["bank", "ops"], objects: [toNetwork("UserDefinedNetwork", LAYER)] },
  { labelled: ["shop", "bank"], objects: [toNetwork("ClusterUserDefinedNetwork", { namespaceSelector: {}, network: LAYER })] },
  {
    labelled: ["shop", "bank"],
    objects: [toNetwork("UserDefinedNetwork", LAYER), toNetwork("ClusterUserDefinedNetwork", { namespaceSelector: {}, network: LAYER })],
  },
  {
    labelled: ["shop", "bank"],
    objects: [
      toNetwork("UserDefinedNetwork", LAYER),
      toNetwork("ClusterUserDefinedNetwork", { namespaceSelector: { matchLabels: { team: "a" } }, network: LAYER }),
    ],
  },
);

/** Three namespaces with three workloads each, one of them in the network of its node. */
const toWorkloads = (labelled: readonly string[]): readonly JsonRecord[] =>
  NAMESPACES.flatMap((name, n) => [
    namespace({ name, labels: { team: n === 0 ? "a" : n === 1 ? "b" : undefined, ...(labelled.includes(name) && { [LABEL]: "" }) } }),
    ...APPS.map((app, i) =>
      deployment({
        name: app,
        namespace: name,
        ...(i === 0 && { podAnnotations: OPEN }),
        podLabels: i === 2 ? {} : { tier: i === 0 ? "edge" : "inner" },
        container: { ports: [{ name: i === 1 ? "sql" : "http", containerPort: i === 1 ? 5432 : 8080 + n }] },
        podSpec: { ...(i === 1 && { serviceAccountName: "db" }), ...(i === 2 && n === 2 && { hostNetwork: true }) },
      }),
    ),
  ]);

const accounts: readonly JsonRecord[] = [
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "db", namespace: "shop", labels: { role: "data" } } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "db", namespace: "bank" } },
];

const services: readonly JsonRecord[] = [
  service({ name: "web", namespace: "shop", spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] } }),
  service({ name: "db", namespace: "bank", spec: { selector: { app: "db" }, ports: [{ port: 5432 }, { port: 9100, protocol: "TCP" }] } }),
];

/** Objects of a small cluster: policies of networking.k8s.io only, of one other API beside them, or of several. */
export function worlds(kinds: "plain" | "every" | "together"): fc.Arbitrary<readonly JsonRecord[]> {
  const plain = fc.array(policy, { maxLength: 6 });
  const others =
    kinds === "plain"
      ? fc.constant([])
      : kinds === "together"
        ? together
        : fc.oneof(
            fc.array(admin, { maxLength: 2 }),
            fc.array(cilium, { maxLength: 2 }),
            fc.array(fc.oneof({ weight: 3, arbitrary: calico }, addresses), { maxLength: 3 }),
            fc.array(firewall, { maxLength: 2 }),
          );
  const apart = kinds === "plain" ? fc.constant(null) : fc.option(networks, { freq: 1 });
  return fc
    .tuple(plain, others, apart)
    .map(([own, more, between]) => [
      ...toWorkloads(between?.labelled ?? []),
      ...(between?.objects ?? []),
      ...services,
      ...accounts,
      TIER,
      ...named([...own, ...more]),
    ]);
}

/** `withheld`: kinds of `SLICE_KINDS` that the API server refuses. */
export function inventoryOf(objects: readonly JsonRecord[], withheld: readonly string[] = []): Inventory {
  const options = { ...WHOLE_CLUSTER, codec: "as-it-is" } as const;
  return buildInventory(
    objects,
    options,
    withheld.map((kind) => ({ kind, reason: `Listing ${kind} was refused.` })),
  );
}

export function contextOf(objects: readonly JsonRecord[], withheld: readonly string[] = []): Context<SliceName> {
  return createContext(inventoryOf(objects, withheld));
}

/** The matrix of namespaces, built without letting anything else work. */
export function matrixOf(reach: Reach): Promise<NamespaceMatrix> {
  return buildNamespaceMatrix(reach, async () => undefined);
}

/** What a proposal changes, worked out without letting anything else work. */
export function proofOf(context: ProposeContext, proposal: Proposal): Promise<ProposalProof> {
  return proveProposal(context, proposal, async () => undefined);
}

const READ_ALONE: readonly string[] = [...SLICE_KINDS.otherNetworkPolicies, ...SLICE_KINDS.podNetworks];

/** A cluster, with some of the kinds that network verdicts stand without: some that it has, or any. */
export const worldsWithheld: fc.Arbitrary<readonly [objects: readonly JsonRecord[], withheld: readonly string[]]> = worlds("together").chain((objects) => {
  const present = new Set(objects.map((object) => toSliceKind(String(object.apiVersion).replace(/\/?[^/]+$/, ""), String(object.kind))));
  const own = READ_ALONE.filter((kind) => present.has(kind));
  const any = fc.subarray([...READ_ALONE], { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.constant(objects), own.length === 0 ? any : fc.oneof({ weight: 3, arbitrary: fc.subarray(own, { minLength: 1 }) }, any));
});
