import { expect, type Page } from "@playwright/test";
import { API, findNewestSeq } from "./pages";

/** Has the demo cluster scanned once more; gives the number of its new snapshot. */
export async function scanAnew(page: Page, base = ""): Promise<number> {
  const before = await findNewestSeq(base);
  await expect(async () => {
    await page.request.post(`${API}/scans`, { headers: { origin: base } });
    await expect.poll(() => findNewestSeq(base), { timeout: 30_000 }).toBeGreaterThan(before);
  }).toPass({ timeout: 120_000 });
  return findNewestSeq(base);
}
