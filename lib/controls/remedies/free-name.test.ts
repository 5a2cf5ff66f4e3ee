import { expect, it } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { networkPolicy } from "../../inventory/testing";
import { freeName } from "./free-name";

const policy = (name: string, namespace: string) => toKubeObject(networkPolicy({ name, namespace }), () => "workload");

it("takes no name that an object of the namespace has", () => {
  const objects = [policy("web", "shop"), policy("web-2", "shop"), policy("api", "other")];
  expect(freeName(objects, "shop", "web")).toBe("web-3");
  expect(freeName(objects, "shop", "api")).toBe("api");
});

it("keeps to the length of a name, and ends it as names end", () => {
  const long = `${"a".repeat(249)}.${"b".repeat(20)}`;
  expect(freeName([], "shop", long)).toBe("a".repeat(249));
  expect(freeName([policy("a".repeat(249), "shop")], "shop", long)).toBe(`${"a".repeat(249)}-2`);
});
