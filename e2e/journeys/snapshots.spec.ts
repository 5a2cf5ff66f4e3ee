import { expect, test } from "@playwright/test";
import { cutOff } from "./cut-off";
import { openAlive } from "./open-alive";
import { CLUSTER } from "./pages";

test("earlier snapshots are told of as earlier ones: none of them is now, and the title says how far back all of them reach", async ({ page }) => {
  await page.goto(`${CLUSTER}/snapshots`);
  const title = (await page.locator("h1").textContent()) ?? "";
  expect(title).toMatch(/^\d+ snapshots since \d+ \w+ \d{4}$/);
  const rows = page.locator(".snaps tbody tr:not(.fold-row)");
  await expect(rows.first()).toContainText("now");
  await page.goto(`${CLUSTER}/snapshots?before=50`);
  await expect(page.locator("h1")).toHaveText(title);
  await expect(page.locator(".foot")).toContainText("snapshots 1 to 49");
  await expect(rows.first().getByRole("link", { name: "As of" })).toHaveAttribute("href", `${CLUSTER}?at=49`);
  await expect(rows.first().locator("a").first()).toHaveAttribute("href", `${CLUSTER}?at=49`);
  // The last page of many leads back, however its reader came.
  await page.getByRole("navigation", { name: "Pages of the list" }).getByRole("link", { name: "Newest snapshots" }).click();
  await expect(page).toHaveURL(`${CLUSTER}/snapshots`);
  await expect(rows.first()).toContainText("now");
  await expect(page.getByRole("link", { name: "Newest snapshots" })).toHaveCount(0);
});

test("as of an earlier snapshot, only those before it are offered to measure changes from", async ({ page }) => {
  await page.goto(`${CLUSTER}/snapshots?at=60&since=50`);
  const links = page.locator(".snaps").getByRole("link", { name: "Since", exact: true });
  await expect(links).toHaveCount(59);
  await expect(links.first()).toHaveAttribute("href", `${CLUSTER}/compare?since=59&at=60`);
  const earlier = page.locator(".snaps").getByRole("link", { name: "As of", exact: true });
  await expect(earlier.nth(10)).toHaveAttribute("href", /\?at=\d+&since=50$/);
  await expect(page.locator(".snaps a.row-t").first()).toHaveAttribute("href", `${CLUSTER}?since=50`);
});

test("the long name of a catalogue with own controls takes no room from the columns beside it", async ({ page }) => {
  for (const width of [1440, 1280, 1181, 1024, 870]) {
    await page.setViewportSize({ width, height: 900 });
    await openAlive(page, `${CLUSTER}/snapshots`);
    const line = page.locator(".snaps tr:not(.fold-row) td:first-child > .cap").first();
    await line.evaluate((element) => element.append(" · catalogue 2026.11-208-kyi4+7f7ca98778"));
    await expect(line).toBeVisible();
    expect(await page.locator("html").evaluate(cutOff), `at ${width} px`).toBe(false);
  }
});
