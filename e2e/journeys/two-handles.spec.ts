import { expect, test } from "@playwright/test";
import { CLUSTER } from "./pages";

test("an earlier moment chosen from a copied link shows that moment, not a baseline that is too late for it", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings?at=60&since=53&severity=high`);
  await page.getByRole("button", { name: "As of: choose a snapshot" }).click();
  await page.getByRole("button", { name: /\b40$/ }).click();
  await expect(page).toHaveURL(/\/findings\?at=40&severity=high$/);
  await expect(page.locator("h1")).toContainText(/high findings are open/);
  await page.goto(`${CLUSTER}/snapshots?at=60&since=53`);
  const link = page.locator('main a[href*="at=1"]').first();
  await expect(link).not.toHaveAttribute("href", /since/);
});
