import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startApiServerProcess } from "../bench/api-server-process";
import { startServerProcess } from "../bench/server-process";
import { writeKubeconfig } from "../control-plane/kubeconfig";
import { findViolations } from "./find-violations";
import { openAlive } from "./open-alive";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "concentric-forget-"));
const running: { readonly stop: () => Promise<void> }[] = [];
let base = "";

test.beforeAll(async () => {
  test.setTimeout(600_000);
  const api = await startApiServerProcess(ROOT, ["--refusing"]);
  running.push(api);
  const kubeconfig = writeKubeconfig(path.join(folder, "kubeconfig"), api.url, { name: "mistaken" });
  const server = await startServerProcess(ROOT, { CONCENTRIC_DATA_DIR: path.join(folder, "data"), KUBECONFIG: kubeconfig });
  running.push(server);
  base = server.base;
  const read = async () => ((await (await fetch(`${base}/api/v1/clusters/mistaken`)).json()) as { latest?: unknown }).latest ?? null;
  await expect.poll(read, { timeout: 300_000 }).not.toBeNull();
});

test.afterAll(async () => {
  for (const { stop } of running.reverse()) await stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a cluster is forgotten by the keyboard once its name was typed, and every window and link says so", async ({ page, context }) => {
  const other = await context.newPage();
  await openAlive(other, `${base}/c/mistaken/sources`);
  await openAlive(page, `${base}/c/mistaken/settings`);
  const section = page.getByRole("region", { name: "Forget this cluster" });
  await expect(section).toContainText(/^.*1 snapshot, of \d+ \w+ 20\d\d\. All that is kept of the cluster goes/);
  const name = section.getByLabel("Type mistaken to confirm");
  await name.focus();
  await page.keyboard.type("mistake");
  await page.keyboard.press("Enter");
  await expect(section.getByRole("alert")).toHaveText("Nothing was forgotten: the name of the cluster is mistaken.");
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.type("n");
  await page.keyboard.press("Tab");
  await expect(section.getByRole("button", { name: "Forget the cluster" })).toBeFocused();
  await page.keyboard.press("Enter");
  const title = /^The cluster mistaken was forgotten on \d+ \w+ 20\d\d, \d\d:\d\d UTC$/;
  await expect(page.locator("h1")).toHaveText(title);
  // The other window follows scans, and is sent away.
  await expect(other.locator("h1")).toHaveText(title);
  for (const link of ["/c/mistaken", "/c/mistaken?at=1", "/c/mistaken/findings"]) {
    expect((await page.goto(`${base}${link}`))?.status(), link).toBe(410);
    await expect(page.locator("h1"), link).toHaveText(title);
  }
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("link", { name: "Go to the overview" }).press("Enter");
  await expect(page.locator("main")).toContainText("mistaken was forgotten: only a new start of Concentric reads it again");
});
