import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./scripts/test-tools.mjs";

const PORT = Number(process.env.CONCENTRIC_E2E_PORT ?? 3987);
// The configuration is loaded again in every worker: all must name one folder, and whoever made it takes it away when the server is gone.
if (process.env.CONCENTRIC_E2E_DATA === undefined) {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-e2e-"));
  process.env.CONCENTRIC_E2E_DATA = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

/** Journeys in a real browser against the built server, on the demo cluster with its 90 days. */
export default defineConfig({
  testDir: "e2e/journeys",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/journeys/wait-for-demo.ts",
  fullyParallel: false,
  workers: 1,
  // Long only on a machine that is busy with something else.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    launchOptions: launchOptions(),
  },
  webServer: {
    command: "node scripts/start.mjs --demo",
    url: `http://127.0.0.1:${PORT}/readyz`,
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    env: { PORT: String(PORT), CONCENTRIC_DATA_DIR: process.env.CONCENTRIC_E2E_DATA, KUBECONFIG: "/nonexistent/kubeconfig", LOG_LEVEL: "warn" },
  },
});
