import { fc } from "../model/testing-properties";
import { expect, test } from "vitest";
import { resourceKey } from "../model/resource-ref";
import { objectWords, resourcePath, subjectName, toResourceKey } from "./paths";

test("a sentence about the cluster as a whole names no object", () => {
  expect(subjectName({ apiVersion: "concentric.dev/v1", kind: "Cluster", name: "cluster" })).toBe("the cluster");
  expect(subjectName({ apiVersion: "apps/v1", kind: "Deployment", name: "cart" })).toBe("Deployment cart");
  expect(subjectName({ apiVersion: "provisioning.cattle.io/v1", kind: "Cluster", name: "east" })).toBe("Cluster east");
});

test("the cluster as a whole is called so, and not by the kind of a stand-in", () => {
  const words = (apiVersion: string, name: string): string => Object.values(objectWords({ apiVersion, kind: "Cluster", namespace: null, name })).join(" ");
  expect(words("concentric.dev/v1", "cluster")).toBe("The whole cluster");
  expect(words("provisioning.cattle.io/v1", "east")).toBe("Cluster east");
});

test("the path of what is called by a text that no database keeps leads to the key under which it is remembered", () => {
  for (const name of ["a\0b", "a\ud800", "\udc00/b"]) {
    const ref = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "User", namespace: null, name };
    const [groupKind = "", namespace = "", last = ""] = resourcePath("prod", ref).split("/").slice(-3).map(decodeURIComponent);
    expect(toResourceKey(groupKind, namespace, last)).toBe(resourceKey(ref));
  }
});

test("a resource's path leads back to its key, whatever its name", () => {
  const part = fc.stringMatching(/^[a-z][a-z0-9:.-]{0,20}$/);
  fc.assert(
    fc.property(
      fc.constantFrom("v1", "apps/v1", "rbac.authorization.k8s.io/v1"),
      fc.constantFrom("Pod", "Deployment", "User"),
      fc.option(part),
      part,
      (apiVersion, kind, namespace, name) => {
        const ref = { apiVersion, kind, namespace, name };
        const parts = resourcePath("prod", ref).split("/").slice(-3).map(decodeURIComponent);
        expect(toResourceKey(parts[0] ?? "", parts[1] ?? "", parts[2] ?? "")).toBe(resourceKey(ref));
      },
    ),
  );
});
