import { fc } from "../../model/testing-properties";
import { describe, expect, test } from "vitest";
import { SLICE_KINDS } from "../../inventory/slices";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { answerConnectionIn } from "./answer-connection";
import { decideEgressToAddress } from "./egress-to-address";
import { endpointsView } from "./endpoints";
import { findDefaultIsolation, findIsolation } from "./isolation";
import { intersect } from "./namespace-matrix";
import { policyIndexView } from "./policy-index";
import { proposeForNamespace } from "./propose-policy";
import { reachView } from "./reach";
import { TWO_NAMESPACES } from "./testing";
import { contextOf, matrixOf, proofOf, worldsWithheld } from "./testing-worlds";

/** May `from` connect to `to`, while these kinds cannot be read? Names are Deployments of shop, or whole. */
function ask(objects: readonly JsonRecord[], withheld: readonly string[], from: string, to: string): boolean | null {
  return answerOf(objects, withheld, from, to).allowed;
}

function answerOf(objects: readonly JsonRecord[], withheld: readonly string[], from: string, to: string) {
  const whole = (name: string) => (name.includes("/") || name === "external" ? name : `shop/Deployment/${name}`);
  const question = { kind: "connection", from: whole(from), to: whole(to), port: 8080 } as const;
  return answerConnectionIn(contextOf([...TWO_NAMESPACES, ...objects], withheld), question);
}

const closed = (direction: "Ingress" | "Egress", labels: object = {}) => ({ ...networkPolicy(), spec: { podSelector: labels, policyTypes: [direction] } });
const open = { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] } };
const onNode = deployment({ name: "agent", podSpec: { hostNetwork: true } });
const calico = (spec: object) => ({
  apiVersion: "projectcalico.org/v3",
  kind: "GlobalNetworkPolicy",
  metadata: { name: "rule" },
  spec: { selector: "app == 'web'", types: ["Ingress"], ...spec },
});

