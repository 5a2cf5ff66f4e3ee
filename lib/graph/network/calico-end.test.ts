import { expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { matchesEnd } from "./calico-end";
import type { Endpoint } from "./endpoint";
import { NO_GAPS } from "./policy-gaps";

const podIn = (namespace: string): Endpoint => ({
  ref: { apiVersion: "v1", kind: "Pod", namespace, name: "pod" },
  namespace,
  labels: {},
  namespaceLabels: {},
  isHostNetwork: false,
  namedPorts: [],
});

test("the labels of sets and of nodes are looked through once for all pods that an end of a rule is asked about", () => {
  let looks = 0;
  const look = () => {
    looks += 1;
    return { part: "db" };
  };
  const seen = (kind: string, spec: object) => {
    const object = toKubeObject({ apiVersion: "projectcalico.org/v3", kind, metadata: { name: "one" }, spec }, () => "workload");
    return Object.defineProperty(object, "labels", { get: look });
  };
  const [sets, hosts] = [[seen("GlobalNetworkSet", { nets: ["10.0.0.0/8"] })], [seen("HostEndpoint", { expectedIPs: ["10.0.0.1"] })]];
  const world = { sets, hosts, gaps: NO_GAPS, accounts: () => ({}) };
  const ends = [{ selector: "part == 'web'" }, { notSelector: "part == 'web'" }, { selector: "part == 'web'", namespaceSelector: "all()" }];
  const askOf = (namespace: string) => ends.map((end) => matchesEnd(end, podIn(namespace), "shop", world, null));
  expect([askOf("shop"), askOf("till")]).toEqual([
    [false, true, false],
    [false, false, false],
  ]);
  const first = looks;
  expect(first).toBeGreaterThan(0);
  askOf("bank");
  expect(looks).toBe(first);
});

test("a rule that files write once for policies of two namespaces is bound to each of them", () => {
  const [end, world] = [{ notSelector: "part == 'web'" }, { sets: [], hosts: [], gaps: NO_GAPS, accounts: () => ({}) }];
  expect(["shop", "till"].map((place) => matchesEnd(end, podIn("shop"), place, world, null))).toEqual([true, false]);
});
