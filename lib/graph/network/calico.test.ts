import { describe, expect, test } from "vitest";
import { deployment, networkPolicy } from "../../inventory/testing";
import { answerConnectionIn } from "./answer-connection";
import { parseCalicoSelector } from "./calico-selector";
import { ask, OTHER_WEB, TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

function policy(spec: object, part: { name?: string; kind?: string } = {}) {
  const kind = part.kind ?? "NetworkPolicy";
  const metadata = { name: part.name ?? "rule", ...(kind === "NetworkPolicy" && { namespace: "shop" }) };
  return { apiVersion: "projectcalico.org/v3", kind, metadata, spec };
}

const web = { selector: "app == 'web'", types: ["Ingress"] };
const fromDb = { action: "Allow", source: { selector: "app == 'db'" } };

test.each([
  ["", true],
  ["all()", true],
  ["global()", false],
  ["has(app)", true],
  ["!has(app)", false],
  ["app == 'web'", true],
  ["app != 'web'", false],
  ["tier != 'x'", true],
  ["app in {'web', \"db\"}", true],
  ["app not in {'web'}", false],
  ["tier not in {'x'}", true],
  ["app contains 'e'", true],
  ["app starts with 'we'", true],
  ["app ends with 'x'", false],
  ["app notin {'web'}", false],
  ["app startswith'we' && app endswith\t'b'", true],
  ["in notin {'x'} && contains != 'x' && !has(in)", true],
  ["app == 'x' || (has(app) && app == 'web')", true],
  ["!(app == 'web')", false],
  ["a.b/c-d == 'x'", false],
])("the selector %j is %j for app=web", (source, expected) => {
  expect(parseCalicoSelector(source, true)?.((key) => (key === "app" ? "web" : undefined))).toBe(expected);
});

test.each(["app ==", "app = 'web'", "(all()", "all() all()", "'web'", "app in {'a'", "$"])("%j does not parse", (source) => {
  expect(parseCalicoSelector(source, true)).toBe(null);
});

test("rules decide in order, and what no rule names is denied", () => {
  expect(ask([policy({ ...web, ingress: [fromDb] })], "db", "web")).toBe(true);
  expect(ask([policy({ ...web, ingress: [{ action: "Deny", source: {} }, fromDb] })], "db", "web")).toBe(false);
  expect(ask([policy({ ...web, ingress: [fromDb] })], OTHER_WEB, "web")).toBe(false);
});

test("a rule that cannot be told leaves only that open which others do otherwise", () => {
  const near = { source: { nets: ["10.0.0.0/8"] } };
  const asked = (...ingress: readonly object[]) => ask([policy({ ...web, ingress })], "db", "web");
  expect(asked({ action: "Allow", ...near }, { action: "Log" }, { action: "Allow" })).toBe(true);
  expect(asked({ action: "Deny", ...near }, { action: "Deny" })).toBe(false);
  expect(asked({ action: "Allow", ...near }, { action: "Deny" })).toBe(null);
  expect(asked({ action: "Allow", ...near }, { action: "Deny", ...near }, { action: "Allow" })).toBe(null);
  expect(asked({ action: "Allow", ...near })).toBe(null);
  expect(asked({ action: "Allow", ipVersion: 4 })).toBe(true);
});

test("a rule that cannot be told leaves open what policies after it do otherwise, and NetworkPolicies between them", () => {
  const near = { source: { nets: ["10.0.0.0/8"] } };
  const at = (order: number, ingress: readonly object[], more: object = {}) => policy({ ...web, order, ingress, ...more }, { name: `at-${order}` });
  const allow = { action: "Allow" };
  const [mayAllow, mayDeny, mayPass] = [
    { ...allow, ...near },
    { ...deny, ...near },
    { ...pass, ...near },
  ];
  const ofWeb = (ingress: readonly object[]) => ({ ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"], ingress } });
  const [closed, open] = [ofWeb([]), ofWeb([{}])];
  const asked = (...objects: Parameters<typeof ask>[0]) => ask(objects, "db", "web");
  for (const [one, two] of [
    [1, 2],
    [1, 2000],
    [2000, 3000],
  ] as const) {
    expect(asked(at(one, [mayAllow]), at(two, [allow]))).toBe(true);
    expect(asked(at(one, [mayDeny]), at(two, [deny]))).toBe(false);
    expect(asked(at(one, [mayAllow]), at(two, [deny]))).toBe(null);
    expect(asked(at(one, [mayDeny]), at(two, [allow]))).toBe(null);
    expect(asked(at(one, [mayPass]), at(two, [allow]))).toBe(null);
    // One that may not hold for the pod at all.
    expect(asked(at(one, [allow], { selector: "app ~ 'web'" }), at(two, [allow]))).toBe(true);
    expect(asked(at(one, [deny], { selector: "app ~ 'web'" }), at(two, [allow]))).toBe(null);
  }
  expect(["Allow", "Deny"].map((action) => asked(at(1, [{ action, ...near }]), open))).toEqual([true, null]);
  expect(["Allow", "Deny"].map((action) => asked(at(1, [{ action, ...near }]), closed))).toEqual([null, false]);
  expect(["Allow", "Deny"].map((action) => asked(at(1000, [{ action, ...near }]), open))).toEqual([true, null]);
  expect(["Allow", "Deny"].map((action) => asked(at(2000, [{ action, ...near }]), open))).toEqual([true, true]);
  expect(["Allow", "Deny"].map((action) => asked(at(2000, [{ action, ...near }]), closed))).toEqual([null, false]);
  expect(asked(at(1, [mayPass]), closed)).toBe(null);
  const inTier = (...rules: readonly (readonly object[])[]) =>
    asked(tier("early", 1), ...rules.map((ingress, order) => policy({ ...web, tier: "early", order, ingress }, { name: `at-${order}` })));
  expect([inTier([mayAllow], [allow]), inTier([mayDeny]), inTier([mayPass], [pass])]).toEqual([true, false, true]);
  expect([inTier([mayAllow]), inTier([mayAllow], [deny]), inTier([mayPass], [deny])]).toEqual([null, null, null]);
});

test("without types the rules say which direction is meant", () => {
  expect(ask([policy({ selector: "app == 'db'", egress: [{ action: "Deny" }] })], "web", "db")).toBe(true);
  expect(ask([policy({ selector: "app == 'db'", egress: [{ action: "Deny" }] })], "db", "web")).toBe(false);
  expect(ask([policy({ selector: "app == 'web'" })], "db", "web")).toBe(false);
});

test("what was put into Calico's store past its API closes both directions where it names none", () => {
  const stored = (spec: object) => ({ ...policy(spec), apiVersion: "crd.projectcalico.org/v1" });
  const into = { selector: "app == 'db'", ingress: [{ action: "Allow" }] };
  expect(ask([policy(into)], "db", "web")).toBe(true);
  expect(ask([stored(into)], "db", "web")).toBe(false);
  expect(ask([stored({ ...into, egress: [{ action: "Allow" }] })], "db", "web")).toBe(true);
  expect(ask([stored({ selector: "app == 'db'", egress: [{ action: "Allow" }] })], "web", "db")).toBe(false);
  expect(ask([stored({ ...into, types: ["Ingress"] })], "db", "web")).toBe(true);
});

test("the order decides between policies, and a network policy stands at 1000", () => {
  const allowed = { ...networkPolicy(), spec: { podSelector: {}, ingress: [{}] } };
  const deny = (order?: number) => policy({ ...web, ...(order !== undefined && { order }), ingress: [{ action: "Deny" }] }, { name: "deny" });
  expect(ask([allowed, deny(10)], "db", "web")).toBe(false);
  expect(ask([allowed, deny()], "db", "web")).toBe(true);
  expect(ask([deny(20), policy({ ...web, order: 10, ingress: [fromDb] })], "db", "web")).toBe(true);
});

test("ports, protocols and namespaces narrow a rule", () => {
  const on = (destination: object, protocol = "TCP") => [policy({ ...web, ingress: [{ action: "Allow", protocol, destination }] })];
  expect(ask(on({ ports: ["8000:9000"] }), "db", "web")).toBe(true);
  expect(ask(on({ ports: [443, "http"] }), "db", "web")).toBe(true);
  expect(ask(on({ ports: [443] }), "db", "web")).toBe(false);
  expect(ask(on({}, "UDP"), "db", "web")).toBe(false);
  const host = deployment({ name: "host", podSpec: { hostNetwork: true }, container: { ports: [{ name: "http", containerPort: 8080 }] } });
  const named = (action: string) => {
    const egress = [{ action, protocol: "TCP", destination: { ports: ["http"] } }, { action: "Allow" }];
    return ask([host, policy({ ...web, types: ["Egress"], egress })], "web", "host");
  };
  expect(["Allow", "Deny"].map(named)).toEqual([true, null]);
  const elsewhere = policy({ ...web, ingress: [{ action: "Allow", source: { namespaceSelector: "team == 'other'" } }] });
  expect(ask([elsewhere], OTHER_WEB, "web")).toBe(true);
  expect(ask([elsewhere], "db", "web")).toBe(false);
});

test("global policies reach every namespace", () => {
  const global = policy({ selector: "all()", types: ["Ingress"], ingress: [{ action: "Deny" }] }, { kind: "GlobalNetworkPolicy" });
  expect(ask([global], "web", OTHER_WEB)).toBe(false);
});

const tier = (name: string, order?: number, defaultAction?: string) => ({
  apiVersion: "projectcalico.org/v3",
  kind: "Tier",
  metadata: { name },
  spec: { order, ...(defaultAction && { defaultAction }) },
});
const deny = { action: "Deny" };
const pass = { action: "Pass" };

test("tiers go in order, each ends what it is about unless it passes it on", () => {
  const tiers = [tier("security", 20), tier("platform", 10)];
  const secure = (rules: readonly object[], of = "security") => policy({ ...web, tier: of, ingress: rules }, { name: of });
  const ask2 = (...objects: readonly object[]) => ask([...tiers, ...objects] as Parameters<typeof ask>[0], "db", "web");
  expect(ask2(secure([fromDb]))).toBe(true);
  expect(ask2(secure([deny], "platform"), secure([fromDb]))).toBe(false);
  expect(ask2(secure([pass], "platform"), secure([fromDb]))).toBe(true);
  expect(ask2(secure([{ ...fromDb, protocol: "UDP" }]))).toBe(false);
  expect(ask2(secure([pass]), policy({ ...web, order: 5, ingress: [deny] }))).toBe(false);
  // What stands first in the default tier comes after every tier before it.
  expect(ask2(secure([deny]), policy({ ...web, order: 1, ingress: [fromDb] }))).toBe(false);
  const open = [tier("open", 5, "Pass"), secure([{ ...fromDb, protocol: "UDP" }], "open")];
  expect(ask2(...open)).toBe(true);
  expect(ask2(...open, policy({ ...web, ingress: [deny] }))).toBe(false);
  expect(ask([secure([fromDb]), policy({ ...web, order: 1, ingress: [deny] })], "db", "web")).toBe(null);
});

test("tiers after that of network policies are asked where it hands on", () => {
  const late = [tier("late", 2_000_000), tier("last"), policy({ ...web, tier: "late", ingress: [{ ...deny, protocol: "UDP" }, pass] }, { name: "late" })];
  const last = policy({ ...web, tier: "last", ingress: [fromDb] }, { name: "last" });
  const asked = (...objects: Parameters<typeof ask>[0]) => ["db", OTHER_WEB].map((from) => ask([...late, last, ...objects], from, "web"));
  expect(asked()).toEqual([true, false]);
  expect(ask([...late, last], "db", "web", 53, "UDP")).toBe(false);
  expect(asked({ ...networkPolicy(), spec: { podSelector: {}, ingress: [{}] } })).toEqual([true, true]);
  expect(asked({ ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"] } })).toEqual([false, false]);
  expect(asked(policy({ ...web, ingress: [pass] }))).toEqual([true, false]);
  // One of the same order may come before or after it, and what the baseline tier says stands among them.
  expect(ask([tier("even", 1_000_000), policy({ ...web, tier: "even", ingress: [deny] })], "db", "web")).toBe(null);
  const baseline = {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "base" },
    spec: { tier: "Baseline", priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [{ namespaces: {} }] }] },
  };
  expect(asked(baseline)).toEqual([null, false]);
});

test("what the default tier passes goes on to the baseline tier, over network policies too", () => {
  const denied = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"] } };
  expect(ask([denied, policy({ ...web, order: 10, ingress: [pass] })], "db", "web")).toBe(true);
  const baseline = {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "base" },
    spec: { tier: "Baseline", priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [{ namespaces: {} }] }] },
  };
  expect(ask([denied, baseline, policy({ ...web, order: 10, ingress: [pass] })], "db", "web")).toBe(false);
  expect(ask([denied, policy({ ...web, ingress: [pass] })], "db", "web")).toBe(true);
});

