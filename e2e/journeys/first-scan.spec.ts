import { mkdtempSync, rmSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startApiServerProcess } from "../bench/api-server-process";
import { startServerProcess } from "../bench/server-process";
import { writeKubeconfig } from "../control-plane/kubeconfig";
import { findViolations } from "./find-violations";
import { waitUntilAlive } from "./open-alive";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "concentric-first-scan-"));
const running: { readonly stop: () => Promise<void> }[] = [];
/** What shows a snapshot, and has none to show. Those that say something without one, of controls and frameworks, are not among them. */
const PAGES = ["", "/layers", "/layers/code", "/findings", "/resources", "/compare", "/compare?at=1", "/network", "/sources", "/snapshots"];
let base = "";
let isHanging = true;

/** Stands before an API server: no list is ever answered, so that the first scan lasts until it is cancelled; or nobody is let in, so that it fails. */
function startGate(target: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { url = "/", headers } = request;
    if (!isHanging) response.writeHead(401).end();
    else if (!url.includes("limit="))
      get(target + url, { headers: { ...headers, host: new URL(target).host } }, (answer) =>
        answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers)),
      );
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

test.beforeAll(async () => {
  test.setTimeout(600_000);
  const api = await startApiServerProcess(ROOT, ["--refusing"]);
  const gate = await startGate(api.url);
  running.push(api, {
    stop: async () => {
      gate.close();
      gate.closeAllConnections();
    },
  });
  const kubeconfig = writeKubeconfig(path.join(folder, "kubeconfig"), `http://127.0.0.1:${(gate.address() as AddressInfo).port}`, { name: "new" });
  const server = await startServerProcess(ROOT, { CONCENTRIC_DATA_DIR: path.join(folder, "data"), KUBECONFIG: kubeconfig });
  running.push(server);
  base = server.base;
  await expect.poll(async () => (await fetch(`${base}/c/new`)).status, { timeout: 300_000 }).toBe(200);
});

test.afterAll(async () => {
  for (const { stop } of running.reverse()) await stop();
  rmSync(folder, { recursive: true, force: true });
});

test("every page says how the first scan stands: that it runs, was cancelled, or failed", async ({ page }) => {
  const expectTitle = async (title: string): Promise<void> => {
    for (const address of PAGES) {
      await page.goto(`${base}/c/new${address}`, { waitUntil: "load" });
      await expect(page.locator("h1"), address).toHaveText(title);
      await expect(page.locator("main"), address).not.toContainText("snapshots never change");
    }
  };
  await expectTitle("The first scan of new is running");
  expect(await findViolations(page)).toEqual([]);
  await expect(page.getByRole("button", { name: "Scan now" })).toHaveCount(0);
  // The button is gone once it was pressed: it cannot be pressed until something has come of it.
  await waitUntilAlive(page);
  await page.getByRole("button", { name: "Cancel the scan" }).press("Enter");
  await expect(page.locator("h1")).toHaveText("The first scan of new was cancelled");
  await expectTitle("The first scan of new was cancelled");
  await expect(page.getByRole("button", { name: "Scan now" })).toBeVisible();
  isHanging = false;
  await fetch(`${base}/api/v1/clusters/new/scans`, { method: "POST", headers: { origin: base } });
  const failed = page.getByRole("alert").filter({ hasText: "The last scan failed." });
  await expect(failed).toBeVisible();
  await expectTitle("The first scan of new failed");
  // On a phone the reason has the width of the page, and the buttons their own line.
  await page.setViewportSize({ width: 390, height: 844 });
  const [words, acts] = [await failed.locator("> span").first().boundingBox(), await failed.locator(".acts").boundingBox()];
  expect(words?.width ?? 0).toBeGreaterThan(340);
  expect(acts?.y ?? 0).toBeGreaterThanOrEqual((words?.y ?? 0) + (words?.height ?? 0));
});
