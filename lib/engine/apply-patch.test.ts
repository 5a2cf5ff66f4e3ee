import { describe, expect, test } from "vitest";
import { toJsonPatch } from "./to-kubectl";
import { applyPatch } from "./apply-patch";

const object = {
  spec: { containers: [{ name: "a", securityContext: { privileged: true } }, { name: "b" }], volumes: [{ name: "x" }, { name: "y" }, { name: "z" }] },
};

describe("a patch", () => {
  test("sets below parents that do not exist, appends, and leaves the original alone", () => {
    const patched = applyPatch(object, [
      { op: "set", path: "spec.containers[1].securityContext.runAsNonRoot", value: true },
      { op: "set", path: "spec.volumes[-]", value: { name: "tmp" } },
    ]) as typeof object & { spec: { containers: { securityContext?: unknown }[] } };
    expect(patched.spec.containers[1]?.securityContext).toEqual({ runAsNonRoot: true });
    expect(patched.spec.volumes.map((v) => v.name)).toEqual(["x", "y", "z", "tmp"]);
    expect(object.spec.volumes).toHaveLength(3);
  });
  test("removes several items of one list without moving what the others mean", () => {
    const patched = applyPatch(object, [
      { op: "remove", path: "spec.volumes[0]" },
      { op: "remove", path: "spec.volumes[2]" },
    ]);
    expect(patched.spec.volumes).toEqual([{ name: "y" }]);
  });
  test("is written as JSON Patch that adds missing parents in one go", () => {
    const ops = [
      { op: "set", path: "spec.containers[1].securityContext.capabilities.drop", value: ["ALL"] },
      { op: "set", path: "spec.containers[0].securityContext.privileged", value: false },
      { op: "remove", path: 'metadata.labels["a/b"]' },
    ] as const;
    expect(toJsonPatch({ ...object, metadata: { labels: { "a/b": "c" } } }, ops)).toEqual([
      { op: "test", path: "/spec/containers/1/name", value: "b" },
      { op: "test", path: "/spec/containers/1/securityContext", value: null },
      { op: "test", path: "/spec/containers/0/name", value: "a" },
      { op: "add", path: "/spec/containers/1/securityContext", value: { capabilities: { drop: ["ALL"] } } },
      { op: "replace", path: "/spec/containers/0/securityContext/privileged", value: false },
      { op: "remove", path: "/metadata/labels/a~1b" },
    ]);
  });
  test("is written as JSON Patch without what holds already: removing what is not there is an error", () => {
    const ops = [
      { op: "set", path: "spec.containers[0].securityContext", value: { privileged: false } },
      { op: "set", path: "spec.volumes[0].name", value: "x" },
      { op: "remove", path: "spec.containers[0].securityContext.procMount" },
      { op: "remove", path: "spec.hostPID" },
      { op: "remove", path: "spec.volumes[1]" },
      { op: "remove", path: "spec.volumes[1].name" },
    ] as const;
    expect(toJsonPatch(object, ops)).toEqual([
      { op: "test", path: "/spec/containers/0/name", value: "a" },
      { op: "test", path: "/spec/volumes/1/name", value: "y" },
      { op: "replace", path: "/spec/containers/0/securityContext", value: { privileged: false } },
      { op: "remove", path: "/spec/volumes/1/name" },
      { op: "remove", path: "/spec/volumes/1" },
    ]);
  });
  test("is written as JSON Patch that is refused where another item has the place of the one that is meant", () => {
    const role = { rules: [{ resources: ["pods"], verbs: ["get"] }, { nonResourceURLs: ["/metrics"], verbs: ["get"] }, { verbs: [] }], list: [1, 2] };
    const ops = ["rules[0].verbs", "rules[1]", "rules[2]", "list[0]"].map((path) => ({ op: "remove" as const, path }));
    expect(toJsonPatch(role, ops).filter(({ op }) => op === "test")).toEqual([
      { op: "test", path: "/rules/1/nonResourceURLs", value: ["/metrics"] },
      { op: "test", path: "/rules/0/resources", value: ["pods"] },
    ]);
  });
  test("is written as JSON Patch that is refused where the list that it replaces has changed, but asks nothing of what may be shown redacted", () => {
    const set = (path: string, value: unknown) =>
      toJsonPatch({ verbs: ["get", "*"], env: [{ name: "A", value: "a" }], one: "x" }, [{ op: "set", path, value }]);
    expect(set("verbs", ["get"])).toEqual([
      { op: "test", path: "/verbs", value: ["get", "*"] },
      { op: "replace", path: "/verbs", value: ["get"] },
    ]);
    expect(set("env", [])).toEqual([{ op: "replace", path: "/env", value: [] }]);
    expect(set("one", "y")).toEqual([{ op: "replace", path: "/one", value: "y" }]);
    // Two patches may add the same plain value, or one item each, but not the same part: the second would take the place of the first.
    expect(set("two", true)).toEqual([{ op: "add", path: "/two", value: true }]);
    expect(set("verbs[-]", "list")).toEqual([{ op: "add", path: "/verbs/-", value: "list" }]);
    expect(set("env[-]", { name: "B" })).toEqual([{ op: "add", path: "/env/-", value: { name: "B" } }]);
    expect(set("part", { drop: ["ALL"] })).toEqual([
      { op: "test", path: "/part", value: null },
      { op: "add", path: "/part", value: { drop: ["ALL"] } },
    ]);
  });
  test("adds a parent once: what a second patch brings would take the place of what the first one made", () => {
    const bring = (field: string) => toJsonPatch(object, [{ op: "set", path: `spec.containers[1].securityContext.${field}`, value: true }]);
    const missing = { op: "test", path: "/spec/containers/1/securityContext", value: null };
    expect(bring("readOnlyRootFilesystem")).toContainEqual(missing);
    expect(bring("runAsNonRoot")).toContainEqual(missing);
    const both = ["a.b", "a.c.d", "list[-]"].map((path) => ({ op: "set" as const, path, value: 1 }));
    expect(toJsonPatch({}, both).filter(({ op }) => op === "test")).toEqual(["/a", "/list"].map((path) => ({ op: "test", path, value: null })));
  });
});
