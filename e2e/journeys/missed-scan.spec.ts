import { expect, type Page, type Request, test } from "@playwright/test";
import { API, CLUSTER, findNewestSeq } from "./pages";

/** A browser that nobody sees calls none of its tabs hidden. */
function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** Copies the link in the same moment in which the page shows `text`: sooner than whoever reads it could. */
function copyOnceShown(page: Page, text: string): Promise<void> {
  return page.evaluate((awaited) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector("main")?.textContent.includes(awaited) !== true) return;
      observer.disconnect();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "c", bubbles: true }));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, text);
}

test("a tab that slept through a scan shows its snapshot when it wakes, and copies links to that", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const newest = (): Promise<number> => findNewestSeq(baseURL);
  const before = await newest();
  const follows = (request: Request): boolean => new URL(request.url()).pathname.endsWith("/scans/events");
  const opened = page.waitForRequest(follows);
  await page.goto(`${CLUSTER}/snapshots`);
  await opened;
  await expect(page.getByText(`snapshot ${before} ·`, { exact: false }).first()).toBeVisible();
  const left = page.waitForEvent("requestfailed", follows);
  await setVisibility(page, "hidden");
  await left;
  await expect(async () => {
    await page.request.post(`${API}/scans`, { headers: { origin: baseURL ?? "" } });
    await expect.poll(newest, { timeout: 30_000 }).toBeGreaterThan(before);
  }).toPass({ timeout: 120_000 });
  const after = await newest();
  await copyOnceShown(page, `snapshot ${after} ·`);
  await setVisibility(page, "visible");
  await expect(page.getByText(`snapshot ${after} ·`, { exact: false }).first()).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`at=${after}`);
});
