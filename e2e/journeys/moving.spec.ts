import { expect, type Page, test } from "@playwright/test";
import { CLUSTER } from "./pages";

const SLOW = { timeout: 15_000 };
const ANSWER_MS = 700;

const bar = (page: Page) => page.locator(".going");
const lateBar = (page: Page) => page.locator(".going[data-late]");

/** Every answer to the router, and to the lists that the page reads itself, takes its time. */
async function slowDown(page: Page, ms = ANSWER_MS): Promise<void> {
  await page.route("**/*", async (route) => {
    const { headers, url } = { headers: route.request().headers(), url: route.request().url() };
    if (headers.rsc !== undefined || /\/api\/v1\/clusters\/[^/]+\/findings\?/.test(url)) await new Promise((resolve) => setTimeout(resolve, ms));
    await route.continue();
  });
}

/** Opens a page, and waits until it has come to life in the browser. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${CLUSTER}${path}`);
  await expect(page.locator("h1")).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 });
  }).toPass(SLOW);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

const nav = (page: Page, name: RegExp) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).first();

const WAYS: readonly (readonly [string, string, (page: Page) => Promise<void>, RegExp])[] = [
  ["a link", "/controls", (page) => nav(page, /^Sources/).click(), /\/sources$/],
  ["a row", "/findings", (page) => page.locator("main a.row-a").first().click(), /\/findings\/F-/],
  [
    "a row by its key",
    "/findings",
    async (page) => {
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
    },
    /\/findings\/F-/,
  ],
  [
    "a filter",
    "/resources",
    (page) =>
      page
        .getByRole("checkbox", { name: /^Deployment/ })
        .first()
        .click(),
    /kind=Deployment/,
  ],
  ["a filter of the findings", "/findings", (page) => page.getByRole("checkbox", { name: /^High/ }).first().click(), /severity=high/],
  [
    "the palette",
    "/controls",
    async (page) => {
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("combobox")).toBeFocused();
      await page.keyboard.type("snapsh");
      await page.keyboard.press("Enter");
    },
    /\/snapshots/,
  ],
  [
    "the time control",
    "/sources",
    async (page) => {
      await page.getByRole("button", { name: "As of: choose a snapshot" }).click();
      await page.locator(".pop .pop-item").nth(5).click();
    },
    /at=\d+/,
  ],
  [
    "a question",
    "/who-can",
    async (page) => {
      await page.locator("main form button[type=submit]").first().click();
    },
    /who-can\?/,
  ],
];

for (const [what, path, go, leadsTo] of WAYS) {
  test(`going by ${what} says that the page is on its way, and no longer than that`, async ({ page }) => {
    await open(page, path);
    await slowDown(page);
    await go(page);
    await expect(lateBar(page)).toHaveCount(1, { timeout: ANSWER_MS });
    await expect(page.getByRole("status").filter({ hasText: "Loading" }).first()).toBeAttached();
    await expect(page).toHaveURL(leadsTo, SLOW);
    await expect(lateBar(page)).toHaveCount(0, SLOW);
    await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  });
}

test("what was clicked is marked at once, and the bar comes no earlier than one can see it", async ({ page }) => {
  await open(page, "/controls");
  await slowDown(page);
  await page.evaluate(() => {
    const times: Record<string, number> = {};
    Object.assign(globalThis, { times });
    addEventListener("click", () => Object.assign(times, { click: performance.now() }), { capture: true });
    new MutationObserver(() => {
      if (document.querySelector(".link-going") !== null) times.mark ??= performance.now();
      if (document.querySelector(".going[data-late]") !== null) times.bar ??= performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await nav(page, /^Sources/).click();
  await expect(lateBar(page)).toHaveCount(1);
  const { click = 0, mark = 0, bar: shown = 0 } = await page.evaluate(() => (globalThis as unknown as { times: Record<string, number> }).times);
  expect(mark - click).toBeLessThan(100);
  expect(shown - click).toBeGreaterThanOrEqual(145);
  await expect(page).toHaveURL(/\/sources$/, SLOW);
});

test("a navigation that another replaces, or that fails, leaves no bar behind", async ({ page }) => {
  await open(page, "/controls");
  await slowDown(page, 2_000);
  await nav(page, /^Sources/).click();
  await expect(lateBar(page)).toHaveCount(1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await nav(page, /^Snapshots/).click();
  await expect(page).toHaveURL(/\/snapshots/, SLOW);
  await expect(lateBar(page)).toHaveCount(0, SLOW);
  await page.waitForTimeout(2_200);
  await expect(page).toHaveURL(/\/snapshots/);
  await expect(lateBar(page)).toHaveCount(0);
  // What the router cannot read it asks for as a whole page.
  await page.route("**/*", (route) => (route.request().headers().rsc === undefined ? route.continue() : route.abort()));
  await nav(page, /^Controls/).click();
  await expect(page).toHaveURL(/\/controls/, SLOW);
  await expect(page.locator("h1")).toBeVisible();
  await expect(lateBar(page)).toHaveCount(0, SLOW);
});