describe("what cannot be read counts where it could change the answer alone", () => {
  test("policies of administrators decide before all others, though never for pods in the network of their node", () => {
    for (const kind of ["AdminNetworkPolicy", "ClusterNetworkPolicy"]) {
      expect(ask([], [kind], "db", "web")).toBe(null);
      expect(ask([closed("Ingress")], [kind], "db", "web")).toBe(null);
      expect(ask([onNode, deployment({ name: "other-agent", podSpec: { hostNetwork: true } })], [kind], "agent", "other-agent")).toBe(true);
    }
  });

  test("the baseline decides where nothing else does", () => {
    expect(ask([], ["BaselineAdminNetworkPolicy"], "db", "web")).toBe(null);
    expect(ask([closed("Ingress")], ["BaselineAdminNetworkPolicy"], "db", "web")).toBe(false);
    expect(ask([open], ["BaselineAdminNetworkPolicy"], "db", "web")).toBe(true);
  });

  test("policies of Cilium may deny and allow, and take back no denial", () => {
    const deny = {
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name: "deny", namespace: "shop" },
      spec: { endpointSelector: { matchLabels: { app: "web" } }, ingressDeny: [{ fromEndpoints: [{}] }] },
    };
    expect(ask([], ["CiliumClusterwideNetworkPolicy"], "db", "web")).toBe(null);
    expect(ask([closed("Ingress")], ["CiliumClusterwideNetworkPolicy"], "db", "web")).toBe(null);
    expect(ask([open], ["CiliumClusterwideNetworkPolicy"], "db", "web")).toBe(null);
    expect(ask([deny], ["CiliumClusterwideNetworkPolicy"], "db", "web")).toBe(false);
  });

  test("sets of addresses count where a rule of Calico chooses by labels, those of a namespace alone in the rules of one, too", () => {
    const fromPartner = calico({ ingress: [{ action: "Allow", source: { selector: "role == 'partner'" } }] });
    expect(ask([], ["NetworkSet", "GlobalNetworkSet"], "db", "web")).toBe(true);
    expect(ask([calico({ ingress: [{ action: "Deny" }] })], ["NetworkSet", "GlobalNetworkSet"], "db", "web")).toBe(false);
    for (const kind of ["NetworkSet", "GlobalNetworkSet"]) expect(ask([fromPartner], [kind], "db", "web"), kind).toBe(null);
    const local = { ...fromPartner, kind: "NetworkPolicy", metadata: { name: "rule", namespace: "shop" } };
    expect(ask([local], ["NetworkSet"], "db", "web")).toBe(null);
    expect(ask([local], ["GlobalNetworkSet"], "db", "web")).toBe(false);
  });

  test("tiers count where a policy of Calico is in another than the default one", () => {
    const allow = { ingress: [{ action: "Allow" }] };
    expect(ask([calico(allow)], ["Tier"], "db", "web")).toBe(true);
    const tier = { apiVersion: "projectcalico.org/v3", kind: "Tier", metadata: { name: "first" }, spec: { order: 1 } };
    expect(ask([tier, calico({ ...allow, tier: "first" })], [], "db", "web")).toBe(true);
    expect(ask([tier, calico({ ...allow, tier: "first" })], ["Tier"], "db", "web")).toBe(null);
  });

  test("a firewall could refuse what leaves the networks of pods, and nothing else", () => {
    for (const kind of ["EgressFirewall", "EgressNetworkPolicy"]) {
      expect(ask([], [kind], "db", "web")).toBe(true);
      expect(ask([], [kind], "external", "web")).toBe(true);
      expect(ask([], [kind], "web", "external")).toBe(null);
      expect(ask([onNode], [kind], "web", "agent")).toBe(null);
      expect(ask([closed("Egress")], [kind], "web", "external")).toBe(false);
      expect(ask([onNode], [kind], "agent", "external")).toBe(true);
    }
  });

  test("networks of pods count for namespaces that are labelled for one", () => {
    const red = [namespace({ name: "red", labels: { "k8s.ovn.org/primary-user-defined-network": "" } }), deployment({ name: "app", namespace: "red" })];
    const blue = [namespace({ name: "blue", labels: { "k8s.ovn.org/primary-user-defined-network": "" } }), deployment({ name: "app", namespace: "blue" })];
    const primary = (name: string) => ({
      apiVersion: "k8s.ovn.org/v1",
      kind: "UserDefinedNetwork",
      metadata: { name, namespace: name },
      spec: { topology: "Layer3", layer3: { role: "Primary" } },
    });
    const objects = [...red, ...blue, primary("red"), primary("blue")];
    const [RED, BLUE] = ["red/Deployment/app", "blue/Deployment/app"];
    expect(ask(objects, [], RED, BLUE)).toBe(false);
    for (const kind of ["UserDefinedNetwork", "ClusterUserDefinedNetwork", "NetworkAttachmentDefinition", "ClusterNetworkConnect"]) {
      expect(ask(objects, [kind], RED, BLUE), kind).toBe(null);
      expect(ask(objects, [kind], "db", "web"), kind).toBe(true);
    }
    expect(ask(objects, ["ClusterNetworkConnect"], RED, "web")).toBe(false);
  });

  test("what one API hands on, or decides first, hangs on the others that were not read", () => {
    const admin = (tier: string, action: string, part: object = {}) => ({
      apiVersion: "policy.networking.k8s.io/v1alpha2",
      kind: "ClusterNetworkPolicy",
      metadata: { name: tier.toLowerCase() },
      spec: { tier, priority: 1, subject: { namespaces: {} }, ingress: [{ action, from: [{ namespaces: {} }] }], ...part },
    });
    // A policy of Cilium may allow what Calico leaves to a baseline that denies it.
    const handsOn = [admin("Baseline", "Deny"), calico({ order: 2000, ingress: [{ action: "Pass" }] })];
    expect([ask(handsOn, [], "db", "web"), ask(handsOn, ["CiliumNetworkPolicy"], "db", "web")]).toEqual([false, null]);
    // Which of the two comes first is not known, whatever Antrea may say after them.
    const tier = { apiVersion: "projectcalico.org/v3", kind: "Tier", metadata: { name: "first" }, spec: { order: 1 } };
    const disagree = [
      admin("Admin", "Accept", { egress: [{ action: "Accept", to: [{ namespaces: {} }] }] }),
      tier,
      calico({ tier: "first", ingress: [{ action: "Deny" }] }),
    ];
    expect([ask(disagree, [], "db", "web"), ask(disagree, ["AntreaNetworkPolicy"], "db", "web")]).toEqual([null, null]);
  });

  test("a NetworkPolicy that allows everything opens a namespace only where no policy of administrators comes before it", () => {
    const deny = {
      apiVersion: "policy.networking.k8s.io/v1alpha1",
      kind: "AdminNetworkPolicy",
      metadata: { name: "deny" },
      spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [{ namespaces: {} }] }] },
    };
    const state = (objects: readonly JsonRecord[], withheld: readonly string[]) => {
      const index = contextOf([...TWO_NAMESPACES, open, ...objects], withheld).view(policyIndexView);
      return findDefaultIsolation(index, "shop", {}, "ingress").state;
    };
    expect([state([], []), state([deny], []), state([], ["AdminNetworkPolicy"])]).toEqual(["open", "isolated", "unknown"]);
  });

  test("policies of Antrea come before those of administrators, unless they are in its baseline", () => {
    const accept = {
      apiVersion: "policy.networking.k8s.io/v1alpha1",
      kind: "AdminNetworkPolicy",
      metadata: { name: "accept" },
      spec: {
        priority: 1,
        subject: { namespaces: {} },
        ingress: [{ action: "Allow", from: [{ namespaces: {} }] }],
        egress: [{ action: "Allow", to: [{ namespaces: {} }] }],
      },
    };
    const antrea = { apiVersion: "crd.antrea.io/v1beta1", kind: "ClusterNetworkPolicy", metadata: { name: "first" }, spec: { tier: "emergency" } };
    const worlds = [contextOf([...TWO_NAMESPACES, accept], ["AntreaClusterNetworkPolicy"]), contextOf([...TWO_NAMESPACES, accept, antrea])];
    for (const context of worlds) {
      const question = { kind: "connection", from: "shop/Deployment/db", to: "shop/Deployment/web", port: 8080 } as const;
      expect(answerConnectionIn(context, question).allowed).toBe(null);
      const [pod] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
      expect(pod && findIsolation(context.view(policyIndexView), pod, "ingress").state).toBe("unknown");
    }
    expect(ask([accept], [], "db", "web")).toBe(true);
  });

  test("says which kinds were not read, and why", () => {
    const [reason] = answerOf([], ["AdminNetworkPolicy", "ClusterNetworkPolicy"], "db", "web").because;
    expect(reason?.message).toBe(
      "ClusterNetworkPolicy and AdminNetworkPolicy objects could not be read, and one of them may decide this. Listing ClusterNetworkPolicy was refused.",
    );
    const antrea = answerOf([], ["AntreaClusterNetworkPolicy"], "db", "web").because;
    expect(antrea[0]?.message).toMatch(/^Antrea ClusterNetworkPolicy objects could not be read, /);
  });

  test("a pod that a NetworkPolicy closes stays closed where nothing that was not read could let everybody in, and one that nothing closes is no pass", () => {
    const isolation = (objects: readonly JsonRecord[], kind: string, direction: "ingress" | "egress" = "ingress") => {
      const context = contextOf([...TWO_NAMESPACES, ...objects], [kind]);
      const [pod] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
      return pod && findIsolation(context.view(policyIndexView), pod, direction).state;
    };
    for (const kind of SLICE_KINDS.otherNetworkPolicies) {
      const isForeign = /Policy$/.test(kind) && !["EgressNetworkPolicy", "FQDNNetworkPolicy"].includes(kind);
      expect(isolation([closed("Ingress")], kind), kind).toBe(isForeign && kind !== "BaselineAdminNetworkPolicy" ? "unknown" : "isolated");
      expect(isolation([], kind), kind).toBe(isForeign ? "unknown" : "open");
    }
    // Outwards alone, names of domains open and close.
    expect([[], [closed("Egress")]].map((objects) => isolation(objects, "FQDNNetworkPolicy", "egress"))).toEqual(["unknown", "unknown"]);
  });
});

