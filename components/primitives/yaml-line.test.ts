import { expect, it } from "vitest";
import { countCpuMs } from "@/lib/model/testing-cpu-ms";
import { splitYamlLine } from "./yaml-line";

it("a key keeps its indent, dashes and colon", () => {
  expect(splitYamlLine("  name: cluster-admin")).toEqual({ key: "  name:", rest: " cluster-admin" });
  expect(splitYamlLine("- kind: ServiceAccount")).toEqual({ key: "- kind:", rest: " ServiceAccount" });
  expect(splitYamlLine("subjects:")).toEqual({ key: "subjects:", rest: "" });
  expect(splitYamlLine('"a:b": 1')).toEqual({ key: '"a:b":', rest: " 1" });
});

it("a colon inside a value is not a key", () => {
  expect(splitYamlLine("- https://example.test:443")).toEqual({ key: "", rest: "- https://example.test:443" });
  expect(splitYamlLine("  # note: not a key").key).toBe("");
  expect(splitYamlLine("").key).toBe("");
});

it("a line of dashes, which anybody may write into a text, is looked through once", () => {
  const line = "- ".repeat(60_000);
  const cpuMs = countCpuMs();
  expect(splitYamlLine(line)).toEqual({ key: "", rest: line });
  expect(splitYamlLine("- -   name: x").key).toBe("- -   name:");
  // A millisecond of the processor; looked through once for each dash, ten seconds.
  expect(cpuMs()).toBeLessThan(1_000);
});
