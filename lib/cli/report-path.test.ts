import path from "node:path";
import { expect, test } from "vitest";
import { reportPath } from "./report-path";

test.each([
  ["manifests/a.yaml", "manifests/a.yaml"],
  ["./manifests/a.yaml", "manifests/a.yaml"],
  [path.resolve("manifests/a.yaml"), "manifests/a.yaml"],
  [path.resolve("..a.yaml"), "..a.yaml"],
  ["../a.yaml", "../a.yaml"],
  [path.resolve("../a.yaml"), path.resolve("../a.yaml")],
  ["-", "-"],
])("a file is named from the folder of the run, where it lies in it: %s", (source, named) => {
  expect(reportPath(source)).toBe(named.split(path.sep).join("/"));
});