test("a selector of what is not meant names everything else, also outside", () => {
  const except = (kind: string) => policy({ ...web, ingress: [{ action: "Allow", source: { notSelector: "app == 'db'" } }] }, { kind });
  expect(["db", OTHER_WEB, "external"].map((from) => ask([except("GlobalNetworkPolicy")], from, "web"))).toEqual([false, true, true]);
  // As soon as a rule of a namespace has any selector, it stays in that namespace.
  expect(["db", "web", OTHER_WEB, "external"].map((from) => ask([except("NetworkPolicy")], from, "web"))).toEqual([false, true, false, false]);
});

test("a selector of namespaces takes whatever is in one, or in none", () => {
  const from = (namespaceSelector: string) =>
    policy({ ...web, ingress: [{ action: "Allow", source: { namespaceSelector } }] }, { kind: "GlobalNetworkPolicy" });
  expect(["db", OTHER_WEB, "external"].map((one) => ask([from("all()")], one, "web"))).toEqual([true, true, false]);
  expect(["db", OTHER_WEB, "external"].map((one) => ask([from("global()")], one, "web"))).toEqual([false, false, false]);
  expect(ask([from("global()"), set(["203.0.113.0/24"])], "external", "web")).toBe(null);
  expect(ask([from("global()"), set(["203.0.113.0/24"], { namespace: "shop" })], "external", "web")).toBe(false);
  expect(ask([from("all()"), set(["203.0.113.0/24"])], "external", "web")).toBe(false);
  expect(ask([from("all()"), set(["203.0.113.0/24"], { namespace: "shop" })], "external", "web")).toBe(null);
  expect(ask([from("projectcalico.org/name == 'shop'"), set(["203.0.113.0/24"], { namespace: "other" })], "external", "web")).toBe(false);
});

