import { expect, test } from "@playwright/test";
import { CLUSTER } from "./pages";

test("on paper an answer has its columns and everything that is folded, and no form to ask again", async ({ page }) => {
  await page.setViewportSize({ width: 703, height: 1_000 });
  await page.goto(`${CLUSTER}/who-can`);
  await expect(page.locator(".ask")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".ask, .presets").first()).toBeHidden();
  await expect(page.getByRole("columnheader", { name: "Identity" })).toBeVisible();

  await page.goto(`${CLUSTER}/frameworks/nsa`);
  const folded = page.locator("details:not([open]) li").first();
  await page.emulateMedia({ media: "screen" });
  await expect(folded).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(folded).toBeVisible();
});

test("every answer on paper names the cluster that it is about", async ({ page }) => {
  for (const path of ["who-can", "who-can?by=subject&subject=Group/system:authenticated", "network", "network?by=policy&namespace=loyalty"]) {
    await page.goto(`${CLUSTER}/${path}`);
    await expect(page.locator(".foot")).toContainText("harbour (demo)");
    expect(await page.locator(".foot style").evaluate((margin) => margin.textContent)).toContain("harbour (demo)");
  }
});
