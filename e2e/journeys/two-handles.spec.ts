import { expect, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { API, CLUSTER } from "./pages";
import { pressUntil } from "./press-until";

test("an earlier moment chosen from a copied link shows that moment, not a baseline that is too late for it", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings?at=60&since=53&severity=high`);
  await page.getByRole("button", { name: "As of: choose a snapshot" }).click();
  await page.getByRole("button", { name: /\b50$/ }).click();
  await expect(page).toHaveURL(/\/findings\?at=50&severity=high$/);
  await expect(page.locator("h1")).toContainText(/high findings are open/);
  await page.goto(`${CLUSTER}/snapshots?at=60&since=53`);
  const link = page.locator('main a[href*="at=1"]').first();
  await expect(link).not.toHaveAttribute("href", /since/);
});

test("the palette looks for things where it leads: in the snapshot of the page", async ({ page, request }) => {
  const named = async (at: number): Promise<readonly string[]> => {
    const { rows } = (await (await request.get(`${API}/resources?at=${at}&kind=Deployment&limit=500`)).json()) as {
      rows: { ref: { name: string } }[];
    };
    return rows.map(({ ref }) => ref.name);
  };
  const [before, after] = [await named(2), await named(90)];
  const later = after.find((name) => !before.some((other) => other.includes(name))) ?? "";
  expect(later).not.toBe("");
  for (const [at, found] of [
    [2, 0],
    [90, 1],
  ] as const) {
    await page.goto(`${CLUSTER}?at=${at}`);
    await pressUntil(page.keyboard, "ControlOrMeta+k", () => expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused({ timeout: 500 }));
    const asked = page.waitForResponse((response) => response.url().includes("/search?") && response.url().endsWith(`q=${later}`));
    await page.getByRole("dialog").getByRole("combobox").fill(later);
    const { hits } = (await (await asked).json()) as { hits: { title: string; note: string }[] };
    expect([at, hits.filter(({ title, note }) => title === later && note.startsWith("Deployment in ")).length]).toEqual([at, found]);
  }
});
