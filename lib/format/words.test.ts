import { expect, test } from "vitest";
import { sliceWords } from "./words";

test("what a control reads is said in words", () => {
  expect(["roles", "policyEngineObjects", "apiServerProbes", "csiDrivers"].map(sliceWords)).toEqual([
    "roles",
    "policy engine objects",
    "API server probes",
    "CSI drivers",
  ]);
});
