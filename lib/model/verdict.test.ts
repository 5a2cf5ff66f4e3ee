import { expect, test } from "vitest";
import { countEvidence, type Evidence, restOfEvidence } from "./verdict";

const entry: Evidence = { path: "metadata.namespace", value: '"default"', message: "Service a is in the namespace default." };

test("counts what evidence stands for, also what was cut", () => {
  expect(countEvidence([])).toBe(0);
  expect(countEvidence([entry, entry])).toBe(2);
  expect(countEvidence([entry, entry, restOfEvidence(1205)])).toBe(1207);
});

test("takes only the entry for the rest of others for one", () => {
  const named = { ...entry, message: "7 more of the same kind." };
  expect(countEvidence([named])).toBe(1);
});
