import { expect, type Page, test } from "@playwright/test";
import { waitUntilAlive } from "./open-alive";
import { CLUSTER } from "./pages";

/** Above it a reader sees the page jump. */
const UNSEEN = 0.02;

/** Shifts up to now, those of the last frame too, of which the browser tells a while after it. */
function sumOfShifts(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { moved, shifts } = window as unknown as { moved: number; shifts: PerformanceObserver }; // safe: set before the page began
    const sum = shifts.takeRecords().reduce((all, entry) => all + Number(Reflect.get(entry, "value")), moved);
    Object.assign(window, { moved: sum });
    return sum;
  });
}

const drawTwice = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

for (const path of ["", "/frameworks", "/pod-security", "/findings"]) {
  test(`nothing moves on a phone when the fonts come late: ${path || "/"}`, async ({ page }) => {
    const { promise: wanted, resolve: load } = Promise.withResolvers<void>();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.addInitScript(() => {
      const shifts = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) Object.assign(window, { moved: Reflect.get(window, "moved") + Reflect.get(entry, "value") });
      });
      Object.assign(window, { moved: 0, shifts });
      shifts.observe({ type: "layout-shift", buffered: true });
    });
    await page.route("**/*.woff2", async (route) => {
      await wanted;
      await route.continue();
    });
    await page.goto(`${CLUSTER}${path}`, { waitUntil: "commit" });
    await expect(page.locator("h1")).toBeVisible();
    const hasFace = await page.evaluate(() =>
      new FontFace("probe", 'local("Arial Bold"), local("Liberation Sans Bold"), local("Arimo Bold")').load().then(
        () => true,
        () => false,
      ),
    );
    test.skip(!hasFace, "this machine has none of the faces that stand in");
    // Drawn with what stands in, before the faces come; what moves when the page comes to life is not their doing, wherever a busy machine puts that.
    await waitUntilAlive(page);
    await drawTwice(page);
    const before = await sumOfShifts(page);
    load();
    await expect.poll(() => page.evaluate(() => document.fonts.status)).toBe("loaded");
    await expect.poll(() => page.evaluate(() => document.fonts.check('600 20px "interFont"'))).toBe(true);
    await drawTwice(page);
    expect((await sumOfShifts(page)) - before).toBeLessThan(UNSEEN);
  });
}
