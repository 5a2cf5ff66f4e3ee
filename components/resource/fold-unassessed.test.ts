import { expect, it } from "vitest";
import type { FindingRow } from "@/lib/contracts/findings";
import { foldUnassessed } from "./fold-unassessed";

function row(id: string, part: Partial<FindingRow>): FindingRow {
  return {
    id,
    control: id,
    title: id,
    severity: "low",
    layer: "cluster",
    state: "unknown",
    isOpen: false,
    isStale: false,
    staleReason: null,
    scope: "workload",
    resource: { apiVersion: "v1", kind: "Node", namespace: null, name: "n" },
    read: "Not read.",
    evidenceCount: 1,
    points: null,
    isPointsBracketed: false,
    openedAt: "2026-01-01T00:00:00.000Z",
    closedAt: null,
    ageDays: 1,
    ...part,
  };
}
const shape = (rows: readonly FindingRow[]): string =>
  foldUnassessed(rows)
    .map((line) => line.map(({ id }) => id).join("+"))
    .join(" ");

it("puts three that were not assessed for the same reason in the line of the first, and no other", () => {
  const other = { read: "Another." };
  expect(shape([row("a", { state: "open" }), row("b", {}), row("c", other), row("d", {}), row("e", {}), row("f", other)])).toBe("a b+d+e c f");
});

it("never puts together what fails, also when last assessed, or what people look at", () => {
  for (const part of [{ state: "open" }, { state: "manual" }, { isStale: true }] as const)
    expect(shape(["a", "b", "c"].map((id) => row(id, part)))).toBe("a b c");
});
