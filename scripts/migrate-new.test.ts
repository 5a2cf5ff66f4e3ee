import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

it("has a migration for all that the schema says", () => {
  const root = path.resolve(import.meta.dirname, "..");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/migrate-new.mjs", "--check"], { cwd: root, encoding: "utf8" });
  expect([status, stdout, stderr]).toEqual([0, "The migrations already give the schema.\n", ""]);
});
