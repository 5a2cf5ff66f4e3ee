import { expect, test } from "vitest";
import { deployment, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import type { Endpoint } from "./endpoint";
import { endpointsView } from "./endpoints";
import { policyIndexView } from "./policy-index";
import { listSole } from "./side";
import { TWO_NAMESPACES } from "./testing";
import { contextOf } from "./testing-worlds";

function look(objects: readonly JsonRecord[], withheld: readonly string[] = []) {
  const context = contextOf([...TWO_NAMESPACES, ...objects], withheld);
  const index = context.view(policyIndexView);
  const endpoints = context.view(endpointsView);
  return (name: string, part: Partial<Endpoint> = {}) => {
    const [pod] = endpoints.get(name) ?? [];
    return pod ? listSole(index, { ...pod, ...part }, "egress") : expect.fail(`There is no ${name}.`);
  };
}

const closing = (name: string, spec: object = {}) => networkPolicy({ name, spec: { podSelector: {}, policyTypes: ["Egress"], ...spec } });
const all = closing("all");
const ofWeb = closing("web", { podSelector: { matchLabels: { app: "web" } } });

test("pods that the same NetworkPolicies isolate share one list, and no others do", () => {
  const soleOf = look([all, ofWeb, deployment({ name: "cache" })]);
  const [web, db, cache, other] = ["shop/Deployment/web", "shop/Deployment/db", "shop/Deployment/cache", "other/Deployment/web"].map((name) => soleOf(name));
  expect([web, db, cache, other].map((list) => list?.map(({ object }) => object.ref.name))).toEqual([["all", "web"], ["all"], ["all"], []]);
  expect(cache).toBe(db);
  expect(soleOf("shop/Deployment/web")).toBe(web);
});

test("where anything else may decide there is none", () => {
  const web = "shop/Deployment/web";
  const denying = {
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "cluster" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, egress: [{ action: "Deny", to: [{ networks: ["0.0.0.0/0"] }] }] },
  };
  const cilium = { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "app", namespace: "other" }, spec: { endpointSelector: {} } };
  expect([look([all, denying])(web), look([all, cilium])(web), look([all], ["CiliumNetworkPolicy"])(web)]).toEqual([null, null, null]);
  const soleOf = look([all]);
  expect([{ isHostNetwork: true }, { mayLack: ["app"] }, { kind: "absent" } as const].map((part) => soleOf(web, part))).toEqual([null, null, null]);
  expect(soleOf(web)).toHaveLength(1);
});