describe("service accounts", () => {
  const account = (name: string, labels: object = {}, namespace = "shop") => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace, labels },
  });
  const till = deployment({ name: "till", podSpec: { serviceAccountName: "till" } });
  const far = deployment({ name: "till", namespace: "other", podSpec: { serviceAccountName: "till" } });
  const FAR = "other/Deployment/till";
  const GLOBAL = { kind: "GlobalNetworkPolicy" };
  const from = (source: object, part?: object) => policy({ ...web, ingress: [{ action: "Allow", source }] }, part);
  const asked = (rule: ReturnType<typeof policy>, ...more: Parameters<typeof ask>[0][number][]) =>
    ["till", "db", FAR, "external"].map((one) => ask([till, far, rule, ...more], one, "web"));

  test("are chosen by name, with the reach of the other selectors", () => {
    expect(asked(from({ serviceAccounts: { names: ["till", "cash"] } }))).toEqual([true, false, false, false]);
    expect(asked(from({ serviceAccounts: { names: ["till"] } }, GLOBAL))).toEqual([true, false, true, false]);
    expect(asked(from({ serviceAccounts: { names: ["app"] } }, GLOBAL))).toEqual([false, true, false, false]);
    expect(asked(from({ serviceAccounts: { names: ["till"] }, namespaceSelector: "team == 'other'" }))).toEqual([false, false, true, false]);
    expect(asked(from({ serviceAccounts: {} }))).toEqual([true, true, true, true]);
    for (const selector of ["projectcalico.org/serviceaccount == 'till'", "pcsa.projectcalico.org/name == 'till'"])
      expect(asked(from({ selector })), selector).toEqual([true, false, false, false]);
  });

  test("are chosen by their labels, together with their names", () => {
    const world = [account("till", { role: "cash" }), account("till", { role: "safe" }, "other")];
    expect(asked(from({ serviceAccounts: { selector: "role == 'cash'" } }, GLOBAL), ...world)).toEqual([true, false, false, false]);
    expect(asked(from({ serviceAccounts: { selector: "has(role)", names: ["app"] } }, GLOBAL), ...world)).toEqual([false, false, false, false]);
    expect(asked(from({ selector: "pcsa.role in {'safe', 'cash'}" }, GLOBAL), ...world)).toEqual([true, false, true, false]);
    // No set runs as an account, so that it lacks every label of one.
    const lacking = from({ serviceAccounts: { selector: "role != 'cash'" } }, GLOBAL);
    expect(asked(lacking, ...world, set(["203.0.113.0/24"]))).toEqual([false, true, true, null]);
    expect(asked(from({ serviceAccounts: { names: ["till"] } }, GLOBAL), set(["0.0.0.0/0"]))).toEqual([true, false, true, false]);
  });

  test("say what a policy applies to", () => {
    const applied = (serviceAccountSelector: string, part?: object) => policy({ types: ["Ingress"], serviceAccountSelector, ingress: [deny] }, part);
    const reached = (rule: ReturnType<typeof policy>) => ["till", "db", FAR].map((to) => ask([till, far, account("till", { role: "cash" }), rule], "web", to));
    expect(reached(applied("role == 'cash'"))).toEqual([false, true, true]);
    expect(reached(applied("projectcalico.org/name == 'till'", GLOBAL))).toEqual([false, true, false]);
    expect(reached(applied("role != 'cash'", GLOBAL))).toEqual([true, false, false]);
    expect(ask([applied("projectcalico.org/name == 'till'")], "web", "shop/Deployment/gone")).toBe(null);
  });

  test("have labels that are not known where they could not be read", () => {
    const said = (source: object) => answerConnectionIn(contextOf([...TWO_NAMESPACES, till, from(source)], ["ServiceAccount"]), QUESTION).allowed;
    const QUESTION = { kind: "connection", from: "shop/Deployment/till", to: "shop/Deployment/web", port: 8080 } as const;
    expect(said({ serviceAccounts: { selector: "role == 'cash'" } })).toBe(null);
    expect(said({ serviceAccounts: { names: ["till"] } })).toBe(true);
    expect(said({ serviceAccounts: { names: ["app"], selector: "role == 'cash'" } })).toBe(false);
  });
});

