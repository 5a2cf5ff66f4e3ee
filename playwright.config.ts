import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { SERVERS, WORKERS } from "./e2e/journeys/servers";
import { findChromium } from "./scripts/test-tools.mjs";

const chromium = findChromium();
// The configuration is loaded again in every worker: all must name one folder, and whoever made it takes it away when the servers are gone.
if (process.env.CONCENTRIC_E2E_DATA === undefined) {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-e2e-"));
  process.env.CONCENTRIC_E2E_DATA = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
const data = process.env.CONCENTRIC_E2E_DATA;
/** Playwright numbers the workers, and gives the number of one that ended to the one in its place. */
const own = SERVERS[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];

/** Journeys in a real browser against the built server, on the demo cluster with its 90 days. */
export default defineConfig({
  testDir: "e2e/journeys",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/journeys/wait-for-demo.ts",
  fullyParallel: false,
  workers: WORKERS,
  // Long only on a machine that is busy with something else.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    ...(own && { baseURL: own.base }),
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    launchOptions: { ...(chromium && { executablePath: chromium }), args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] },
  },
  webServer: SERVERS.map(({ port, base }) => ({
    command: "node scripts/start.mjs --demo",
    url: `${base}/readyz`,
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    env: { PORT: String(port), CONCENTRIC_DATA_DIR: path.join(data, String(port)), KUBECONFIG: "/nonexistent/kubeconfig", LOG_LEVEL: "warn" },
  })),
});
