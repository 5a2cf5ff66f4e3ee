import { describe, expect, test } from "vitest";
import { configMap, daemonSet, deployment, ingress, job, namespace, networkPolicy, pod, service, serviceAccount, statefulSet } from "../../inventory/testing";
import { type JsonRecord, record, records } from "../../model/json";
import { decideConnection } from "./answer-connection";
import type { Endpoint } from "./endpoint";
import { endpointsView, toUnseenEndpoint } from "./endpoints";
import type { Callers } from "./list-ingress-needs";
import { policyIndexView } from "./policy-index";
import { type Proposal, proposeForNamespace, proposeForWorkload } from "./propose-policy";
import { contextOf, proofOf } from "./testing-worlds";

const DNS = [
  namespace({ name: "kube-system" }),
  deployment({ name: "coredns", namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" } }),
  service({
    name: "kube-dns",
    namespace: "kube-system",
    spec: {
      selector: { app: undefined, "k8s-app": "kube-dns" },
      ports: [
        { port: 53, protocol: "UDP" },
        { name: "tcp", port: 53, protocol: "TCP" },
      ],
    },
  }),
];
const env = (name: string, value: string) => ({ env: [{ name, value }] });
const SHOP: readonly JsonRecord[] = [
  ...DNS,
  namespace(),
  namespace({ name: "ops" }),
  deployment({ name: "web", container: { ports: [{ name: "http", containerPort: 8080 }], ...env("DATABASE_URL", "postgres://db:5432/shop") } }),
  deployment({ name: "db", container: { ports: [{ containerPort: 5432 }, { containerPort: 9187 }] } }),
  deployment({ name: "mail", container: env("API", "https://mail.example.com/v1") }),
  deployment({ name: "report", namespace: "ops", container: env("DB_HOST", "db.shop.svc.cluster.local:5432") }),
  deployment({ name: "probe", namespace: "ops" }),
  service({ name: "web", spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: "http" }] } }),
  service({ name: "db", spec: { selector: { app: "db" }, ports: [{ port: 5432 }] } }),
];

function propose(objects: readonly JsonRecord[], name: string, callers: Callers) {
  const context = contextOf(objects);
  const workload = context.slices.workloads.find(({ ref }) => `${ref.namespace}/${ref.name}` === name);
  if (!workload) throw new Error(`${name} is not there`);
  const proposal = proposeForWorkload(context, workload, callers);
  return {
    proposal,
    spec: record(proposal.policies[0]?.body.spec),
    proof: () => proofOf(context, proposal),
    skipped: proposal.skipped.map(({ message }) => message),
  };
}

/** May a pod connect to another once the proposal is in force? */
function askAfter(objects: readonly JsonRecord[], { policies }: Proposal, from: string, to: string, port: number, protocol = "TCP"): boolean | null {
  const context = contextOf([...objects, ...policies.map(({ body }) => body)]);
  const find = (name: string): Endpoint | undefined => context.view(endpointsView).get(name)?.[0] ?? toUnseenEndpoint(name, new Map()) ?? undefined;
  const [sender, receiver] = [find(from), find(to)];
  if (!sender || !receiver) throw new Error(`${from} or ${to} is not there`);
  return decideConnection(context.view(policyIndexView), sender, receiver, { port, protocol }).allowed;
}

