// npm run --silent bench [-- --only PREFIX] [--db pglite|postgresql]: one line of JSON per figure; progress goes to standard error.
// CONCENTRIC_BENCH_DAYS=30 makes the year short; CONCENTRIC_BENCH_DIR=DIR keeps the generated clusters for the next run.
import { existsSync } from "node:fs";
import path from "node:path";
import { bundle } from "./bundle.mjs";

const root = path.resolve(import.meta.dirname, "..");
const generator = path.join(root, "..", "shared", "tools", "gen-cluster.mjs");
if (existsSync(generator)) {
  await bundle();
  await bundle({ bench: "e2e/bench/main.ts" });
  const { runBench } = await import("../.build/bench.mjs");
  await runBench(root, generator, process.argv.slice(2));
} else {
  process.stderr.write("The generator of clusters is not here (../shared/tools/gen-cluster.mjs): nothing is measured.\n");
}