test("policies that are only staged are not asked", () => {
  for (const kind of ["StagedNetworkPolicy", "StagedGlobalNetworkPolicy", "StagedKubernetesNetworkPolicy"])
    expect(ask([policy({ ...web, ingress: [deny] }, { kind })], "db", "web"), kind).toBe(true);
});

test("address families, addresses, selectors that do not parse and tiers that are not there cannot be told", () => {
  expect(ask([policy({ ...web, ingress: [{ ...deny, ipVersion: 6 }, fromDb] })], "db", "web")).toBe(null);
  expect(ask([policy({ ...web, tier: "security", ingress: [fromDb] })], "db", "web")).toBe(null);
  expect(ask([policy({ ...web, ingress: [{ action: "Allow", source: { nets: ["10.0.0.0/8"] } }] })], "db", "web")).toBe(null);
  expect(ask([policy({ ...web, selector: "app ~ 'web'" })], "db", "web")).toBe(null);
});

test("a range that no pod could have an address of is about none", () => {
  const everybody = { kind: "GlobalNetworkPolicy" };
  const shield = (ranges: readonly string[]) =>
    policy({ types: ["Egress"], egress: [{ action: "Deny", destination: { nets: ranges } }, { action: "Allow" }] }, everybody);
  expect(ask([shield(["169.254.169.254/32", "fe80::/10"])], "web", "db")).toBe(true);
  expect(ask([shield(["169.254.169.254"])], "web", "external")).toBe(null);
  expect(ask([shield(["169.254.169.254/32", "10.0.0.0/8"])], "web", "db")).toBe(null);
  const rest = { nets: ["0.0.0.0/0"], notNets: ["169.254.169.254/32"] };
  expect(ask([policy({ types: ["Egress"], egress: [{ action: "Allow", destination: rest }] }, everybody)], "web", "db")).toBe(true);
  const chosen = policy({ types: ["Egress"], egress: [{ action: "Deny", destination: { selector: "role == 'partner'" } }, { action: "Allow" }] }, everybody);
  expect([["169.254.0.0/16"], ["10.0.0.0/8"]].map((ranges) => ask([chosen, set(ranges)], "web", "db"))).toEqual([true, null]);
});