describe("a policy for one workload", () => {
  test("keeps the ports of its Services for every pod, and closes the others and the outside", async () => {
    const { proposal, spec, proof: prove } = propose(SHOP, "shop/db", "cluster");
    const proof = await prove();
    expect(spec).toEqual({
      podSelector: { matchLabels: { app: "db" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: 5432 }] }],
      egress: [{ to: [{ namespaceSelector: {} }] }],
    });
    const ask = (from: string, port: number) => askAfter(SHOP, proposal, from, "shop/Deployment/db", port);
    expect([ask("shop/Deployment/web", 5432), ask("ops/Deployment/probe", 5432)]).toEqual([true, true]);
    expect([ask("shop/Deployment/web", 9187), ask("external", 5432)]).toEqual([false, false]);
    expect(askAfter(SHOP, proposal, "shop/Deployment/db", "external", 443)).toBe(false);
    expect(askAfter(SHOP, proposal, "shop/Deployment/db", "kube-system/Deployment/coredns", 53, "UDP")).toBe(true);
    expect(proof).toMatchObject({ cut: [], opened: 0 });
    expect(proof.needed).toBeGreaterThan(0);
    expect(proof.openAfter).toBeLessThan(proof.openBefore);
    expect(proof.narrowed).toBeGreaterThan(proof.openBefore - proof.openAfter);
  });

  test("lets in only those whose settings name its Service, when asked to", async () => {
    const { proposal, proof: prove } = propose(SHOP, "shop/db", "named");
    const proof = await prove();
    const ask = (from: string, port = 5432) => askAfter(SHOP, proposal, from, "shop/Deployment/db", port);
    expect([ask("shop/Deployment/web"), ask("ops/Deployment/report")]).toEqual([true, true]);
    expect([ask("shop/Deployment/mail"), ask("ops/Deployment/probe"), ask("shop/Deployment/web", 9187)]).toEqual([false, false, false]);
    expect(askAfter(SHOP, proposal, "shop/Deployment/db", "kube-system/Deployment/coredns", 53, "UDP")).toBe(true);
    expect(askAfter(SHOP, proposal, "shop/Deployment/db", "shop/Deployment/web", 8080)).toBe(false);
    expect(proof).toMatchObject({ cut: [], opened: 0 });
  });

  test("lets out to the Services and hosts that settings name, on their ports", () => {
    const web = propose(SHOP, "shop/web", "named").proposal;
    expect(askAfter(SHOP, web, "shop/Deployment/web", "shop/Deployment/db", 5432)).toBe(true);
    expect(askAfter(SHOP, web, "shop/Deployment/web", "external", 443)).toBe(false);
    const mail = propose(SHOP, "shop/mail", "named").proposal;
    expect(askAfter(SHOP, mail, "shop/Deployment/mail", "external", 443)).toBe(true);
    expect(askAfter(SHOP, mail, "shop/Deployment/mail", "external", 25)).toBe(false);
    expect(record(record(mail.policies[0]?.body).spec).egress).toContainEqual({
      to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }],
      ports: [{ protocol: "TCP", port: 443 }],
    });
  });

  test("keeps what comes from where no selector reaches: Ingresses, load balancers, node ports, webhooks", async () => {
    const route = ingress({ spec: { rules: [{ http: { paths: [{ backend: { service: { name: "web", port: { name: "http" } } } }] } }] } });
    const hook = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "check" },
      webhooks: [{ name: "a.example.com", clientConfig: { service: { namespace: "shop", name: "web", port: 80 } } }],
    };
    const balancer = service({ name: "edge", spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] } });
    for (const entry of [route, hook, balancer, { ...balancer, spec: { ...record(balancer.spec), type: "NodePort" } }]) {
      const objects = [...SHOP, entry];
      const { proposal, proof: prove } = propose(objects, "shop/web", "named");
      const proof = await prove();
      expect(askAfter(objects, proposal, "external", "shop/Deployment/web", 8080), String(entry.kind)).toBe(true);
      expect(askAfter(objects, proposal, "external", "shop/Deployment/web", 9090)).toBe(false);
      expect(proof.cut).toEqual([]);
    }
    const { proposal } = propose(SHOP, "shop/web", "named");
    expect(askAfter(SHOP, proposal, "external", "shop/Deployment/web", 8080)).toBe(false);
  });

  test("keeps ports of its node, scraping, and a StatefulSet's talk among its pods", () => {
    const objects = [
      ...SHOP,
      statefulSet({ name: "queue", podAnnotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "9100" } }),
      deployment({ name: "edge", container: { ports: [{ containerPort: 8443, hostPort: 443 }] } }),
    ];
    const queue = propose(objects, "shop/queue", "named").proposal;
    expect(askAfter(objects, queue, "shop/StatefulSet/queue", "shop/StatefulSet/queue", 4369)).toBe(true);
    expect(askAfter(objects, queue, "shop/Deployment/web", "shop/StatefulSet/queue", 4369)).toBe(false);
    const edge = propose(objects, "shop/edge", "named").proposal;
    expect(askAfter(objects, edge, "external", "shop/Deployment/edge", 8443)).toBe(true);
    expect(askAfter(objects, edge, "external", "shop/Deployment/edge", 443)).toBe(false);
  });

  test("lets a client of the API server reach it, which its own account and token give away", () => {
    const objects = [
      ...SHOP,
      serviceAccount({ name: "operator" }),
      deployment({ name: "operator", podSpec: { serviceAccountName: "operator", automountServiceAccountToken: true } }),
    ];
    const { proposal } = propose(objects, "shop/operator", "named");
    expect(askAfter(objects, proposal, "shop/Deployment/operator", "external", 6443)).toBe(true);
    expect(askAfter(objects, propose(objects, "shop/db", "named").proposal, "shop/Deployment/db", "external", 6443)).toBe(false);
  });

  test("asks any address for names where a cache runs on each node", () => {
    const objects = [...SHOP, daemonSet({ name: "node-local-dns", namespace: "kube-system", podSpec: { hostNetwork: true } })];
    const { spec } = propose(objects, "shop/db", "named");
    expect(spec.egress).toEqual([
      {
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ]);
  });

  test("keeps the way of names: in to those who answer, out to the name servers of the node, also at the address of the metadata service", async () => {
    const { proposal, spec, proof: prove } = propose(SHOP, "kube-system/coredns", "named");
    const proof = await prove();
    const dns = "kube-system/Deployment/coredns";
    expect([53, 80].map((port) => askAfter(SHOP, proposal, "shop/Deployment/mail", dns, port, "UDP"))).toEqual([true, false]);
    expect(askAfter(SHOP, proposal, "external", dns, 53, "UDP")).toBe(false);
    expect(records(spec.egress).map(({ to }) => to)).toContain(undefined);
    expect(proof).toMatchObject({ cut: [], opened: 0 });
    const host = deployment({ name: "host", podSpec: { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" } });
    const cache = daemonSet({ name: "node-local-dns", namespace: "kube-system", podSpec: { hostNetwork: true } });
    for (const asker of [host, cache]) {
      const objects = [...SHOP, asker];
      expect(askAfter(objects, propose(objects, "kube-system/coredns", "cluster").proposal, "external", dns, 53, "UDP")).toBe(true);
    }
    const ownerReferences = [{ apiVersion: "core.strimzi.io/v1beta2", kind: "StrimziPodSet", name: "own", controller: true }];
    const ofCustom = pod({ name: "own-0", podLabels: { app: "own" }, metadata: { ownerReferences }, podSpec: { dnsPolicy: "None" } });
    for (const asker of [deployment({ name: "own", podSpec: { dnsPolicy: "Default" } }), ofCustom]) {
      const own = propose([...SHOP, asker], "shop/own", "named");
      expect(records(own.spec.egress).map(({ to }) => to)).toEqual([undefined]);
    }
  });

  test("follows a Service that is only another name of one", () => {
    const alias = (externalName: string) => service({ name: "store", spec: { type: "ExternalName", externalName, selector: undefined } });
    const caller = deployment({ name: "till", container: env("STORE_URL", "http://store:5432") });
    const objects = [...SHOP, caller, alias("db.shop.svc.cluster.local.")];
    expect(askAfter(objects, propose(objects, "shop/db", "named").proposal, "shop/Deployment/till", "shop/Deployment/db", 5432)).toBe(true);
    const till = propose(objects, "shop/till", "named").proposal;
    expect([5432, 9187].map((port) => askAfter(objects, till, "shop/Deployment/till", "shop/Deployment/db", port))).toEqual([true, false]);
    const peersOf = (externalName: string) => {
      const { spec } = propose([...SHOP, caller, alias(externalName)], "shop/till", "named");
      return records(spec.egress).find(({ ports }) => records(ports)[0]?.port === 5432)?.to;
    };
    // A name of the cluster that nothing is called may be any pod's; others are outside.
    expect(peersOf("gone.bank.svc.cluster.local")).toBe(undefined);
    expect(peersOf("db.example.com")).toMatchObject([{ ipBlock: { cidr: "0.0.0.0/0" } }]);
  });

  test("goes by no label that Cilium leaves out, and lets a client of an API server on a node through", () => {
    const cilium = daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.17.0" } });
    const config = (labels: string) => configMap({ name: "cilium-config", namespace: "kube-system", data: { labels } });
    const part = (name: string, more: object = {}) =>
      deployment({ name, podLabels: { part: name }, spec: { selector: { matchLabels: { app: name, part: name } } }, ...more });
    const objects = [...SHOP, part("books", { container: env("DB_HOST", "db:5432") }), part("desk"), cilium];
    const selectorOf = (labels: string) => propose([...objects, config(labels)], "shop/books", "named").spec.podSelector;
    expect(selectorOf("")).toEqual({ matchLabels: { app: "books", part: "books" } });
    expect(selectorOf("!part")).toEqual({ matchLabels: { app: "books" } });
    expect(propose([...objects, config("!part !app")], "shop/books", "named").skipped[0]).toMatch(/^Its pods have no label that lasts/);
    const loft = deployment({
      name: "loft",
      podLabels: { app: undefined, part: "loft" },
      spec: { selector: { matchLabels: { app: undefined, part: "loft" } } },
      container: env("DB_HOST", "db:5432"),
    });
    const filtered = [...objects, loft, config("!part")];
    const { proposal } = propose(filtered, "shop/db", "named");
    for (const caller of ["books", "loft"]) expect(askAfter(filtered, proposal, `shop/Deployment/${caller}`, "shop/Deployment/db", 5432), caller).toBe(true);
    const operator = deployment({ name: "operator", podSpec: { serviceAccountName: "operator", automountServiceAccountToken: true } });
    const server = pod({ name: "kube-apiserver-one", namespace: "kube-system", podSpec: { hostNetwork: true } });
    const toServer = (...more: readonly JsonRecord[]) =>
      records(propose([...SHOP, serviceAccount({ name: "operator" }), operator, ...more], "shop/operator", "named").spec.egress).find(
        ({ ports }) => records(ports)[0]?.port === 443,
      )?.to;
    expect(toServer(server)).toMatchObject([{ ipBlock: {} }]);
    expect(toServer(cilium)).toMatchObject([{ ipBlock: {} }]);
    expect(toServer(server, cilium)).toBe(undefined);
  });

  test("adds nothing where a policy selects the pods already, and says so", () => {
    const closed = networkPolicy({ spec: { podSelector: {}, policyTypes: ["Ingress"] } });
    const { spec, skipped } = propose([...SHOP, closed], "shop/db", "cluster");
    expect(spec.policyTypes).toEqual(["Egress"]);
    expect(skipped).toEqual(["NetworkPolicy default-deny selects it already; another policy could only add to what it allows."]);
    const open = networkPolicy({ name: "all", spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] } });
    expect(propose([...SHOP, open], "shop/db", "cluster").skipped[0]).toMatch(/^NetworkPolicy all allows everything/);
  });

  test("counts pods of one object that are in the network of their node, and those that are not, each as they are", async () => {
    const named = env("DATABASE_URL", "postgres://db:5432/shop");
    const [onNode, onPods] = [
      { name: "train", podSpec: { hostNetwork: true }, container: named },
      { name: "train", container: named },
    ].map((part) => ({ template: job(part) }));
    for (const replicatedJobs of [
      [onNode, onPods],
      [onPods, onNode],
    ]) {
      const objects = [
        ...SHOP,
        { apiVersion: "jobset.x-k8s.io/v1alpha2", kind: "JobSet", metadata: { name: "train", namespace: "shop" }, spec: { replicatedJobs } },
      ];
      const db = propose(objects, "shop/db", "named");
      expect(askAfter(objects, db.proposal, "external", "shop/Deployment/db", 5432)).toBe(true);
      expect((await db.proof()).cut).toEqual([]);
      const own = propose(objects, "shop/train", "named");
      expect(own.skipped).toEqual([]);
      expect(own.spec).toMatchObject({ podSelector: { matchLabels: { app: "train" } }, policyTypes: ["Ingress", "Egress"] });
      expect((await own.proof()).cut).toEqual([]);
    }
  });

  test("stays away from pods in the network of their node, from pods without lasting labels, and from other policy APIs", () => {
    const host = deployment({ name: "host", podSpec: { hostNetwork: true } });
    expect(propose([...SHOP, host], "shop/host", "cluster").proposal.policies).toEqual([]);
    const cilium = {
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name: "rule", namespace: "shop" },
      spec: { endpointSelector: { matchLabels: { app: "db" } }, ingress: [{ fromEndpoints: [{}] }] },
    };
    const { spec, skipped } = propose([...SHOP, cilium], "shop/db", "cluster");
    expect(spec.policyTypes).toEqual(["Egress"]);
    expect(skipped[0]).toMatch(/^CiliumNetworkPolicy rule decides here/);
  });

  test("names no port that no connection has, which the API server would refuse", () => {
    const settings = { env: ["http://example.com:99999/x", "db:0", "db:65536", "http://example.com:65535"].map((value, i) => ({ name: `P_${i}_URL`, value })) };
    const { spec } = propose([...SHOP, deployment({ name: "odd", container: settings })], "shop/odd", "named");
    const numbers = records(spec.egress).flatMap(({ ports }) => records(ports).map(({ port }) => port));
    expect(numbers).toContain(65_535);
    expect(numbers.filter((port) => typeof port !== "number" || port < 1 || port > 65_535)).toEqual([]);
    expect(JSON.stringify(spec)).not.toContain('"app":"db"');
  });

  test("takes a name that no other policy of the namespace has", () => {
    const taken = networkPolicy({ name: "allow-db", spec: { podSelector: { matchLabels: { app: "other" } } } });
    expect(record(propose([...SHOP, taken], "shop/db", "cluster").proposal.policies[0]?.body.metadata).name).toBe("allow-db-2");
  });
});

