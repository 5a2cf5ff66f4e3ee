import { expect, type Page, type Request, test } from "@playwright/test";
import { CLUSTER, findNewestSeq } from "./pages";
import { pressOnceShown } from "./press-once-shown";
import { scanAnew } from "./scan-anew";

/** A browser that nobody sees calls none of its tabs hidden. */
function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("a tab that slept through a scan shows its snapshot when it wakes, and copies links to that", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const before = await findNewestSeq(baseURL);
  const follows = (request: Request): boolean => new URL(request.url()).pathname.endsWith("/scans/events");
  const opened = page.waitForRequest(follows);
  await page.goto(`${CLUSTER}/snapshots`);
  await opened;
  await expect(page.getByText(`snapshot ${before} ·`, { exact: false }).first()).toBeVisible();
  const left = page.waitForEvent("requestfailed", follows);
  await setVisibility(page, "hidden");
  await left;
  const after = await scanAnew(baseURL);
  await pressOnceShown(page, `snapshot ${after} ·`, "c");
  await setVisibility(page, "visible");
  await expect(page.getByText(`snapshot ${after} ·`, { exact: false }).first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`at=${after}`);
});
