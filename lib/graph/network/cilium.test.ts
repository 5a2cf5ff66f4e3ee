import { expect, test } from "vitest";
import { configMap, deployment, namespace, networkPolicy } from "../../inventory/testing";
import { reachView } from "./reach";
import { ask, OTHER_WEB } from "./testing";
import { contextOf, matrixOf } from "./testing-worlds";

function policy(spec: object, kind = "CiliumNetworkPolicy") {
  const metadata = kind === "CiliumNetworkPolicy" ? { name: "rule", namespace: "shop" } : { name: "rule" };
  return { apiVersion: "cilium.io/v2", kind, metadata, spec };
}

const web = { endpointSelector: { matchLabels: { app: "web" } } };
const db = [{ matchLabels: { "k8s:app": "db" } }];

test("a rule isolates the pods that it selects", () => {
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: db }] })], "db", "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: db }] })], OTHER_WEB, "web")).toBe(false);
  expect(ask([policy({ ...web, ingress: [{}] })], "db", "web")).toBe(false);
  expect(ask([policy({ ...web, egress: [{ toEndpoints: db }] })], OTHER_WEB, "web")).toBe(true);
});

test("selectors stay in their namespace unless they name one", () => {
  const elsewhere = { matchLabels: { app: "web", "k8s:io.kubernetes.pod.namespace": "other" } };
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [elsewhere] }] })], OTHER_WEB, "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [{}] }] })], OTHER_WEB, "web")).toBe(false);
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [{}] }] }, "CiliumClusterwideNetworkPolicy")], OTHER_WEB, "web")).toBe(true);
});

test("a denial wins over everything that allows", () => {
  const allowed = { ...networkPolicy(), spec: { podSelector: {}, ingress: [{}] } };
  expect(ask([allowed, policy({ ...web, ingressDeny: [{ fromEndpoints: db }] })], "db", "web")).toBe(false);
});

test("it adds to what network policies allow", () => {
  const closed = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"] } };
  expect(ask([closed, policy({ ...web, ingress: [{ fromEndpoints: db }] })], "db", "web")).toBe(true);
});

test("a rule about one port isolates on every other as well, whatever another may do", () => {
  const onePort = policy({ ...web, ingressDeny: [{ toPorts: [{ ports: [{ port: "80", protocol: "TCP" }] }] }] });
  const doubtful = { endpointSelector: { matchLabels: { "io.cilium.k8s.policy.cluster": "a" } }, ingress: [{ toPorts: [{ ports: [{ port: "80" }] }] }] };
  expect(ask([onePort, { ...policy(doubtful), metadata: { name: "then", namespace: "shop" } }], "db", "web")).toBe(false);
});

test("entities name groups of peers, ports narrow a rule", () => {
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["cluster"] }] })], OTHER_WEB, "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["cluster-mesh"] }] })], OTHER_WEB, "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["cluster-mesh"] }] })], "external", "web")).toBe(false);
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["world"] }] })], "external", "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromEntities: ["world"] }] })], "db", "web")).toBe(false);
  const onPort = policy({ ...web, ingress: [{ toPorts: [{ ports: [{ port: "8080", protocol: "TCP" }] }] }] });
  expect(ask([onPort], "db", "web")).toBe(true);
  expect(ask([onPort], "db", "web", 9090)).toBe(false);
});

test("default deny can be switched off, and closes nothing where there are no rules for the direction", () => {
  expect(ask([policy({ ...web, enableDefaultDeny: { ingress: false }, ingress: [{ fromEndpoints: db }] })], OTHER_WEB, "web")).toBe(true);
  const on = { enableDefaultDeny: { ingress: true } };
  expect(ask([policy({ ...web, ...on, ingress: [{ fromEndpoints: db }] })], OTHER_WEB, "web")).toBe(false);
  expect(ask([policy({ ...web, ...on })], "db", "web")).toBe(true);
  expect(ask([policy({ ...web, ...on, ingress: [], egress: [{}] })], "db", "web")).toBe(true);
});