test("a policy that lets everybody through opens what others close", () => {
  const isolation = (objects: readonly JsonRecord[], withheld: readonly string[] = []) => {
    const context = contextOf([...TWO_NAMESPACES, closed("Ingress"), ...objects], withheld);
    const [pod] = context.view(endpointsView).get("shop/Deployment/web") ?? [];
    const { state, by } = pod ? findIsolation(context.view(policyIndexView), pod, "ingress") : { state: null, by: [] };
    return [state, ...by.map(({ kind }) => kind)];
  };
  const everybody = calico({ order: 10, ingress: [{ action: "Allow" }] });
  const cilium = (ingress: object) => ({
    apiVersion: "cilium.io/v2",
    kind: "CiliumClusterwideNetworkPolicy",
    metadata: { name: "all" },
    spec: { endpointSelector: {}, ingress: [ingress] },
  });
  expect(isolation([everybody])).toEqual(["open", "GlobalNetworkPolicy"]);
  expect(isolation([cilium({ fromEntities: ["all"] })])).toEqual(["open", "CiliumClusterwideNetworkPolicy"]);
  for (const kind of ["GlobalNetworkPolicy", "CiliumNetworkPolicy"]) expect(isolation([], [kind]), kind).toEqual(["unknown"]);
  // One port, some peers, or a denial of the rest close it still.
  for (const closing of [
    calico({ order: 10, ingress: [{ action: "Allow", protocol: "TCP", destination: { ports: [80] } }] }),
    calico({ order: 10, ingress: [{ action: "Allow", source: { selector: "all()" } }] }),
    calico({ order: 10, ingress: [{ action: "Deny", source: { selector: "app == 'db'" } }, { action: "Deny" }, { action: "Allow" }] }),
    cilium({ fromEntities: ["cluster"] }),
    cilium({ fromEntities: ["all"], toPorts: [{ ports: [{ port: "80", protocol: "TCP" }] }] }),
  ])
    expect(isolation([closing]), JSON.stringify(closing)).toEqual(["isolated", "NetworkPolicy"]);
});

