import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { networkPolicy, pod } from "../../inventory/testing";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { ownedBy } from "../../inventory/testing-roots";
import { type JsonRecord, record } from "../../model/json";
import { answerConnectionIn } from "./answer-connection";
import { TWO_NAMESPACES } from "./testing";

/** May `from` connect to `to`: in a part of a cluster, and in a whole one. */
function ask(objects: readonly JsonRecord[], from = "shop/Deployment/web", to = "other/Deployment/web"): readonly (boolean | null)[] {
  return [false, true].map((isComplete) => {
    const context = createContext(buildInventory([...TWO_NAMESPACES, ...objects], { ...WHOLE_CLUSTER, isComplete }));
    return answerConnectionIn(context, { kind: "connection", from, to, port: 8080 }).allowed;
  });
}

const cluster = (name: string, spec: object) => ({
  apiVersion: "policy.networking.k8s.io/v1alpha2",
  kind: "ClusterNetworkPolicy",
  metadata: { name },
  spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, ...spec },
});
const calico = (kind: string, name: string, spec: object) => ({ apiVersion: "projectcalico.org/v3", kind, metadata: { name }, spec });

const closedOut = { ...networkPolicy({ name: "closed" }), spec: { podSelector: {}, policyTypes: ["Egress"] } };
const openOut = { ...networkPolicy({ name: "open" }), spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } };
const everyone = [{ namespaces: {} }];

test("the baseline tier decides only where no NetworkPolicy does, and one may be elsewhere", () => {
  expect(ask([cluster("deny", { tier: "Baseline", egress: [{ action: "Deny", to: everyone }] })])).toEqual([null, false]);
  const accept = { tier: "Baseline", egress: [{ action: "Accept", to: everyone }], ingress: [{ action: "Accept", from: everyone }] };
  expect(ask([cluster("accept", accept)])).toEqual([null, true]);
  const past = calico("GlobalNetworkPolicy", "past", { order: 10, types: ["Egress"], egress: [{ action: "Pass" }] });
  expect(ask([past, cluster("deny", { tier: "Baseline", egress: [{ action: "Deny", to: everyone }] })])).toEqual([false, false]);
});

test("a tier of Calico that names no connection may have a policy elsewhere that does", () => {
  const objects = [calico("Tier", "first", { order: 10 }), calico("GlobalNetworkPolicy", "first.out", { tier: "first", types: ["Egress"] })];
  expect(ask(objects)).toEqual([null, false]);
  const denied = calico("GlobalNetworkPolicy", "first.no", { tier: "first", types: ["Egress"], egress: [{ action: "Deny" }] });
  expect(ask([...objects, denied])).toEqual([false, false]);
});

test("what a rule of one end denies is denied, though the other end is closed for want of a rule alone", () => {
  const denied = { ingress: [{ action: "Deny", from: everyone }] };
  expect(ask([closedOut, cluster("deny", denied)])).toEqual([false, false]);
  expect(ask([closedOut])).toEqual([null, false]);
});

test("where an address decides whether a rule is asked at all, both ways have to be told by rules", () => {
  const egress = [
    { action: "Pass", to: [{ networks: ["10.0.0.0/8"] }] },
    { action: "Deny", to: everyone },
  ];
  expect(ask([closedOut, cluster("ranges", { egress })])).toEqual([null, false]);
  expect(ask([closedOut, cluster("deny", { egress: egress.slice(1) })])).toEqual([false, false]);
});

test("of several pods behind one name, each has to be closed by a rule, and one that a rule opens is enough", () => {
  const pods = ["a", "b"].map((rev) => {
    const { metadata, ...others } = pod({ name: `app-${rev}`, labels: { rev } });
    return { ...others, metadata: { ...record(metadata), ...ownedBy("Rollout", "app", "argoproj.io/v1alpha1") } };
  });
  const ofA = { subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { rev: "a" } } } } };
  const rules = (action: string) => ({ ...ofA, egress: [{ action, to: everyone }] });
  expect(ask([...pods, closedOut, cluster("a", rules("Deny"))], "shop/Rollout/app")).toEqual([null, false]);
  const received = cluster("in", { priority: 2, ingress: [{ action: "Accept", from: everyone }] });
  expect(ask([...pods, cluster("a", rules("Accept")), received], "shop/Rollout/app")).toEqual([true, true]);
});

test("no policy is asked of what is outside, and sets of addresses may be elsewhere that a rule of Calico chooses", () => {
  const out = (egress: readonly object[]) => calico("GlobalNetworkPolicy", "out", { order: 10, types: ["Egress"], egress });
  expect(ask([openOut], undefined, "external")).toEqual([true, true]);
  const deny = { action: "Deny" };
  expect(ask([out([deny])], undefined, "external")).toEqual([false, false]);
  expect(ask([out([{ action: "Allow", destination: { selector: "role == 'mirror'" } }, deny])], undefined, "external")).toEqual([null, false]);
});
