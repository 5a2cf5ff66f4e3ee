import { expect, it } from "vitest";
import { listControls } from "../controls/registry";
import { findFrameworkKey, FRAMEWORK_KEYS, FRAMEWORKS } from "./frameworks";

it("lists every clause that a control maps to", () => {
  const missing = FRAMEWORK_KEYS.flatMap((key) => {
    const known = new Set(FRAMEWORKS[key].clauses.map((clause) => clause.id));
    return listControls().flatMap((control) => (control.frameworks[key] ?? []).filter((id) => !known.has(id)).map((id) => `${control.id} ${key} ${id}`));
  });
  expect(missing).toEqual([]);
});

it("lists no clause twice and names each", () => {
  for (const key of FRAMEWORK_KEYS) {
    const ids = FRAMEWORKS[key].clauses.map((clause) => clause.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(FRAMEWORKS[key].key).toBe(key);
    expect(FRAMEWORKS[key].clauses.filter((clause) => clause.title.trim() === "")).toEqual([]);
  }
});

it("has every recommendation of the sections of CIS Kubernetes 1.12", () => {
  const counts = new Map<string, number>();
  for (const { id } of FRAMEWORKS.cis.clauses) {
    const section = id.split(".").slice(0, -1).join(".");
    counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    "1.1": 21,
    "1.2": 30,
    "1.3": 7,
    "1.4": 2,
    2: 7,
    "3.1": 3,
    "3.2": 2,
    "4.1": 10,
    "4.2": 14,
    "4.3": 1,
    "5.1": 13,
    "5.2": 12,
    "5.3": 2,
    "5.4": 2,
    "5.5": 1,
    "5.6": 4,
  });
});

it("finds a framework by its key only", () => {
  expect(["cis", "CIS", "toString", ""].map(findFrameworkKey)).toEqual(["cis", null, null, null]);
});