const set = (nets: readonly string[], part: { namespace?: string; labels?: object } = {}) => ({
  apiVersion: "projectcalico.org/v3",
  kind: part.namespace ? "NetworkSet" : "GlobalNetworkSet",
  metadata: { name: "set", ...(part.namespace && { namespace: part.namespace }), labels: part.labels ?? { role: "partner" } },
  spec: { nets },
});

test("a selector may choose sets of addresses: where one may hold the other end, it cannot be told", () => {
  const global = { kind: "GlobalNetworkPolicy" };
  const fromPartner = policy({ ...web, ingress: [{ action: "Allow", source: { selector: "role == 'partner'" } }] }, global);
  expect(ask([fromPartner], "external", "web")).toBe(false);
  expect(ask([fromPartner, set(["203.0.113.0/24"])], "external", "web")).toBe(null);
  expect(ask([fromPartner, set(["203.0.113.0/24"], { labels: { role: "other" } })], "external", "web")).toBe(false);
  expect(ask([fromPartner, set(["203.0.113.0/24"])], "db", "web")).toBe(false);
  for (const net of ["10.0.0.0/8", "8.0.0.0/5", "2001:db8::/32"]) expect(ask([fromPartner, set([net])], "db", "web"), net).toBe(null);
});

test("a selector of Calico's own labels may choose the sets that could have them, and no others", () => {
  const asked = (selector: string, namespace?: string) => {
    const rule = { action: "Allow", source: { selector, ...(namespace && { namespaceSelector: "all()" }) } };
    return ask(
      [policy({ ...web, ingress: [rule] }, { kind: "GlobalNetworkPolicy" }), set(["203.0.113.0/24"], namespace ? { namespace } : {})],
      "external",
      "web",
    );
  };
  expect(asked("projectcalico.org/namespace == 'shop'", "shop")).toBe(null);
  expect(asked("projectcalico.org/namespace == 'shop'", "other")).toBe(false);
  expect(asked("projectcalico.org/namespace == 'shop'")).toBe(false);
  expect(asked("projectcalico.org/name == 'set'")).toBe(null);
  expect(asked("projectcalico.org/name == 'another'")).toBe(false);
  expect(asked("projectcalico.org/kind == 'NetworkSet' && role == 'partner'", "other")).toBe(null);
  expect(asked("projectcalico.org/kind == 'NetworkSet' && role == 'partner'")).toBe(false);
  expect(asked("!has(projectcalico.org/kind)")).toBe(null);
  expect(asked("projectcalico.org/namespaces == 'shop'")).toBe(null);
  expect(asked("pcns.team == 'a'", "shop")).toBe(null);
});

