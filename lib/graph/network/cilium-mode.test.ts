import { expect, test } from "vitest";
import { configMap, daemonSet, networkPolicy, pod } from "../../inventory/testing";
import { eksAuto, strictVpcCni } from "../../controls/testing-open-pods";
import { ask, OTHER_WEB } from "./testing";

const agent = daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.18.2" } });
const calico = daemonSet({ name: "calico-node", namespace: "calico-system", container: { image: "quay.io/calico/node:v3.30.0" } });
const config = (mode: string) => configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": mode } });
const into = (app: string, rule: object) => ({ ...networkPolicy({ name: `into-${app}` }), spec: { podSelector: { matchLabels: { app } }, ingress: [rule] } });
const outOf = (app: string) => ({
  ...networkPolicy({ name: `out-of-${app}` }),
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ["Egress"], egress: [{}] },
});
const host = pod({ name: "host", podSpec: { hostNetwork: true } });

test("where Cilium isolates every pod, only what both ends allow connects", () => {
  const always = [agent, config("Always")];
  expect(ask(always, "db", "web")).toBe(false);
  expect(ask([...always, into("web", {})], "db", "web")).toBe(false);
  expect(ask([...always, outOf("db")], "db", "web")).toBe(false);
  expect(ask([...always, into("web", {}), outOf("db")], "db", "web")).toBe(true);
  expect(ask([...always, into("web", {}), outOf("db")], OTHER_WEB, "web")).toBe(false);
  expect(ask([...always, into("web", {})], "external", "web")).toBe(true);
  expect(ask(always, "external", "web")).toBe(false);
  expect(ask([agent, config("default")], "db", "web")).toBe(true);
});

test("what comes from a node cannot be told there, for its own node is let in", () => {
  expect(ask([agent, config("always"), host], "shop/host", "web")).toBe(null);
  expect(ask([agent, config("always"), host, into("web", {})], "shop/host", "web")).toBe(true);
});

test("a rule of Cilium that allows counts there as well, and one that may allow leaves it open", () => {
  const rule = (from: object) => ({
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "into-web", namespace: "shop" },
    spec: { endpointSelector: { matchLabels: { app: "web" } }, enableDefaultDeny: { ingress: false, egress: false }, ingress: [{ fromEndpoints: [from] }] },
  });
  const always = [agent, config("always"), outOf("db")];
  expect(ask([...always, rule({ matchLabels: { app: "db" } })], "db", "web")).toBe(true);
  expect(ask([...always, rule({ matchLabels: { app: "x" } })], "db", "web")).toBe(false);
  expect(ask([...always, rule({ matchLabels: { "io.cilium.k8s.policy.cluster": "default" } })], "db", "web")).toBe(null);
});

test("where Cilium enforces no policy, everything connects", () => {
  const closed = into("web", { from: [{ podSelector: { matchLabels: { app: "x" } } }] });
  expect(ask([agent, config("never"), closed], "db", "web")).toBe(true);
  expect(ask([agent, config("never"), closed], "db", "web", "none")).toBe(false);
});

test("where Cilium only reports what policies would close, everything connects", () => {
  const audit = (value: string, mode = "default") =>
    configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": mode, "policy-audit-mode": value } });
  const closed = into("web", { from: [{ podSelector: { matchLabels: { app: "x" } } }] });
  expect(ask([agent, audit("true"), closed], "db", "web")).toBe(true);
  expect(ask([agent, audit("true", "always")], "db", "web")).toBe(true);
  expect(ask([agent, audit("false"), closed], "db", "web")).toBe(false);
  expect(ask([audit("true"), closed], "db", "web")).toBe(null);
});

test("where Cilium ignores NetworkPolicies, those of its own kinds alone close", () => {
  const ignoring = (value: string) => configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-k8s-networkpolicy": value } });
  const closed = into("web", { from: [{ podSelector: { matchLabels: { app: "x" } } }] });
  const own = {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "into-web", namespace: "shop" },
    spec: { endpointSelector: { matchLabels: { app: "web" } }, ingress: [{ fromEndpoints: [{ matchLabels: { app: "x" } }] }] },
  };
  expect(ask([agent, ignoring("false"), closed], "db", "web")).toBe(true);
  expect(ask([agent, ignoring("true"), closed], "db", "web")).toBe(false);
  expect(ask([agent, ignoring("false"), closed, own], "db", "web")).toBe(false);
  expect(ask([agent, calico, ignoring("false"), closed], "db", "web")).toBe(null);
});

test("settings without a Cilium that runs alone decide nothing, and count only where they would", () => {
  const closed = into("web", { from: [{ podSelector: { matchLabels: { app: "x" } } }] });
  for (const plugins of [[], [agent, calico]]) {
    expect(ask([...plugins, config("never"), closed], "db", "web")).toBe(null);
    expect(ask([...plugins, config("never"), closed], "db", "db")).toBe(true);
    expect(ask([...plugins, config("always")], "db", "web")).toBe(null);
    expect(ask([...plugins, config("always"), closed], "db", "web")).toBe(false);
  }
});

test("where Amazon VPC CNI closes what no policy selects, as it is made, an opening for lack of policies cannot be told", () => {
  const named = ["db", "web"] as const;
  expect(ask([...strictVpcCni], ...named)).toBe(null);
  expect(ask([...strictVpcCni, into("web", {})], ...named)).toBe(null);
  expect(ask([...strictVpcCni, into("web", {}), outOf("db")], ...named)).toBe(true);
  expect(ask([...strictVpcCni, into("web", { from: [{ podSelector: { matchLabels: { app: "x" } } }] })], ...named)).toBe(false);
});

test("so it is where nodes of EKS Auto Mode close what no policy selects, or may", () => {
  const named = ["db", "web"] as const;
  expect(ask(eksAuto({ web: "DefaultDeny", db: "DefaultAllow" }), ...named)).toBe(null);
  expect(ask(eksAuto({ web: null }), ...named)).toBe(null);
  expect(ask(eksAuto({ web: "DefaultAllow" }), ...named)).toBe(true);
  expect(ask([...eksAuto({ web: "DefaultDeny" }), into("web", {}), outOf("db")], ...named)).toBe(true);
});
