import { expect, test } from "vitest";
import { countCpuMs } from "../model/testing-cpu-ms";
import type { Verdict } from "../model/verdict";
import { createObjectPlaces } from "./object-places";

const POD = { apiVersion: "v1", kind: "Pod", namespace: "shop", name: "" };

test("each of thousands of objects without a name is found at its own place, with the first of the others", () => {
  const documents = Array.from({ length: 40_000 }, (_, index) => ({
    source: "pods.jsonl",
    document: index + 1,
    line: index + 1,
    object: { apiVersion: "v1", kind: "Pod", metadata: { namespace: "shop" } },
  }));
  const verdicts = documents.map(
    (): Verdict => ({
      control: "host-pid",
      layer: "container",
      severity: "high",
      state: "fail",
      scope: "workload",
      resource: POD,
      locator: "",
      evidence: [],
    }),
  );
  const places = createObjectPlaces(documents, "shop");
  const cpuMs = countCpuMs();
  for (const verdict of verdicts) places.see(verdict);
  const found = verdicts.map((verdict) => places.placesOf(verdict));
  // A tenth of a second; looked through for each, all copies take ten.
  expect(cpuMs()).toBeLessThan(3_000);
  expect(found.map((each) => each?.place.line)).toEqual(documents.map(({ line }) => line));
  expect([found[0], found.at(-1)].map((each) => [each?.copy, each?.others.length, each?.others[0]?.line])).toEqual([
    [0, 20, 2],
    [39_999, 20, 1],
  ]);
});