test("who wants no motion gets a bar that stands still, in a colour that shows now and in the past", async ({ page }) => {
  for (const path of ["/controls", "/controls?at=45"]) {
    await open(page, path);
    await slowDown(page, 1_500);
    await nav(page, /^Sources/).click();
    await expect(lateBar(page)).toHaveCount(1);
    const { duration, colour, behind } = await bar(page).evaluate((element) => ({
      duration: getComputedStyle(element, "::before").animationDuration,
      colour: getComputedStyle(element, "::before").backgroundColor,
      behind: getComputedStyle(document.querySelector(".bar") ?? element).backgroundColor,
    }));
    expect(duration).toBe("0s");
    expect(colour).not.toBe(behind);
    await expect(page).toHaveURL(/\/sources/, SLOW);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  }
});

/** The row in the middle of what is seen of the list. */
const inSight = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const isInSight = (link: Element): boolean => link.getBoundingClientRect().top > 300 && link.getBoundingClientRect().top < 700;
    return [...document.querySelectorAll("main a.row-a")].find(isInSight)?.getAttribute("href") ?? null;
  });

test("back finds the list's place also when it is pressed in the moment in which the address changes", async ({ page }) => {
  test.setTimeout(180_000);
  await open(page, "/findings");
  await slowDown(page, 120);
  await page.evaluate(() => {
    const { pushState } = history;
    const race = { ms: -1, backs: 0 };
    Object.assign(globalThis, { race });
    history.pushState = function push(...given): void {
      pushState.apply(this, given);
      if (race.ms < 0) return;
      setTimeout(() => history.back(), race.ms);
      Object.assign(race, { ms: -1, backs: race.backs + 1 });
    };
  });
  const backs = (): Promise<number> => page.evaluate(() => (globalThis as unknown as { race: { backs: number } }).race.backs);
  const lost: string[] = [];
  for (let time = 0; time < 30; time += 1) {
    const ms = [0, 1, 5, 16, 33, 60, 120, 200, 350, 600][time % 10] ?? 0;
    const wantedPx = 900 + 200 * time;
    // Whoever scrolls themselves is not taken back.
    await page.mouse.wheel(0, 1);
    await page.waitForTimeout(100);
    await page.evaluate((px) => scrollTo(0, px), wantedPx);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(wantedPx);
    await expect.poll(() => inSight(page)).not.toBeNull();
    const href = await inSight(page);
    await page.evaluate((wait) => Object.assign((globalThis as unknown as { race: { ms: number } }).race, { ms: wait }), ms);
    await page.locator(`main a[href='${href}']`).click();
    await expect.poll(backs, SLOW).toBe(time + 1);
    await expect(page).toHaveURL(/\/findings$/, SLOW);
    const row = page.locator(`main a.row-a[href='${href}']`);
    const isThere = await expect(row)
      .toBeFocused({ timeout: 5_000 })
      .then(() => expect(row).toBeInViewport({ timeout: 1_000 }))
      .then(() => true)
      .catch(() => false);
    const px = await page.evaluate(() => scrollY);
    if (!isThere || Math.abs(px - wantedPx) > 2) lost.push(`back after ${ms} ms: at ${px} px instead of ${wantedPx} px`);
  }
  expect(lost).toEqual([]);
});

test("back goes on from the link that was followed, also in a long list and after steps on the other page", async ({ page }) => {
  for (const [path, at] of [
    ["/resources", 40],
    ["/controls", 60],
  ] as const) {
    await open(page, path);
    const link = page.locator("main tbody a").nth(at);
    const href = await link.getAttribute("href");
    await link.focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${href}$`), SLOW);
    await expect(page.locator("h1")).toBeVisible();
    await page.locator("main a").first().focus();
    await page.goBack();
    await expect(page.locator(`main a[href='${href}']`).first()).toBeFocused(SLOW);
    await expect(page.locator(`main a[href='${href}']`).first()).toBeInViewport();
  }
});
