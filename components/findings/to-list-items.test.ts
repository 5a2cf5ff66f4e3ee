import { expect, it } from "vitest";
import type { FindingRow } from "@/lib/contracts/findings";
import { toListItems } from "./to-list-items";

const row = (id: string, control: string, name: string): FindingRow => ({
  id,
  control,
  title: control,
  severity: "high",
  layer: "cluster",
  state: "open",
  isOpen: true,
  isStale: false,
  staleReason: null,
  scope: "workload",
  resource: { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name },
  read: "",
  evidenceCount: 1,
  points: 1,
  isPointsBracketed: false,
  openedAt: "2026-11-01T00:00:00.000Z",
  closedAt: null,
  ageDays: 1,
});
const rows = [row("1", "a", "x"), row("2", "a", "y"), row("3", "b", "y")];
const shape = (view: "control" | "object" | null) =>
  toListItems(rows, view, new Map([["a", 2]])).map((item) => (item.kind === "group" ? `[${item.count}]` : item.row.id));

it("is the rows alone without groups", () => expect(shape(null)).toEqual(["1", "2", "3"]));

it("puts a head before each control, with the count of the whole list where it is known", () =>
  expect(shape("control")).toEqual(["[2]", "1", "2", "[null]", "3"]));

it("puts a head before each object", () => expect(shape("object")).toEqual(["[null]", "1", "[null]", "2", "3"]));
