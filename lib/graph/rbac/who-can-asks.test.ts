import { expect, test } from "vitest";
import { toWhoCanAsks } from "./who-can-asks";

const groups = new Map([
  ["secrets", ""],
  ["deployments", "apps"],
  ["groups", "idp.example"],
]);
const read = (resource: string): readonly string[] => toWhoCanAsks("get", resource, groups).map((ask) => `${ask.group}|${ask.resources.join()}`);

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
  expect(toWhoCanAsks("get,list", "secrets,nodes", groups).map((ask) => ask.verbs)).toEqual([
    ["get", "list"],
    ["get", "list"],
  ]);
});
