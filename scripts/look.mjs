// npm run look: a picture of every page of the demo cluster, at 1440 and 390 px, dark and light, into look/ (not in git).
// LOOK_URL=http://127.0.0.1:3000 uses a server that runs already; otherwise one is built and started with the demo.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { bundle } from "./bundle.mjs";
import { launchOptions } from "./test-tools.mjs";

const root = path.resolve(import.meta.dirname, "..");
const only = process.argv.slice(2);
await bundle({ pages: "e2e/journeys/pages.ts", "wait-for-demo": "e2e/journeys/wait-for-demo.ts" });
const { PAGES, findFindingId } = await import("../.build/pages.mjs");
const { default: waitForDemo } = await import("../.build/wait-for-demo.mjs");

const port = 3988;
const base = process.env.LOOK_URL ?? `http://127.0.0.1:${port}`;
const dataDir = mkdtempSync(path.join(tmpdir(), "concentric-look-"));
const env = {
  ...process.env,
  PORT: String(port),
  CONCENTRIC_DATA_DIR: dataDir,
  KUBECONFIG: "/nonexistent/kubeconfig",
  LOG_LEVEL: "warn",
};
const server = process.env.LOOK_URL ? null : spawn(process.execPath, ["scripts/start.mjs", "--demo"], { cwd: root, env, stdio: "inherit" });
process.on("exit", () => {
  server?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});
await waitForDemo({ projects: [{ use: { baseURL: base } }] });

const out = path.join(root, "look");
mkdirSync(out, { recursive: true });
const browser = await chromium.launch(launchOptions());
const finding = await findFindingId(base);
for (const { name, path: pagePath } of PAGES.filter((entry) => only.length === 0 || only.includes(entry.name))) {
  for (const width of [1440, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.goto(base + pagePath.replace("{finding}", finding), { waitUntil: "load" });
      // Charts come after the page; the event stream of scans never lets the network fall idle.
      await page.waitForTimeout(Number(process.env.LOOK_WAIT_MS ?? 1500));
      await page.screenshot({ path: path.join(out, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
  process.stdout.write(`${name}\n`);
}
await browser.close();
if (server?.kill()) await once(server, "exit");
process.stdout.write(`Pictures are in ${out}\n`);
