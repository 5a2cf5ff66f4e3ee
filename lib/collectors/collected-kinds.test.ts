import { expect, test } from "vitest";
import { findSlice, toSliceKind } from "@/lib/inventory/slice-kind";
import { ALL_COLLECTORS } from "./all-collectors";

test("what is collected for a slice is known by its API group: objects of another are left out, and the slice would look read and empty", () => {
  const kinds = ALL_COLLECTORS.flatMap((collector) => collector.kinds);
  const lost = kinds.filter(({ group, kind, sliceKind = kind }) => findSlice(sliceKind) !== null && toSliceKind(group, kind) !== sliceKind);
  expect(lost.map(({ group, kind }) => `${kind} of ${group}: name the group in GROUPS of lib/inventory/slice-kind.ts`)).toEqual([]);
});
