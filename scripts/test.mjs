// The whole test suite, in the order in which a mistake is found soonest. Stops at the first step that fails.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { ensureTools } from "./test-tools.mjs";

const root = path.resolve(import.meta.dirname, "..");
const bin = (name) => path.join(root, "node_modules", ".bin", name);

const STEPS = [
  ["generated code", "npm", ["run", "--silent", "generate"]],
  ["bundles", process.execPath, ["scripts/bundle.mjs"]],
  ["lint", bin("biome"), ["check", "--max-diagnostics=50", "."]],
  ["dead code", bin("knip"), []],
  ["types", bin("tsc"), ["--noEmit"]],
  ["unit, store and API tests", bin("vitest"), ["run"]],
  ["agreement with other projects and a real API server", process.execPath, ["scripts/conformance.mjs", "--check"]],
  ["tests on a real cluster", bin("vitest"), ["run", "--config", "vitest.cluster.config.ts"]],
  ["build", process.execPath, ["scripts/build.mjs"]],
  ["journeys in the browser", bin("playwright"), ["test"]],
];

ensureTools();
for (const [name, command, args] of STEPS) {
  const startedMs = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const run = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  if (run.status !== 0) {
    process.stdout.write(`\n== ${name} failed after ${seconds} s\n`);
    process.exit(run.status ?? 1);
  }
  process.stdout.write(`== ${name}: ok, ${seconds} s\n`);
}
