import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Tests on a genuine control plane: one for all files, and one file at a time, since they share its objects. */
export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}scripts/server-only.mjs` } },
  test: {
    include: ["e2e/real-cluster/**/*.test.ts"],
    globalSetup: ["e2e/real-cluster/global-setup.ts"],
    pool: "threads",
    fileParallelism: false,
    // Slow only on a machine that is busy with something else.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
