import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startApiServerProcess } from "../bench/api-server-process";
import { startScan, waitForScan } from "../bench/server-client";
import { startServerProcess } from "../bench/server-process";
import { writeKubeconfig } from "../control-plane/kubeconfig";
import { findViolations } from "./find-violations";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "concentric-refused-"));
const running: { readonly stop: () => Promise<void> }[] = [];
let base = "";

/** The title of every page of a cluster in which nothing may be read: none may sound like an all-clear. */
const TITLES: Readonly<Record<string, RegExp>> = {
  "": /^No layer has enough evidence for a score yet$/,
  "/layers": /^No layer has enough evidence for a score yet$/,
  "/layers/container": /^Container: not enough evidence, coverage 0 %$/,
  "/findings": /^Nothing is known to be open; \d+ checks were not assessed$/,
  "/resources": /^No resources are known$/,
  "/controls": /^No control is known to fail here; \d+ of \d+ could not be assessed in full/,
  "/frameworks": /^No clause is known to fail in 6 frameworks, 6 have clauses not assessed$/,
  "/frameworks/cis": /: \d+ clauses, not assessed$/,
  "/who-can": /was not assessed$/,
  "/admission": /^What is enforced at admission was not assessed$/,
  "/pod-security": /^What namespaces could enforce was not assessed$/,
  "/network": /^Who reaches whom was not assessed$/,
  "/compare": /^In .*: no layer has enough evidence for a score$/,
  "/sources": /^No kinds were read; \S+ could not be read$/,
};

/** Words of an answer that nobody has, wherever they stand. */
const CLAIMS =
  /nothing is open|no findings? (is|are) open|none critical|no control fails|everything .* passes|no object came|nothing was fixed|nothing fails here|no (workloads|namespaces|nodes)\b/i;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  const api = await startApiServerProcess(ROOT, ["--refusing"]);
  running.push(api);
  const kubeconfig = writeKubeconfig(path.join(folder, "kubeconfig"), api.url, { name: "shut" });
  const server = await startServerProcess(ROOT, { CONCENTRIC_DATA_DIR: path.join(folder, "data"), KUBECONFIG: kubeconfig });
  running.push(server);
  base = server.base;
  // A snapshot is there before its scan is over, and until that is, no other can begin.
  const { id } = await waitForScan(base, null);
  await startScan(base, "shut");
  await waitForScan(base, id);
});

test.afterAll(async () => {
  for (const { stop } of running.reverse()) await stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const [address, title] of Object.entries(TITLES)) {
  test(`where everything is refused, ${address || "the overview"} claims nothing`, async ({ page }) => {
    await page.goto(`${base}/c/shut${address}`, { waitUntil: "load" });
    await expect(page.locator("h1")).toHaveText(title);
    await expect(page.locator("main")).not.toContainText(CLAIMS);
    await expect(page.locator(".nav-a").filter({ hasText: /Findings|Resources/ }), "no zero").toHaveText(["Findings", "Resources"]);
    expect(await findViolations(page)).toEqual([]);
  });
}

test("where everything is refused, the first screen leads to what closes the gaps, and no axes stand without a line", async ({ page }) => {
  for (const address of ["", "/layers"]) {
    await page.goto(`${base}/c/shut${address}`, { waitUntil: "load" });
    const way = page.locator(".head .sub").getByRole("link", { name: "See why, and what closes each gap" });
    await expect(way).toBeInViewport();
    await expect(page.getByText("Too little could be assessed for a score")).toBeVisible();
    await expect(page.locator(".trend")).toHaveCount(0);
  }
  await page.goto(`${base}/c/shut`, { waitUntil: "load" });
  await expect(page.getByText(/^Nothing is known to have been open in \d+ snapshots?$/)).toBeVisible();
  await page.goto(`${base}/c/shut/sources`);
  await expect(page.locator(".tabs a[aria-current]")).toHaveText(/^Not readable/);
  await expect(page.locator(".sources tbody tr").first()).toBeVisible();
  // Whole parts of a kind's name beside its long reason, not letter by letter.
  const heights = page.locator(".sources .row-t").evaluateAll((names) => names.map((name) => name.getBoundingClientRect().height));
  expect(Math.max(...(await heights))).toBeLessThan(100);
});

test("where everything is refused, no figure stands for what nobody could count", async ({ page }) => {
  await page.goto(`${base}/c/shut/network`);
  await expect(page.locator(".foot")).toContainText("from declared policies");
  await expect(page.locator(".foot")).not.toContainText("network policies ·");
  await page.goto(`${base}/c/shut/layers`);
  await expect(page.locator(".four-lines .cap").first()).toHaveText("coverage 0 %");
  await page.goto(`${base}/c/shut`, { waitUntil: "load" });
  await expect(page.locator(".changes")).toContainText("what opened, closed or is open is not known");
  await expect(page.locator(".changes .flow dd")).toHaveCount(0);
  await page.goto(`${base}/c/shut/findings`, { waitUntil: "load" });
  const counts = page.locator(".facet .count, .tabs .count");
  await expect(counts.first()).toBeVisible();
  await expect(counts.filter({ hasText: /^0$/ })).toHaveCount(0);
  await page.goto(`${base}/c/shut/snapshots`);
  const figures = page.locator(".snaps tbody tr:not(.fold-row)").first().locator("td.num");
  await expect(figures.nth(4), "critical").toHaveText("–");
  await expect(figures.nth(5), "high").toHaveText("–");
  // Thirty clauses wait for one kind: its refusal is told once.
  await page.goto(`${base}/c/shut/frameworks/cis`);
  await expect(page.locator(".clause-group summary").filter({ hasText: "not assessed: The API server does not allow reading" }).first()).toBeVisible();
});