test("a namespace is closed by default, with a policy for each workload that nothing selects yet", async () => {
  const context = contextOf(SHOP);
  const proposal = proposeForNamespace(context, "shop", "named");
  expect(proposal.policies.map(({ body }) => record(body.metadata).name)).toEqual(["default-deny", "allow-web", "allow-db", "allow-mail"]);
  expect(proposal.policies[0]?.body.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  expect(await proofOf(context, proposal)).toMatchObject({ cut: [], opened: 0 });
  expect(askAfter(SHOP, proposal, "shop/Deployment/web", "shop/Deployment/db", 5432)).toBe(true);
  expect(askAfter(SHOP, proposal, "ops/Deployment/report", "shop/Deployment/db", 5432)).toBe(true);
  expect(askAfter(SHOP, proposal, "ops/Deployment/probe", "shop/Deployment/mail", 80)).toBe(false);
  expect(askAfter([...SHOP, deployment({ name: "new" })], proposal, "external", "shop/Deployment/new", 80)).toBe(false);
});

test("a namespace is not closed by default where a workload would be closed without a rule, since its selector takes one that a policy closes", () => {
  const canary = deployment({ name: "canary", podLabels: { app: "web", track: "canary" } });
  const closed = { ...networkPolicy({ name: "closed" }), spec: { podSelector: { matchLabels: { track: "canary" } }, policyTypes: ["Egress"] } };
  const { policies, skipped } = proposeForNamespace(contextOf([...SHOP, canary, closed]), "shop", "cluster");
  expect(policies.map(({ body }) => record(body.spec).policyTypes)[0]).toEqual(["Ingress"]);
  expect(skipped.map(({ directions }) => directions)).toEqual([["egress"]]);
  const both = { ...closed, spec: { ...closed.spec, podSelector: { matchLabels: { app: "web" } } } };
  const whole = proposeForNamespace(contextOf([...SHOP, canary, both]), "shop", "cluster").policies;
  expect(record(whole[0]?.body.spec).policyTypes).toEqual(["Ingress", "Egress"]);
});

test("counts nothing as cut of what only the selector of a caller takes in, beside the caller", async () => {
  const back = pod({ name: "back", labels: { app: "web", tier: "back" } });
  const web = service({ name: "web", spec: { selector: { app: "web" }, ports: [{ port: 80 }] } });
  const caller = deployment({ name: "web", container: env("URL", "http://web.shop.svc:80/") });
  expect(await propose([namespace(), web, caller, back], "shop/back", "named").proof()).toMatchObject({ cut: [], opened: 0 });
});

test("counts nothing as cut at the others of a namespace that is let out to as a whole, since no label tells its peer from them", async () => {
  const ownerReferences = [{ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "own", controller: true }];
  const own = pod({ name: "own-x", podLabels: { app: undefined, "rollouts-pod-template-hash": "x" }, metadata: { ownerReferences } });
  const peer = service({ name: "peer", spec: { selector: { app: undefined, "rollouts-pod-template-hash": "x" }, ports: [{ port: 80 }] } });
  const callers = ["one", "two"].map((name) => deployment({ name, container: env("URL", "http://peer.shop.svc:80/") }));
  const proposal = proposeForNamespace(contextOf([namespace(), own, peer, ...callers]), "shop", "named");
  expect(proposal.policies.map(({ body }) => record(body.metadata).name)).toEqual(["allow-one", "allow-two"]);
  expect(await proofOf(contextOf([namespace(), own, peer, ...callers]), proposal)).toMatchObject({ cut: [], opened: 0 });
});

test("gives each policy of a namespace a name of its own, also where workloads of two kinds share one", () => {
  const labels = { app: "web-store" };
  const twin = statefulSet({ name: "web", labels, podLabels: labels, spec: { selector: { matchLabels: labels } } });
  const { policies } = proposeForNamespace(contextOf([...SHOP, twin]), "shop", "named");
  const names = policies.map(({ body }) => record(body.metadata).name);
  expect(names).toEqual(["default-deny", "allow-web", "allow-db", "allow-mail", "allow-web-2"]);
});
