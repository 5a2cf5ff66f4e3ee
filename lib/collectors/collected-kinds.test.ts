import { expect, test } from "vitest";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { findSlice, toSliceKind } from "@/lib/inventory/slice-kind";
import { toWorkloadKind } from "@/lib/inventory/workloads/workload-kind";
import { ALL_COLLECTORS } from "./all-collectors";

test("what is collected for a slice is known by its API group: objects of another are left out, and the slice would look read and empty", () => {
  const kinds = ALL_COLLECTORS.flatMap((collector) => collector.kinds);
  const lost = kinds.filter(({ group, kind, sliceKind = kind }) => findSlice(sliceKind) !== null && toSliceKind(group, kind) !== sliceKind);
  expect(lost.map(({ group, kind }) => `${kind} of ${group}: name the group in GROUPS of lib/inventory/slice-kind.ts`)).toEqual([]);
});

test("what is collected is a workload, or of a slice: what no control could see is not asked for", () => {
  const kinds = ALL_COLLECTORS.flatMap((collector) => collector.kinds);
  const unseen = kinds.filter(({ group, kind, sliceKind = kind }) => findSlice(sliceKind) === null && toWorkloadKind(group, kind) === null);
  expect(unseen.map(({ group, kind }) => `${kind} of ${group}: name it in a slice of lib/inventory/slices.ts`)).toEqual([]);
});

test("what every cluster serves, the API server of the demo and of the tests serves, too", () => {
  const served = new Set(BUILT_IN_RESOURCES.map(({ group, kind }) => `${kind} of ${group}`));
  const expected = ALL_COLLECTORS.flatMap(({ kinds }) => kinds).filter(({ optional }) => optional !== true);
  const unserved = expected.map(({ group, kind }) => `${kind} of ${group}`).filter((name) => !served.has(name));
  expect(unserved.map((name) => `${name}: name it in lib/demo/built-in-resources.ts, or make it optional`)).toEqual([]);
});
