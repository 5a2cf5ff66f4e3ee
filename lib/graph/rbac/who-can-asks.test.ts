import { expect, test } from "vitest";
import { toPolicyRules } from "./policy-rules";
import { toResourceNames } from "./resource-names";
import { rule } from "./testing";
import { isUnknownResource, tidyResource, toWhoCanAsks } from "./who-can-asks";

const kind = (name: string, resource: string, group: string) => ({ kind: name, resource, group, version: "v1", status: "read", objects: 0 }) as const;
const names = toResourceNames(
  [
    kind("Secret", "secrets", ""),
    kind("Deployment", "deployments", "apps"),
    kind("Group", "groups", "idp.example"),
    kind("NetworkPolicy", "networkpolicies", "n"),
  ],
  toPolicyRules({
    rules: [
      rule("cert-manager.io", ["certificates", "certificates/status"], ["get"]),
      rule("extensions", ["deployments"], ["get"]),
      { ...rule("", ["events"], ["get"]), apiGroups: ["", "events.k8s.io"] },
      rule("b.example", ["widgets"], ["get"]),
      rule("a.example", ["widgets"], ["get"]),
      rule("*", ["leases"], ["get"]),
    ],
  }),
);
const read = (resource: string): readonly string[] => toWhoCanAsks("get", resource, names).map((ask) => `${ask.group}|${ask.resources.join()}`);

test("resources are read as kubectl writes them, and a bare name is in the group that serves it", () => {
  expect(read("secrets,pods/exec,deployments,deployments.extensions,deployments/scale,deployments.apps/scale")).toEqual([
    "|secrets",
    "|pods/exec",
    "apps|deployments",
    "extensions|deployments",
    "apps|deployments/scale",
    "apps|deployments/scale",
  ]);
  expect(read("roles.rbac.authorization.k8s.io")).toEqual(["rbac.authorization.k8s.io|roles"]);
});

test("a star is everything in every group, and those who are impersonated are no objects", () => {
  expect(read("*,*.*,*.apps,groups")).toEqual(["*|*", "*|*", "apps|*", "|groups"]);
});

test("every verb is asked of every resource", () => {
  expect(toWhoCanAsks("get,list", "secrets,nodes", names).map((ask) => ask.verbs)).toEqual([
    ["get", "list"],
    ["get", "list"],
  ]);
});

test("a bare name that no scan lists is in the groups in which rules name it", () => {
  expect(read("certificates,certificates/status,events,widgets")).toEqual([
    "cert-manager.io|certificates",
    "cert-manager.io|certificates/status",
    "|events",
    "a.example|widgets",
    "b.example|widgets",
  ]);
});

test("a kind, a singular and a short name of kubectl mean the resource", () => {
  const written = ["Secret", "deploy", "Deployment.apps/scale", "netpol", "networkpolicy", "event", "certificate", "pods/exec", "/Metrics", "*.*"];
  expect(written.map((name) => tidyResource(name, names))).toEqual([
    "secrets",
    "deployments",
    "deployments.apps/scale",
    "networkpolicies",
    "networkpolicies",
    "events",
    "certificates",
    "pods/exec",
    "/Metrics",
    "*.*",
  ]);
});

test("what nothing is called is not known", () => {
  expect(["secrets", "widgets", "pods", "/metrics", "*", "users", "leases", "secretz/x"].filter((name) => isUnknownResource(name, names))).toEqual([
    "pods",
    "secretz/x",
  ]);
});

test("a path of the API server is asked about as it is", () => {
  expect(read("/metrics/*,secrets")).toEqual(["|/metrics/*", "|secrets"]);
});
