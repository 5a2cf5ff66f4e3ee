import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

it.each(["http", "-1", "0", "65536", "80.5"])("refuses PORT=%s: of 0, Next makes 3000", (PORT) => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(import.meta.dirname, "start.mjs")], { env: { ...process.env, PORT }, encoding: "utf8" });
  expect([status, stderr]).toEqual([1, `PORT is "${PORT}"; it must be a number from 1 to 65535.\n`]);
});
