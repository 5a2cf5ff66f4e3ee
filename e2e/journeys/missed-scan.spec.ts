import { expect, test } from "@playwright/test";
import { API, CLUSTER, findNewestSeq } from "./pages";

test("a tab that slept through a scan shows its snapshot when it wakes, and copies links to that", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const newest = (): Promise<number> => findNewestSeq(baseURL);
  const before = await newest();
  const events = (url: URL): boolean => url.pathname.endsWith("/scans/events");
  await page.route(events, (route) => route.abort());
  await page.goto(`${CLUSTER}/snapshots`);
  await expect(page.getByText(`${before} ·`, { exact: false }).first()).toBeVisible();
  await expect(async () => {
    await page.request.post(`${API}/scans`, { headers: { origin: baseURL ?? "" } });
    await expect.poll(newest, { timeout: 30_000 }).toBeGreaterThan(before);
  }).toPass({ timeout: 120_000 });
  const after = await newest();
  await page.unroute(events);
  await expect(page.getByText(`${after} ·`, { exact: false }).first()).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press("c");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`at=${after}`);
});
