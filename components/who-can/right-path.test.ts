import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { RightPath } from "@/lib/contracts/who-can";
import { RuleWords } from "./right-path";

const ROLE = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", namespace: null, name: "ops" };

function shown(verbs: readonly string[], resources: readonly string[]): string {
  const path: RightPath = {
    binding: { ...ROLE, kind: "ClusterRoleBinding" },
    role: ROLE,
    sourceRole: null,
    ruleIndex: 0,
    subjectIndex: 0,
    via: null,
    namespace: null,
    verbs: [...verbs],
    resources: [...resources],
    names: [],
    inert: [],
  };
  return renderToStaticMarkup(createElement(RuleWords, { path })).replace(/<[^>]*>/g, "");
}

it("says every verb and every resource of those that are a star, and names all others", () => {
  expect(shown(["*"], ["*.*"])).toBe("every verb on every resource");
  expect(shown(["get"], ["/*"])).toBe("get on every path");
  expect(shown(["get", "list"], ["secrets"])).toBe("get, list on secrets");
});

it("shows names that every object of JavaScript has as what they are", () => {
  for (const name of ["constructor", "__proto__", "toString"]) expect(shown([name], [name])).toBe(`${name} on ${name}`);
});
