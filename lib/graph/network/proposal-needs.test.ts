import { expect, test } from "vitest";
import { configMap, daemonSet, deployment, ingress, namespace, service, statefulSet } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { fc } from "../../model/testing-properties";
import { decideConnection } from "./answer-connection";
import type { Endpoint } from "./endpoint";
import { endpointsView, OUTSIDE } from "./endpoints";
import { CALLERS } from "./list-ingress-needs";
import { policyIndexView } from "./policy-index";
import { type Proposal, proposeForNamespace, proposeForWorkload } from "./propose-policy";
import { contextOf, proofOf } from "./testing-worlds";

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const APPS = ["web", "db", "queue", "agent"] as const;
type App = (typeof APPS)[number];
const SPACE: Readonly<Record<App, string>> = { web: "shop", db: "bank", queue: "shop", agent: "shop" };
const DNS = "kube-system/Deployment/coredns";

interface Made {
  readonly calls: readonly { readonly from: App; readonly to: App; readonly isAlias: boolean; readonly hasPort: boolean }[];
  readonly isOnNode: boolean;
  readonly isPublished: boolean;
  readonly dnsPolicy: string;
  readonly selectedBy: readonly string[];
  readonly labels: string | null;
  readonly beside: readonly JsonRecord[];
}

const adminRule = fc.record({ action: oneOf("Accept", "Deny", "Pass"), space: oneOf("shop", "bank", "kube-system"), isIn: fc.boolean() });
const beside = fc.array(
  fc.oneof(
    adminRule.map(({ action, space, isIn }) => {
      const peers = [{ namespaces: { matchLabels: { "kubernetes.io/metadata.name": space } } }];
      const rules = isIn ? { ingress: [{ action, from: peers }] } : { egress: [{ action, to: peers }] };
      return {
        apiVersion: "policy.networking.k8s.io/v1alpha2",
        kind: "ClusterNetworkPolicy",
        spec: { tier: "Admin", priority: 5, subject: { namespaces: {} }, ...rules },
      };
    }),
    oneOf("web", "db").map((app) => ({
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      namespace: SPACE[app as App],
      spec: { endpointSelector: { matchLabels: { app } }, ingress: [{ fromEntities: ["cluster"] }] },
    })),
    oneOf("Allow", "Deny", "Pass").map((action) => ({
      apiVersion: "projectcalico.org/v3",
      kind: "GlobalNetworkPolicy",
      spec: { tier: "first", selector: "app == 'queue'", types: ["Egress"], egress: [{ action, destination: { selector: "app == 'web'" } }] },
    })),
    oneOf("shop", "bank").map((space) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      namespace: space,
      spec: { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Egress"], egress: [{ to: [{ namespaceSelector: {} }] }] },
    })),
  ),
  { maxLength: 2 },
);

const worlds: fc.Arbitrary<Made> = fc.record({
  calls: fc.array(fc.record({ from: oneOf(...APPS), to: oneOf(...APPS), isAlias: fc.boolean(), hasPort: fc.boolean() }), { minLength: 1, maxLength: 4 }),
  isOnNode: fc.boolean(),
  isPublished: fc.boolean(),
  dnsPolicy: oneOf("ClusterFirst", "Default"),
  selectedBy: oneOf(["app"], ["app", "part"], ["part"]),
  labels: oneOf(null, "", "!part", "k8s:app", "!app"),
  beside,
});

