import { expect, type Page, test } from "@playwright/test";
import { findViolations } from "./find-violations";
import { openAlive } from "./open-alive";
import { findFindingId, PAGES } from "./pages";
import { findTouching } from "./touching";

const SCRIPT_BUDGET_BYTES = 200_000;
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** A small laptop whose browser shows everything four times as large. */
const ENLARGED = { width: 320, height: 256 };

async function expectAccessible(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
  expect(await findViolations(page), colorScheme).toEqual([]);
  // No rule of axe looks at the words in an empty field: they are captions, as dark as others.
  const paleFields = (fields: readonly Element[]): readonly string[] => {
    const caption = document.createElement("span");
    caption.style.color = "var(--ink-3)";
    document.body.append(caption);
    const { color } = getComputedStyle(caption);
    caption.remove();
    return fields.filter((field) => getComputedStyle(field, "::placeholder").color !== color).map((field) => field.outerHTML);
  };
  expect(await page.locator("[placeholder]").evaluateAll(paleFields), colorScheme).toEqual([]);
}

for (const { name, path } of PAGES) {
  test.describe(name, () => {
    let url = path;
    test.beforeAll(async ({ baseURL }) => {
      if (path.includes("{finding}")) url = path.replace("{finding}", await findFindingId(baseURL));
    });

    test("has no accessibility violation in light and in dark, logs no error, loads at most 200 KB of script first, fits a phone with no words run together", async ({
      context,
    }) => {
      const errors: string[] = [];
      const open = async (colorScheme: "light" | "dark", size: typeof DESKTOP) => {
        const page = await context.newPage();
        page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
        page.on("pageerror", (error) => errors.push(error.message));
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size);
        const answer = await openAlive(page, url);
        await expect(page.locator("h1")).toBeVisible();
        return { page, html: (await answer?.text()) ?? "" };
      };

      const inLight = async () => {
        const { page, html } = await open("light", DESKTOP);
        // What the document itself names: on a busy machine, parts that are loaded when they are needed may be there as well by now.
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
        await expectAccessible(page, "light");
      };

      const inDark = async () => {
        const { page } = await open("dark", PHONE);
        for (const size of [PHONE, ENLARGED]) {
          await page.setViewportSize(size);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${size.width} px`).toBeLessThanOrEqual(size.width);
          expect(await page.evaluate(findTouching), `at ${size.width} px`).toEqual([]);
        }
        await page.setViewportSize(DESKTOP);
        expect(await page.evaluate(findTouching), `at ${DESKTOP.width} px`).toEqual([]);
        await expectAccessible(page, "dark");
      };

      // Nearly all of it is axe at work within a page: two pages keep two cores busy.
      await Promise.all([inLight(), inDark()]);
      expect(errors).toEqual([]);
    });
  });
}