test("a rule of a namespace chooses sets of that namespace alone, unless it names others", () => {
  const source = { selector: "role == 'partner'" };
  const local = policy({ ...web, ingress: [{ action: "Allow", source }] });
  expect(ask([local, set(["203.0.113.0/24"], { namespace: "shop" })], "external", "web")).toBe(null);
  expect(ask([local, set(["203.0.113.0/24"], { namespace: "other" })], "external", "web")).toBe(false);
  expect(ask([local, set(["203.0.113.0/24"])], "external", "web")).toBe(false);
  const far = policy({ ...web, ingress: [{ action: "Allow", source: { ...source, namespaceSelector: "global()" } }] });
  expect(ask([far, set(["203.0.113.0/24"])], "external", "web")).toBe(null);
});

test("what a rule leaves out may be in a set", () => {
  const rest = { action: "Allow", source: { notSelector: "role == 'partner'" } };
  const allowed = policy({ ...web, ingress: [rest] }, { kind: "GlobalNetworkPolicy" });
  expect(ask([allowed], "external", "web")).toBe(true);
  expect(ask([allowed, set(["203.0.113.0/24"])], "external", "web")).toBe(null);
  expect(ask([allowed, set(["203.0.113.0/24"])], "db", "web")).toBe(true);
});

test("a denial of the order that NetworkPolicies have may come before them, or after", () => {
  const allowed = { ...networkPolicy({ name: "in" }), spec: { podSelector: {}, ingress: [{}] } };
  const deny = (order: number) => policy({ ...web, order, ingress: [{ action: "Deny" }] });
  expect([999, 1000, 1001].map((order) => ask([allowed, deny(order)], "db", "web"))).toEqual([false, null, true]);
  expect(ask([deny(1000)], "db", "web")).toBe(false);
  expect(ask([{ ...allowed, spec: { podSelector: {} } }, deny(1000)], "db", "web")).toBe(false);
  expect(ask([{ ...allowed, spec: { podSelector: {} } }, policy({ ...web, order: 1000, ingress: [fromDb] })], "db", "web")).toBe(true);
});
