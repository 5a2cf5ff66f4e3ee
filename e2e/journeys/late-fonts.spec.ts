import { expect, test } from "@playwright/test";
import { CLUSTER } from "./pages";

/** Above it a reader sees the page jump. */
const UNSEEN = 0.02;

for (const path of ["", "/frameworks", "/pod-security", "/findings"]) {
  test(`nothing moves on a phone when the fonts come late: ${path || "/"}`, async ({ page }) => {
    const { promise: wanted, resolve: load } = Promise.withResolvers<void>();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.addInitScript(() => {
      Object.assign(window, { moved: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) Object.assign(window, { moved: Reflect.get(window, "moved") + Reflect.get(entry, "value") });
      }).observe({ type: "layout-shift", buffered: true });
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
    // Drawn with what stands in, before the faces come.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const before = await page.evaluate(() => Number(Reflect.get(window, "moved")));
    load();
    await expect.poll(() => page.evaluate(() => document.fonts.status)).toBe("loaded");
    await expect.poll(() => page.evaluate(() => document.fonts.check('600 20px "interFont"'))).toBe(true);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect((await page.evaluate(() => Number(Reflect.get(window, "moved")))) - before).toBeLessThan(UNSEEN);
  });
}