test("what was not read cannot be told", () => {
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [{ matchLabels: { "io.cilium.k8s.policy.cluster": "db" } }] }] })], "db", "web")).toBe(null);
});

test("what one rule requires of peers narrows whom all others let through, and lets through nobody", () => {
  const required = { ...policy({ ...web, ingress: [{ fromRequires: db }] }), metadata: { name: "required", namespace: "shop" } };
  const asked = (from: string, ingress: object) => ask([required, policy({ ...web, ingress: [ingress] })], from, "web");
  expect(asked("web", { fromEndpoints: [{}] })).toBe(null);
  expect(asked("db", { fromEndpoints: [{}] })).toBe(true);
  expect(asked("shop/Deployment/gone", { fromEndpoints: [{}] })).toBe(null);
  expect(asked("db", {})).toBe(false);
  expect(asked(OTHER_WEB, { fromEndpoints: db })).toBe(false);
  expect(asked("external", { fromEntities: ["world"] })).toBe(null);
  expect(ask([policy({ ...web, ingress: [{ fromRequires: [{}], fromEndpoints: db }] })], "db", "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ fromRequires: [{}], toPorts: [{ ports: [{ port: "8080" }] }] }] })], "db", "web")).toBe(null);
});

test("what a denial requires of peers narrows all denials", () => {
  const open = { fromEntities: ["all"] };
  const required = { ...policy({ ...web, ingressDeny: [{ fromRequires: db }] }), metadata: { name: "required", namespace: "shop" } };
  const denied = policy({ ...web, ingress: [open], ingressDeny: [{ fromEndpoints: [{}] }] });
  expect(["web", "db", OTHER_WEB].map((from) => ask([required, denied], from, "web"))).toEqual([null, false, true]);
  const both = policy({ ...web, ingress: [open], ingressDeny: [{ fromEndpoints: [{}], fromRequires: db }] });
  expect(["web", "db"].map((from) => ask([both], from, "web"))).toEqual([null, false]);
});

test("a selector that says which namespace peers are not in takes what is in none, or what is of the cluster alone, as the version has it", () => {
  const agent = deployment({ name: "agent", podSpec: { hostNetwork: true } });
  const to = (operator: string, key: string, kind?: string) => {
    const rule = policy(
      { ...web, egress: [{ toEndpoints: [{ matchExpressions: [{ key, operator, values: operator === "NotIn" ? ["other"] : [] }] }] }] },
      kind,
    );
    return ["db", OTHER_WEB, "agent", "external"].map((other) => ask([agent, rule], "web", other));
  };
  expect(to("NotIn", "k8s:io.kubernetes.pod.namespace")).toEqual([true, false, null, null]);
  expect(to("NotIn", "io.kubernetes.pod.namespace", "CiliumClusterwideNetworkPolicy")).toEqual([true, false, null, null]);
  expect(to("Exists", "io.kubernetes.pod.namespace")).toEqual([true, true, false, false]);
  // Only where it speaks of namespaces: else it means pods, and labels of namespaces narrow a policy of one namespace alone.
  expect(to("NotIn", "app")).toEqual([true, false, false, false]);
  expect(to("NotIn", "io.cilium.k8s.namespace.labels.team")).toEqual([true, false, null, null]);
  expect(to("NotIn", "io.cilium.k8s.namespace.labels.team", "CiliumClusterwideNetworkPolicy")).toEqual([true, false, false, false]);
  const nowhere = { key: "io.kubernetes.pod.namespace", operator: "DoesNotExist" };
  const toNowhere = policy({ ...web, egress: [{ toEndpoints: [{ matchExpressions: [nowhere] }] }] });
  const told = (value: string) => configMap({ name: "cilium-config", namespace: "kube-system", data: { "policy-default-local-cluster": value } });
  for (const [value, takes] of [
    ["", null],
    ["true", false],
    ["false", true],
  ] as const)
    expect(["agent", "external"].map((other) => ask([agent, told(value), toNowhere], "web", other))).toEqual([takes, takes]);
  const denied = (...more: readonly object[]) =>
    ask([policy({ ...web, egress: [{ toEntities: ["all"] }], egressDeny: [{ toEndpoints: [{ matchExpressions: [nowhere, ...more] }] }] })], "web", "external");
  expect(denied()).toBe(null);
  expect(denied({ key: "reserved:host", operator: "DoesNotExist" })).toBe(false);
  expect(denied({ key: "io.cilium.k8s.policy.cluster", operator: "NotIn", values: ["other"] })).toBe(false);
});

test("a selector may name what is no pod", () => {
  const agent = deployment({ name: "agent", podSpec: { hostNetwork: true } });
  const to = (name: string) => {
    const rule = policy({ ...web, egress: [{ toEndpoints: [{ matchLabels: { [`reserved:${name}`]: "" } }] }] });
    return ["db", "agent", "external"].map((other) => ask([agent, rule], "web", other));
  };
  expect(to("world")).toEqual([false, false, null]);
  expect(to("host")).toEqual([false, null, false]);
  expect(to("kube-apiserver")).toEqual([false, null, null]);
  expect(to("ingress")).toEqual([false, false, false]);
  // Nor does Cilium keep such a selector in the namespace of its policy.
  const noNode = { matchExpressions: [{ key: "reserved:host", operator: "DoesNotExist" }] };
  expect(ask([policy({ ...web, ingress: [{ fromEndpoints: [noNode] }] })], OTHER_WEB, "web")).toBe(true);
});

test("an empty selector of groups of addresses takes pods as well, and one of groups without a label does in some versions", () => {
  const from = (cidrGroupSelector: object, more: object = {}) =>
    ask([policy({ ...web, ingress: [{ fromCIDRSet: [{ cidrGroupSelector, ...more }] }] })], "db", "web");
  expect(from({})).toBe(true);
  expect(from({}, { except: ["10.0.0.0/8"] })).toBe(null);
  expect(from({ matchExpressions: [{ key: "zone", operator: "NotIn", values: ["one"] }] })).toBe(null);
  expect(from({ matchLabels: { zone: "one" } })).toBe(false);
});

test("several specs, and policies for nodes, are told apart", () => {
  const several = {
    ...policy({}),
    spec: undefined,
    specs: [
      { nodeSelector: {}, ingress: [{}] },
      { ...web, ingress: [{ fromEndpoints: db }] },
    ],
  };
  expect(ask([several], "db", "web")).toBe(true);
  expect(ask([several], OTHER_WEB, "web")).toBe(false);
});

test("keys may begin with k8s themselves, and no pod has a label of nodes", () => {
  const labelled = deployment({ name: "odd", podLabels: { "k8s.example.com/part": "odd" } });
  const odd = (key: string) => policy({ endpointSelector: { matchLabels: { [key]: "odd" } }, ingress: [{}] });
  for (const key of ["k8s.example.com/part", "k8s:k8s.example.com/part", "any:k8s.example.com/part"])
    expect(ask([labelled, odd(key)], "db", "odd"), key).toBe(false);
  const noNode = { endpointSelector: { matchExpressions: [{ key: "reserved:host", operator: "DoesNotExist" }] }, ingress: [{}] };
  expect(ask([policy(noNode)], "db", "web")).toBe(false);
});

test("an empty list of ports or of ICMP limits nothing, and an entry that lists no port names none", () => {
  const asked = (rule: object) => ask([policy({ ...web, ingress: [rule] })], "db", "web");
  expect(asked({ fromEndpoints: db, toPorts: [] })).toBe(true);
  expect(asked({ fromEndpoints: db, icmps: [] })).toBe(true);
  expect(asked({ fromEndpoints: db, toPorts: [{ ports: [] }] })).toBe(false);
  expect(asked({ fromEndpoints: db, toPorts: [{}, { ports: [{ port: "8080" }] }] })).toBe(true);
  expect(asked({ fromEndpoints: db, icmps: [{ fields: [{ type: 8 }] }] })).toBe(false);
  expect(asked({ toPorts: [] })).toBe(false);
});

test("names of ports are read in small letters", async () => {
  const named = deployment({ name: "named", labels: { app: "named" }, container: { ports: [{ name: "http", containerPort: 8080 }] } });
  const rule = policy({
    endpointSelector: { matchLabels: { app: "named" } },
    ingress: [{ fromEndpoints: db, toPorts: [{ ports: [{ port: "HTTP", protocol: "TCP" }] }] }],
  });
  expect([8080, 9090].map((port) => ask([named, rule], "db", "named", port))).toEqual([true, false]);
  const sender = deployment({ name: "db", labels: { app: "db" } });
  const matrix = await matrixOf(contextOf([namespace(), sender, named, rule]).view(reachView));
  expect(matrix.cell("shop", "shop")).toMatchObject({ openPairs: 2, closedPairs: 1 });
});

test("which node a pod runs on is not known, nor where the API server answers", () => {
  const agent = deployment({ name: "agent", podSpec: { hostNetwork: true } });
  const entities = (section: string, ...names: readonly string[]) => {
    const key = section.startsWith("ingress") ? "fromEntities" : "toEntities";
    return policy({ ...web, enableDefaultDeny: { ingress: true, egress: true }, [section]: [{ [key]: names }] });
  };
  expect(ask([agent, entities("egress", "host")], "web", "agent")).toBe(null);
  expect(ask([agent, entities("egress", "remote-node")], "web", "agent")).toBe(null);
  expect(ask([agent, entities("egress", "host", "remote-node")], "web", "agent")).toBe(true);
  expect(ask([agent, entities("egress", "kube-apiserver")], "web", "agent")).toBe(null);
  expect(ask([agent, entities("egress", "kube-apiserver")], "web", "db")).toBe(false);
  // What comes from a pod's own node is let in anyway, but what is denied is not.
  expect(ask([agent, entities("ingress", "remote-node")], "agent", "web")).toBe(true);
  expect(ask([agent, policy({ ...web, ingress: [{ fromEntities: ["all"] }], ingressDeny: [{ fromEntities: ["remote-node"] }] })], "agent", "web")).toBe(null);
});

test("what may be denied, allowed or isolated counts only where it would change the answer", () => {
  const account = { matchLabels: { "io.cilium.k8s.policy.cluster": "db" } };
  const closed = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"] } };
  expect(ask([closed, policy({ ...web, ingressDeny: [{ fromEndpoints: [account] }] })], "db", "web")).toBe(false);
  expect(ask([policy({ ...web, enableDefaultDeny: { ingress: false }, ingress: [{ fromEndpoints: [account] }] })], "db", "web")).toBe(true);
  expect(ask([closed, policy({ endpointSelector: account, ingress: [{}] })], "db", "web")).toBe(false);
  expect(ask([policy({ endpointSelector: account, ingress: [{}] })], "db", "web")).toBe(null);
});

test("of pods that are not in the set it is not known which policies select them", () => {
  expect(ask([policy({ ...web, ingress: [{}] })], "db", "shop/Deployment/gone")).toBe(null);
  expect(ask([policy({ endpointSelector: {}, ingress: [{}] })], "db", "shop/Deployment/gone")).toBe(false);
});

test("pods have the service account that they run as for a label", () => {
  const till = deployment({ name: "till", podSpec: { serviceAccountName: "till" } });
  const from = (name: string) => policy({ ...web, ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:io.cilium.k8s.policy.serviceaccount": name } }] }] });
  expect(["till", "db"].map((one) => ask([till, from("till")], one, "web"))).toEqual([true, false]);
  expect(["till", "db"].map((one) => ask([till, from("app")], one, "web"))).toEqual([false, true]);
  expect(ask([from("till")], "shop/Deployment/gone", "web")).toBe(null);
});

test("a policy of a namespace selects pods there, whatever namespace its selector names", () => {
  const named = (key: string) => policy({ endpointSelector: { matchLabels: { app: "web", [key]: "other" } }, ingress: [{ fromEndpoints: db }] });
  expect([OTHER_WEB, "db"].map((from) => ask([named("k8s:io.kubernetes.pod.namespace")], from, "web"))).toEqual([false, true]);
  expect(ask([named("k8s:io.kubernetes.pod.namespace")], "db", OTHER_WEB)).toBe(true);
  // Without that source the label stays beside the one that Cilium adds, and no pod has both.
  for (const key of ["io.kubernetes.pod.namespace", "any:io.kubernetes.pod.namespace"]) expect(ask([named(key)], OTHER_WEB, "web"), key).toBe(true);
});

test("ranges of addresses are of no pod, but where Cilium is told that they are", () => {
  const told = (mode: string) => configMap({ name: "cilium-config", namespace: "kube-system", data: { "policy-cidr-match-mode": mode } });
  const ranges = policy({ ...web, ingress: [{ fromCIDR: ["10.0.0.0/8"] }] });
  expect(["", "nodes", "pods", "nodes pods"].map((mode) => ask([told(mode), ranges], "db", "web"))).toEqual([false, false, null, null]);
  expect(ask([told("pods"), policy({ ...web, ingress: [{ fromEndpoints: db }] })], OTHER_WEB, "web")).toBe(false);
});

test("behind a Service there may be pods or addresses outside, and nodes are no pods of the pod network", () => {
  const agent = deployment({ name: "agent", podSpec: { hostNetwork: true } });
  const services = policy({ ...web, egress: [{ toServices: [{ k8sService: { serviceName: "till", namespace: "shop" } }] }] });
  expect(["db", "agent", "external"].map((to) => ask([agent, services], "web", to))).toEqual([null, null, null]);
  const nodes = policy({ ...web, egress: [{ toNodes: [{ matchLabels: { role: "edge" } }] }] });
  expect(["db", "agent", "external"].map((to) => ask([agent, nodes], "web", to))).toEqual([false, null, false]);
  const groups = policy({ ...web, egress: [{ toGroups: [{ aws: { securityGroupsNames: ["edge"] } }] }, { toFQDNs: [{ matchName: "example.com" }] }] });
  expect(["db", "external"].map((to) => ask([groups], "web", to))).toEqual([false, null]);
});

test("labels that Cilium leaves out choose nobody, and those that it may leave out cannot be told", () => {
  const labels = { "topology.example.com/zone": "a", "kubernetes.io/role": "a", "batch.kubernetes.io/controller-uid": "a", "app.kubernetes.io/name": "a" };
  const zoned = deployment({ name: "zoned", podLabels: labels });
  const closes = (key: string, setting?: string) => {
    const config = setting === undefined ? [] : [configMap({ name: "cilium-config", namespace: "kube-system", data: { labels: setting } })];
    return ask([zoned, ...config, policy({ endpointSelector: { matchLabels: { [key]: "a" } }, ingress: [{}] })], "db", "zoned") === false;
  };
  const answer = (key: string) => ask([zoned, policy({ endpointSelector: { matchLabels: { [key]: "a" } }, ingress: [{}] })], "db", "zoned");
  expect(Object.keys(labels).map(answer)).toEqual([false, true, null, false]);
  expect(["!topology\\.example\\.com", "k8s:app", "app topology.example.com"].map((setting) => closes("topology.example.com/zone", setting))).toEqual([
    false,
    false,
    true,
  ]);
  const file = configMap({ name: "cilium-config", namespace: "kube-system", data: { "label-prefix-file": "/etc/config/labels.json" } });
  const named = policy({ endpointSelector: { matchLabels: { "app.kubernetes.io/name": "a" } }, ingress: [{}] });
  expect([ask([zoned, file, named], "db", "zoned"), ask([zoned, file, policy({ endpointSelector: {}, ingress: [{}] })], "db", "zoned")]).toEqual([null, false]);
  // A pod without the label is chosen, or not, either way.
  const without = { matchExpressions: [{ key: "kubernetes.io/role", operator: "DoesNotExist" }] };
  expect(ask([zoned, policy({ endpointSelector: without, ingress: [{}] })], "db", "zoned")).toBe(false);
  expect(ask([zoned, policy({ endpointSelector: without, ingress: [{}] })], "zoned", "web")).toBe(false);
});
