import { expect, type Page, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { CLUSTER, findFindingId, PAGES } from "./pages";

/** As of a reader who has set the size of text in the browser. */
async function setTextSize(page: Page, standard: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard, fixed: standard } });
}

const sizeOf = (page: Page, selector: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).fontSize);

test("a page is as large as the reader has text in the browser, and gives way as a smaller screen would", async ({ page }) => {
  await page.goto(CLUSTER);
  expect(await sizeOf(page, "body")).toBe("14px");
  const drawn = () => page.locator(".rings, .four .layer svg, .movers .sev svg").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  const widths = await drawn();
  const height = await page.locator(".bar").evaluate((bar) => bar.getBoundingClientRect().height);

  await setTextSize(page, 24);
  await page.goto(CLUSTER);
  expect(await sizeOf(page, "body")).toBe("21px");
  expect(await page.locator(".bar").evaluate((bar) => bar.getBoundingClientRect().height)).toBe(height * 1.5);
  // The emblem and the signs of layers and severities stand beside the words, and grow with them.
  expect(widths.length).toBeGreaterThan(5);
  expect(await drawn()).toEqual(widths.map((width) => width * 1.5));
  // 1440 pixels hold as much now as 960 did: the navigation is behind its button.
  await expect(page.getByRole("button", { name: "Menu" })).toBeVisible();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(CLUSTER);
    await expect(page.locator(".heat")).toBeVisible();
    expect(await sizeOf(page, "body")).toBe("21px");
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width}`).toBeLessThanOrEqual(width);
  }
});

test("signs grow with the text beside them, and are drawn in their middle", async ({ page }) => {
  await setTextSize(page, 32);
  await page.goto(`${CLUSTER}/network`);
  for (const [place, width] of [
    [".bar .chev", 18],
    [".net-matrix td svg", 24],
    [".net-now svg", 24],
  ] as const)
    expect((await page.locator(place).first().boundingBox())?.width, place).toBe(width);
  // Of a square in a matrix its ink is as wide as its place, not in a corner of it.
  const ink = await page.locator('.net-matrix td[data-state="open"] use').first().boundingBox();
  expect(Math.round(ink?.width ?? 0)).toBeGreaterThanOrEqual(22);
});

test("with text twice as large a phone scrolls no page sideways, only tables and code in their own box", async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await setTextSize(page, 32);
  const finding = await findFindingId(baseURL);
  for (const { name, path } of PAGES) {
    await page.goto(path.replace("{finding}", finding));
    await expect(page.locator("h1")).toBeVisible();
    expect(await sizeOf(page, "body")).toBe("28px");
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(390);
  }
});

test("with text twice as large a phone says of which day the latest snapshot is beside the name of the cluster, however old it is", async ({ page }) => {
  await page.clock.install();
  await page.setViewportSize({ width: 390, height: 844 });
  await setTextSize(page, 32);
  await openAlive(page, CLUSTER);
  for (const days of [2, 800]) {
    await page.clock.fastForward(days * 86_400_000);
    const day = page.locator(".bar .time .only-phone time");
    await expect(day).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `after ${days} days`).toBeLessThanOrEqual(390);
    const edge = async (place: string) => (await page.locator(place).first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const [name, time] = [await edge(".bar .switch"), await edge(".bar .time")];
    expect(name.x + name.width, `after ${days} days`).toBeLessThanOrEqual(time.x);
    expect(name.width, "the sign that opens the list of clusters").toBeGreaterThan(40);
  }
});

test("a finger and the keyboard get the figures of the bars of ages, and what a hatched cell means, as text", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(CLUSTER);
  const row = page.locator(".age-row").first();
  await expect(row.locator(".age-counts .sev").first()).toBeVisible();
  // The parts add up to what stands beside the bar.
  const figures = async (selector: string): Promise<number> =>
    (await row.locator(selector).allInnerTexts()).reduce((sum, text) => sum + Number(text.replaceAll(/\D/g, "")), 0);
  expect(await figures(".age-counts .sev > span:not(.sr)")).toBe(await figures("b"));
  await expect(page.locator("main")).toContainText("hatch = nothing of the layer could be assessed there");
  await expect(page.locator(".age [title], .heat .hc[title]")).toHaveCount(0);
});
