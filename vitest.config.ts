import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}scripts/server-only.mjs` } },
  test: {
    include: [
      "lib/**/*.test.ts",
      "components/**/*.test.ts",
      "components/**/*.test.tsx",
      "app/**/*.test.ts",
      "scripts/**/*.test.ts",
      "e2e/api-server/**/*.test.ts",
    ],
    pool: "threads",
    maxWorkers: 2,
  },
});
