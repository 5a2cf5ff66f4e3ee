import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { judgingStamp } from "./source-stamp.mjs";

it("tells a release that judges otherwise from one that only looks otherwise", () => {
  const root = mkdtempSync(path.join(os.tmpdir(), "concentric-stamp-"));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    return judgingStamp(root);
  };
  try {
    const before = write("lib/controls/code/a.ts", "one");
    expect([write("components/a.tsx", "x"), write("lib/controls/code/a.test.ts", "x"), write("lib/controls/registry.generated.ts", "x")]).toEqual([
      before,
      before,
      before,
    ]);
    expect(write("lib/controls/code/a.ts", "two")).not.toBe(before);
    expect(write("lib/controls/code/a.ts", "one")).toBe(before);
    for (const zone of ["inventory", "engine", "graph", "pod-security", "cel", "collectors", "model"]) {
      const other = judgingStamp(root);
      expect(write(`lib/${zone}/reader.ts`, "x"), zone).not.toBe(other);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});
