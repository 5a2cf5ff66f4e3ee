import { expect, test } from "vitest";
import { configMap, daemonSet, deployment, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { endpointsView } from "./endpoints";
import { findIsolation } from "./isolation";
import { policyIndexView } from "./policy-index";
import { ask as askIn, TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

const cilium = daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.17.0" } });
const calico = daemonSet({ name: "calico-node", namespace: "kube-system", container: { image: "docker.io/calico/node:v3.30.0" } });
const settings = (data: object): JsonRecord => configMap({ name: "cilium-config", namespace: "kube-system", data });
const zoned = deployment({ name: "zoned", podLabels: { "example.com/zone": "a", "controller-uid": "1" } });
const closes = (podSelector: object): JsonRecord => ({ ...networkPolicy({ name: "closed" }), spec: { podSelector, policyTypes: ["Ingress"] } });
const byZone = closes({ matchLabels: { "example.com/zone": "a" } });
const ask = (objects: readonly JsonRecord[]) => askIn([zoned, ...objects], "db", "zoned");
const OUT = settings({ labels: "!example.com" });

test("where Cilium alone enforces policies, a label that it leaves out chooses nobody in a NetworkPolicy either", () => {
  expect(ask([byZone])).toBe(false);
  expect(ask([byZone, cilium])).toBe(false);
  expect(ask([byZone, cilium, OUT])).toBe(true);
  expect(ask([byZone, cilium, settings({ labels: "k8s:app" })])).toBe(true);
  expect(ask([closes({ matchLabels: { app: "zoned" } }), cilium, settings({ labels: "k8s:app" })])).toBe(false);
});

test("nor does a peer of a rule that names it", () => {
  const from = (labels: object): JsonRecord => ({
    ...networkPolicy({ name: "peers" }),
    spec: { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: { matchLabels: labels } }] }] },
  });
  const asked = (labels: object, ...more: readonly JsonRecord[]) => askIn([zoned, from(labels), ...more], "zoned", "web");
  expect([asked({ "example.com/zone": "a" }), asked({ "example.com/zone": "a" }, cilium, OUT)]).toEqual([true, false]);
  expect([asked({ "controller-uid": "1" }), asked({ "controller-uid": "1" }, cilium)]).toEqual([true, null]);
});

test("policies of administrators choose by the same labels, and what hangs on one that may be left out cannot be told", () => {
  const admin = (subject: object, from: object = {}): JsonRecord => ({
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "closed" },
    spec: {
      tier: "Admin",
      priority: 1,
      subject: { pods: { podSelector: subject } },
      ingress: [{ action: "Deny", from: [{ pods: { podSelector: from } }] }],
    },
  });
  const labelled = (key: string) => ({ matchExpressions: [{ key, operator: "Exists" }] });
  const without = (key: string) => ({ matchExpressions: [{ key, operator: "DoesNotExist" }] });
  const zone = "example.com/zone";
  expect([ask([admin(labelled(zone))]), ask([admin(labelled(zone)), cilium, OUT]), ask([admin(without(zone)), cilium, OUT])]).toEqual([false, true, false]);
  for (const subject of [labelled("controller-uid"), without("controller-uid")]) {
    expect(ask([admin(subject), cilium])).toBe(null);
    const found = contextOf([...TWO_NAMESPACES, zoned, cilium, admin(subject)]);
    const [self] = found.view(endpointsView).get("shop/Deployment/zoned") ?? [];
    expect(self && findIsolation(found.view(policyIndexView), self, "ingress").state).toBe("unknown");
  }
  const asked = (from: object, ...more: readonly JsonRecord[]) => askIn([zoned, admin({}, from), ...more], "zoned", "web");
  expect([asked(labelled(zone)), asked(labelled(zone), cilium, OUT)]).toEqual([false, true]);
  for (const from of [labelled("controller-uid"), without("controller-uid")]) expect(asked(from, cilium)).toBe(null);
});

test("a label that some versions of Cilium leave out, or a file of the agent may, cannot be told", () => {
  expect(ask([closes({ matchLabels: { "controller-uid": "1" } }), cilium])).toBe(null);
  expect(ask([byZone, cilium, settings({ "label-prefix-file": "/etc/labels.json" })])).toBe(null);
  expect(ask([closes({}), cilium, settings({ "label-prefix-file": "/etc/labels.json" })])).toBe(false);
});

test("beside another plugin that may enforce them, all labels count", () => {
  expect(ask([byZone, cilium, calico, OUT])).toBe(false);
});

test("whether such a policy isolates a pod is told in the same way", () => {
  const stateOf = (...objects: readonly JsonRecord[]) => {
    const context = contextOf([...TWO_NAMESPACES, zoned, ...objects]);
    const [self] = context.view(endpointsView).get("shop/Deployment/zoned") ?? [];
    return self && findIsolation(context.view(policyIndexView), self, "ingress").state;
  };
  expect(stateOf(byZone, cilium)).toBe("isolated");
  expect(stateOf(byZone, cilium, OUT)).toBe("open");
  expect(stateOf(closes({ matchLabels: { "controller-uid": "1" } }), cilium)).toBe("unknown");
});

test("nor does doubt about one policy hide what others decide, whichever comes first", () => {
  const byUid = { matchLabels: { "controller-uid": "1" } };
  const opens: JsonRecord = { ...networkPolicy({ name: "opens" }), spec: { podSelector: byUid, policyTypes: ["Ingress"], ingress: [{}] } };
  const cilia = {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "all", namespace: "shop" },
    spec: { endpointSelector: {}, ingress: [{}] },
  };
  const stateOf = (...objects: readonly JsonRecord[]) => {
    const context = contextOf([...TWO_NAMESPACES, zoned, cilium, ...objects]);
    const [self] = context.view(endpointsView).get("shop/Deployment/zoned") ?? [];
    return self && findIsolation(context.view(policyIndexView), self, "ingress").state;
  };
  expect([stateOf(cilia), stateOf(closes(byUid), cilia)]).toEqual(["isolated", "isolated"]);
  expect([stateOf(closes({}), opens), stateOf(opens, cilia)]).toEqual(["unknown", "unknown"]);
});