function toObjects({ calls, isOnNode, isPublished, dnsPolicy, selectedBy, labels, beside: others }: Made): readonly JsonRecord[] {
  const urls = (app: App) =>
    calls
      .filter(({ from }) => from === app)
      .map(({ to, isAlias, hasPort }, i) => ({
        name: `PEER_${i}_URL`,
        value: `http://${to}${isAlias ? `-too.${SPACE[app]}` : `.${SPACE[to]}.svc`}${hasPort ? ":80" : ""}/x`,
      }));
  const apps = APPS.flatMap((app) => {
    const own: Readonly<Record<string, string>> = { app, part: `${app}-part` };
    const selector = Object.fromEntries(selectedBy.map((key) => [key, own[key]]));
    const part = {
      name: app,
      namespace: SPACE[app],
      podLabels: own,
      spec: { selector: { matchLabels: { app: undefined, ...selector } } },
      podSpec: {
        dnsPolicy,
        ...(app === "agent" && isOnNode && { hostNetwork: true, dnsPolicy: `${dnsPolicy}${dnsPolicy === "Default" ? "" : "WithHostNet"}` }),
      },
      container: { ports: [{ name: "http", containerPort: 8080 }], env: urls(app) },
    };
    return [
      app === "queue" ? statefulSet(part) : deployment(part),
      service({
        name: app,
        namespace: SPACE[app],
        spec: { selector: { app: undefined, ...selector }, ports: [{ port: 80, targetPort: app === "db" ? "http" : 8080 }] },
      }),
      ...["shop", "bank"].map((space) =>
        service({
          name: `${app}-too`,
          namespace: space,
          spec: { type: "ExternalName", externalName: `${app}.${SPACE[app]}.svc.cluster.local`, selector: undefined },
        }),
      ),
    ];
  });
  const named = others.map(({ namespace: space, ...one }, i) => ({
    ...one,
    metadata: { name: `beside-${i}`, ...(space !== undefined && { namespace: space }) },
  }));
  return [
    ...["shop", "bank", "kube-system"].map((name) => namespace({ name })),
    deployment({ name: "coredns", namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" }, podSpec: { dnsPolicy: "Default" } }),
    service({
      name: "kube-dns",
      namespace: "kube-system",
      spec: { selector: { app: undefined, "k8s-app": "kube-dns" }, ports: [{ port: 53, protocol: "UDP" }] },
    }),
    { apiVersion: "projectcalico.org/v3", kind: "Tier", metadata: { name: "first" }, spec: { order: 10, defaultAction: "Pass" } },
    ...apps,
    ...named,
    ...(isPublished ? [ingress({ spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } } })] : []),
    ...(labels === null
      ? []
      : [
          daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.17.0" }, podSpec: { hostNetwork: true } }),
          configMap({ name: "cilium-config", namespace: "kube-system", data: { labels } }),
        ]),
  ];
}

const keyOf = (app: App): string => `${SPACE[app]}/${app === "queue" ? "StatefulSet" : "Deployment"}/${app}`;

/** Who connects to whom, as the world was made. */
function listConnections({ calls, isPublished, dnsPolicy }: Made): readonly (readonly [from: string, to: string, port: number, protocol: string])[] {
  return [
    ...calls.map(({ from, to }) => [keyOf(from), keyOf(to), 8080, "TCP"] as const),
    ...APPS.map((app) => [keyOf(app), dnsPolicy === "Default" ? "external" : DNS, 53, "UDP"] as const),
    [DNS, "external", 53, "UDP"],
    [keyOf("queue"), keyOf("queue"), 4369, "TCP"],
    ...(isPublished ? ([["external", keyOf("web"), 8080, "TCP"]] as const) : []),
  ];
}

test("whatever is proposed beside whatever policies, nobody loses a connection that its settings ask for", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.constantFrom(...CALLERS), async (made, callers) => {
      const objects = toObjects(made);
      const context = contextOf(objects);
      const endpoints = context.view(endpointsView);
      const endOf = (name: string): Endpoint => endpoints.get(name)?.[0] ?? OUTSIDE;
      const asked = listConnections(made);
      const before = context.view(policyIndexView);
      const proposals: readonly Proposal[] = [
        ...context.slices.workloads.map((workload) => proposeForWorkload(context, workload, callers)),
        ...["shop", "bank", "kube-system"].map((name) => proposeForNamespace(context, name, callers)),
      ];
      for (const proposal of proposals) {
        expect(await proofOf(context, proposal)).toMatchObject({ cut: [], opened: 0 });
        const after = contextOf([...objects, ...proposal.policies.map(({ body }) => body)]).view(policyIndexView);
        for (const [from, to, port, protocol] of asked) {
          const was = decideConnection(before, endOf(from), endOf(to), { port, protocol }).allowed;
          if (was === true)
            expect([from, to, port, decideConnection(after, endOf(from), endOf(to), { port, protocol }).allowed]).toEqual([from, to, port, true]);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 300_000);
