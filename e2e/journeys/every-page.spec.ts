import { expect, test } from "@playwright/test";
import { findViolations } from "./find-violations";
import { openAlive } from "./open-alive";
import { findFindingId, PAGES } from "./pages";

const SCRIPT_BUDGET_BYTES = 200 * 1024;

for (const { name, path } of PAGES) {
  test.describe(name, () => {
    let url = path;
    test.beforeAll(async ({ baseURL }) => {
      if (path.includes("{finding}")) url = path.replace("{finding}", await findFindingId(baseURL));
    });

    test("has no accessibility violation in light and in dark, logs no error and loads at most 200 KB of script first", async ({ page }) => {
      const errors: string[] = [];
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(error.message));
      await page.emulateMedia({ colorScheme: "light" });
      await openAlive(page, url);
      await expect(page.locator("h1")).toBeVisible();
      // What the document itself names: on a busy machine, parts that are loaded when they are needed may be there as well by now.
      const html = await (await page.request.get(url)).text();
      const scripts = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, src = ""]) => new URL(src, page.url()).href);
      const sizes = await page.evaluate(
        (names) =>
          performance
            .getEntriesByType("resource")
            .filter((entry) => names.includes(entry.name))
            .map((entry) => (entry as PerformanceResourceTiming).encodedBodySize),
        scripts,
      );
      expect(sizes.length).toBeGreaterThan(0);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(SCRIPT_BUDGET_BYTES);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
        expect(await findViolations(page), colorScheme).toEqual([]);
      }
      expect(errors).toEqual([]);
    });

    test("fits a phone without scrolling sideways", async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(url);
      await expect(page.locator("h1")).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      // A small laptop whose browser shows everything four times as large.
      await page.setViewportSize({ width: 320, height: 256 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
}