test("addresses of the outside are no part that is open and part that is closed while what decides of either is not read", async () => {
  const accept = {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "accept" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, egress: [{ action: "Accept", to: [{ networks: ["10.0.0.0/8"] }] }] },
  };
  const outside = async (withheld: readonly string[]) => {
    const reach = contextOf([...TWO_NAMESPACES, closed("Egress"), accept], withheld).view(reachView);
    return (await matrixOf(reach)).cell("shop", null)?.state;
  };
  expect(await outside([])).toBe("restricted");
  expect(await outside(["CiliumNetworkPolicy"])).toBe("unknown");
});

type Asked = ReturnType<typeof contextOf>;

const PORTS = [80, 5432, 8080, 8081] as const;
const SIDES = ["ingress", "egress"] as const;

/** Every answer about every pair of pods, by the question; null = it cannot be told. */
function* connections(context: Asked): Generator<readonly [string, boolean | null]> {
  const names = [...context.view(endpointsView).keys(), "external"];
  for (const from of names)
    for (const to of names)
      for (const port of PORTS) yield [`${from} to ${to} on ${port}`, answerConnectionIn(context, { kind: "connection", from, to, port }).allowed];
}

/** What is said of each pod by itself: whether it is closed, and whether it reaches an address outside. */
function* isolations(context: Asked): Generator<readonly [string, string | null]> {
  const index = context.view(policyIndexView);
  const told = (state: string): string | null => (state === "unknown" ? null : state);
  for (const [name, [pod]] of context.view(endpointsView)) {
    if (!pod) continue;
    for (const side of SIDES) {
      const { state, voidedBy } = findIsolation(index, pod, side);
      yield [`${side} of ${name}`, told(voidedBy ? `voided by ${voidedBy.name}` : state)];
      yield [`new pods beside ${name} for ${side}`, told(findDefaultIsolation(index, pod.namespace, pod.namespaceLabels, side).state)];
    }
    const { allowed } = decideEgressToAddress(index, pod, "169.254.169.254", { port: 80, protocol: "TCP" });
    yield [`address from ${name}`, allowed === null ? null : String(allowed)];
  }
}

/** The page's answers: by pair of workloads and port, and by pair of namespaces. */
async function* reaches(context: Asked): AsyncGenerator<readonly [string, string | null]> {
  const reach = context.view(reachView);
  const told = (state: string | undefined): string | null => (state === "unknown" ? null : (state ?? "none"));
  const names = [...reach.classes.byWorkload.keys(), null];
  for (const from of names)
    for (const to of names) {
      const [one] = from === null ? [null] : reach.classesOf(from);
      const [other] = to === null ? [null] : reach.classesOf(to);
      const egress = one ? reach.verdictsOf(one, "egress", other ?? null) : reach.pool.open;
      const ingress = other ? reach.verdictsOf(other, "ingress", one ?? null) : reach.pool.open;
      const found = intersect(egress.spans, ingress.spans);
      for (const port of PORTS)
        yield [`${from} to ${to} on ${port}`, told(found.find(({ span }) => span.protocol === "TCP" && span.from <= port && port <= span.to)?.verdict)];
    }
  const matrix = await matrixOf(reach);
  for (const from of [null, ...matrix.namespaces])
    for (const to of [null, ...matrix.namespaces]) yield [`${from} to ${to}`, told(matrix.cell(from, to)?.state)];
}

test.each([
  ["connections", connections],
  ["isolation", isolations],
  ["reachability", reaches],
] as const)("a kind that is withheld makes an answer about %s unknown, and never another one", async (_, list) => {
  await fc.assert(
    fc.asyncProperty(worldsWithheld, async ([objects, withheld]) => {
      const whole = new Map<string, unknown>();
      for await (const [question, answer] of list(contextOf(objects))) whole.set(question, answer);
      for await (const [question, answer] of list(contextOf(objects, withheld)))
        if (answer !== null) expect({ question, answer }).toEqual({ question, answer: whole.get(question) });
    }),
    { numRuns: 250 },
  );
});

test("a policy that is proposed without a kind opens nothing that a policy of that kind closes", async () => {
  await fc.assert(
    fc.asyncProperty(worldsWithheld, async ([objects, withheld]) => {
      const whole = contextOf(objects);
      for (const name of ["shop", "bank", "ops"]) {
        const proposal = proposeForNamespace(contextOf(objects, withheld), name, "cluster");
        expect((await proofOf(whole, proposal)).opened, name).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});
