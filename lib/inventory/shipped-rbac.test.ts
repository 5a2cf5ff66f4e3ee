import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { list, record, records } from "../model/json";
import { toResourceRef } from "../model/resource-ref";
import { isShippedDefault } from "./shipped-rbac";

const file = resolve(import.meta.dirname, "../../../shared/oracle/bootstrap.json");
const isHere = existsSync(file);
if (!isHere) console.info("The objects of a real API server are not here: skipped.");

test.skipIf(!isHere)("every object that a real API server made for itself counts as shipped", () => {
  const objects = records(record(JSON.parse(readFileSync(file, "utf8"))).items);
  const foreign = objects.map((body) => ({ ref: toResourceRef(body), body })).filter(({ ref, body }) => !isShippedDefault(ref, body));
  expect(foreign.map(({ ref }) => ref.name)).toEqual([]);
  expect(objects.length).toBeGreaterThan(100);
});

const LABELS = { "kubernetes.io/bootstrapping": "rbac-defaults" };
const RULES = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
  { verbs: ["*"], nonResourceURLs: ["*"] },
];

function role(name: string, rules: unknown, labels: object = LABELS) {
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name, labels }, rules };
}

function isShipped(body: ReturnType<typeof role>): boolean {
  return isShippedDefault(toResourceRef(body), body);
}

test("a shipped role counts whatever the order of its rules", () => {
  expect(isShipped(role("cluster-admin", list(RULES).toReversed()))).toBe(true);
});

test("a shipped name with other rules is not shipped", () => {
  expect(isShipped(role("system:discovery", RULES))).toBe(false);
});

test("the name without the label is not shipped", () => {
  expect(isShipped(role("cluster-admin", RULES, {}))).toBe(false);
});

test("the label with a name of one's own is not shipped", () => {
  expect(isShipped(role("system:mine", RULES))).toBe(false);
});

test("a shipped binding with one more subject is not shipped", () => {
  const binding = (subjects: unknown) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "cluster-admin", labels: LABELS },
    roleRef: { kind: "ClusterRole", name: "cluster-admin" },
    subjects,
  });
  const masters = { kind: "Group", name: "system:masters" };
  const [own, more] = [binding([masters]), binding([masters, { kind: "User", name: "eve" }])];
  expect(isShippedDefault(toResourceRef(own), own)).toBe(true);
  expect(isShippedDefault(toResourceRef(more), more)).toBe(false);
});
