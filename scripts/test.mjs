// The whole test suite, in the order in which a mistake is found soonest. Stops at the first step that fails.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureTools } from "./test-tools.mjs";

const root = path.resolve(import.meta.dirname, "..");
const bin = (name) => path.join(root, "node_modules", ".bin", name);

const results = path.join(root, ".build", "test-results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const vitest = (name) => ["run", "--reporter=default", "--reporter=json", `--outputFile=${path.join(results, `${name}.json`)}`];

const STEPS = [
  ["generated code", "npm", ["run", "--silent", "generate"]],
  ["bundles", process.execPath, ["scripts/bundle.mjs"]],
  ["lint", bin("biome"), ["check", "--max-diagnostics=50", "."]],
  ["dead code", bin("knip"), []],
  ["types", bin("tsc"), ["--noEmit"]],
  ["unit, store and API tests", bin("vitest"), vitest("unit")],
  ["agreement with other projects and a real API server", process.execPath, ["scripts/conformance.mjs", "--check"]],
  ["tests on a real cluster", bin("vitest"), [...vitest("cluster"), "--config", "vitest.cluster.config.ts"]],
  ["build", process.execPath, ["scripts/build.mjs"]],
  ["journeys in the browser", bin("playwright"), ["test", "--reporter=list,json"]],
];

ensureTools();
for (const [name, command, args] of STEPS) {
  const startedMs = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const run = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(results, "journeys.json") },
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  if (run.status !== 0) {
    process.stdout.write(`\n== ${name} failed after ${seconds} s\n`);
    process.exit(run.status ?? 1);
  }
  process.stdout.write(`== ${name}: ok, ${seconds} s\n`);
}

/** What one runner counted, from the file that it wrote. */
function countOf(name) {
  const file = path.join(results, `${name}.json`);
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  if (report.stats) return { passed: report.stats.expected, failed: report.stats.unexpected, skipped: report.stats.skipped };
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

const counts = ["unit", "cluster", "journeys"].map(countOf);
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped\n`);
