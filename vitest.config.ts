import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The zones without I/O, which keep no state: their files can share what they import, instead of loading the catalogue anew in each. */
const PURE = [
  "lib/{client,contracts,controls,engine,format,frameworks,graph,inventory,model,pod-security,scoring}/**/*.test.ts",
  "components/**/*.test.{ts,tsx}",
];

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}scripts/server-only.mjs` } },
  test: {
    pool: "threads",
    // Real databases and child processes: slow only on a machine that is busy with something else.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      { extends: true, test: { name: "real parts", include: ["{lib,scripts}/**/*.test.ts", "e2e/api-server/**/*.test.ts"], exclude: PURE } },
    ],
  },
});
