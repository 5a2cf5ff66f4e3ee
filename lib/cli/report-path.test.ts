import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { reportPath } from "./report-path";

test.each([
  ["manifests/a.yaml", "manifests/a.yaml"],
  ["./manifests/a.yaml", "manifests/a.yaml"],
  [path.resolve("manifests/a.yaml"), "manifests/a.yaml"],
  [path.resolve("..a.yaml"), "..a.yaml"],
  ["../a.yaml", "../a.yaml"],
  [path.resolve("../a.yaml"), path.resolve("../a.yaml")],
  [`../${path.basename(process.cwd())}/manifests/a.yaml`, "manifests/a.yaml"],
  ["-", "-"],
])("a file is named from the folder of the run, where it lies in it: %s", (source, named) => {
  expect(reportPath(source)).toBe(named.split(path.sep).join("/"));
});

test("a link to the folder of the run, as a shell may name it, leads into it", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-link-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(process.cwd(), path.join(folder, "here"), "dir");
  expect(reportPath(path.join(folder, "here", "package.json"))).toBe("package.json");
  expect(reportPath(path.join(folder, "here", "lib", "cli", "scan.ts"))).toBe("lib/cli/scan.ts");
});
