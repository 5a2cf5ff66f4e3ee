import { expect, type Page, type Request, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { CLUSTER } from "./pages";
import { pressUntil } from "./press-until";
import { scanAnew } from "./scan-anew";

const bar = (page: Page) => page.locator(".going");
const lateBar = (page: Page) => page.locator(".going[data-late]");

/** Of the router, and of the lists that the page reads itself. */
const isAnswer = (request: Request): boolean => /[?&]_rsc=|\/api\/v1\/clusters\/[^/]+\/findings\?/.test(request.url());

/** A document, or what a script asks for that is no answer of the API: the palette looks for what is typed. */
const isOfPage = (request: Request): boolean => /^(document|fetch)$/.test(request.resourceType()) && !request.url().includes("/api/");

/** Every such answer takes its time. */
async function slowDown(page: Page, ms: number): Promise<void> {
  await page.route("**/*", async (route) => {
    if (isAnswer(route.request())) await new Promise((resolve) => setTimeout(resolve, ms));
    await route.continue();
  });
}

/** No answer to the router comes before the test lets it: gives what lets them all through. */
async function holdAnswers(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*", async (route) => {
    if (isAnswer(route.request())) await promise;
    await route.continue();
  });
  return resolve;
}

/** Opens a page, and waits until it has come to life in the browser, and hears the keys. */
async function open(page: Page, path: string): Promise<void> {
  await openAlive(page, `${CLUSTER}${path}`);
  await expect(page.locator("h1")).toBeVisible();
  await pressUntil(page.keyboard, "?", () => expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 }));
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
    const letThrough = await holdAnswers(page);
    const passed: string[] = [];
    page.on("request", (request) => isOfPage(request) && !isAnswer(request) && passed.push(`${request.resourceType()} ${request.url()}`));
    await go(page);
    // What was not held tells by itself why the page came: no way through the product asks for a whole document.
    await expect.poll(async () => ({ bars: await lateBar(page).count(), passed })).toEqual({ bars: 1, passed: [] });
    await expect(page.getByRole("status").filter({ hasText: "Loading" }).first()).toBeAttached();
    letThrough();
    await expect(page).toHaveURL(leadsTo);
    await expect(lateBar(page)).toHaveCount(0);
    await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  });
}

test("what was clicked is marked at once, and the bar comes no earlier than one can see it", async ({ page }) => {
  await open(page, "/controls");
  const letThrough = await holdAnswers(page);
  await page.evaluate(() => {
    const times: Record<string, number> = {};
    Object.assign(globalThis, { times });
    const countFrame = (): void => {
      times.frames = (times.frames ?? 0) + 1;
      requestAnimationFrame(countFrame);
    };
    addEventListener("click", () => Object.assign(times, { click: performance.now(), frames: 0 }) && requestAnimationFrame(countFrame), { capture: true });
    new MutationObserver(() => {
      if (document.querySelector(".link-going") !== null) times.mark ??= times.frames ?? 0;
      if (document.querySelector(".going[data-late]") !== null) times.bar ??= performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await nav(page, /^Sources/).click();
  await expect(lateBar(page)).toHaveCount(1);
  const { click = 0, mark, bar: shown = 0 } = await page.evaluate(() => (globalThis as unknown as { times: Record<string, number> }).times);
  // Frames that a screen shows in a tenth of a second: a machine that is busy with something else shows fewer in that time.
  expect(mark).toBeLessThanOrEqual(6);
  expect(shown - click).toBeGreaterThanOrEqual(145);
  letThrough();
  await expect(page).toHaveURL(/\/sources$/);
});

test("a navigation that another replaces, or that fails, leaves no bar behind", async ({ page }) => {
  await open(page, "/controls");
  const letThrough = await holdAnswers(page);
  await nav(page, /^Sources/).click();
  await expect(lateBar(page)).toHaveCount(1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await nav(page, /^Snapshots/).click();
  await expect(page).toHaveURL(/\/snapshots/);
  await expect(lateBar(page)).toHaveCount(0);
  letThrough();
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/\/snapshots/);
  await expect(lateBar(page)).toHaveCount(0);
  // What the router cannot read it asks for as a whole page.
  await page.route("**/*", (route) => (isAnswer(route.request()) ? route.abort() : route.continue()));
  await nav(page, /^Controls/).click();
  await expect(page).toHaveURL(/\/controls/);
  await expect(page.locator("h1")).toBeVisible();
  await expect(lateBar(page)).toHaveCount(0);
});

test("who wants no motion gets a bar that stands still, in a colour that shows now and in the past", async ({ page }) => {
  for (const path of ["/controls", "/controls?at=45"]) {
    await open(page, path);
    const letThrough = await holdAnswers(page);
    await nav(page, /^Sources/).click();
    await expect(lateBar(page)).toHaveCount(1);
    const { duration, colour, behind } = await bar(page).evaluate((element) => ({
      duration: getComputedStyle(element, "::before").animationDuration,
      colour: getComputedStyle(element, "::before").backgroundColor,
      behind: getComputedStyle(document.querySelector(".bar") ?? element).backgroundColor,
    }));
    expect(duration).toBe("0s");
    expect(colour).not.toBe(behind);
    letThrough();
    await expect(page).toHaveURL(/\/sources/);
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
    await expect.poll(backs).toBe(time + 1);
    await expect(page).toHaveURL(/\/findings$/);
    const row = page.locator(`main a.row-a[href='${href}']`);
    const px = (): Promise<number> => page.evaluate(() => scrollY);
    await expect(row)
      .toBeFocused()
      .then(() => expect(row).toBeInViewport())
      .then(() => expect.poll(async () => Math.abs((await px()) - wantedPx)).toBeLessThanOrEqual(2))
      .catch(async () => lost.push(`back after ${ms} ms: at ${await px()} px instead of ${wantedPx} px`));
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
    await expect(page).toHaveURL(new RegExp(`${href}$`));
    await expect(page.locator("h1")).toBeVisible();
    await page.locator("main a").first().focus();
    await page.goBack();
    await expect(page.locator(`main a[href='${href}']`).first()).toBeFocused();
    await expect(page.locator(`main a[href='${href}']`).first()).toBeInViewport();
  }
});

test("the tab has a name at each moment: on the way to another page that of the one before, and when a page is read again its own", async ({ page }) => {
  await open(page, "/settings");
  await page.evaluate(() => {
    const names: string[] = [];
    Object.assign(globalThis, { names });
    const look = (): void => {
      if (names.at(-1) !== document.title) names.push(document.title);
      requestAnimationFrame(look);
    };
    look();
  });
  const names = (): Promise<readonly string[]> => page.evaluate(() => (globalThis as unknown as { names: readonly string[] }).names);
  const again = page.waitForResponse((answer) => isAnswer(answer.request()));
  // What the server refuses has the page read again.
  await page.getByRole("region", { name: "Forget this cluster" }).getByRole("textbox").fill("another");
  await page.keyboard.press("Enter");
  await again;
  await page.waitForTimeout(500);
  expect(await names()).toEqual([expect.stringMatching(/^Settings · /)]);
  const letThrough = await holdAnswers(page);
  await nav(page, /^Sources/).click();
  await expect(lateBar(page)).toHaveCount(1);
  letThrough();
  await expect(page).toHaveTitle(/^Sources · /);
  expect(await names()).toEqual([expect.stringMatching(/^Settings · /), expect.stringMatching(/^Sources · /)]);
});

test("back to another question of the page after a scan says that it is on its way, and the tab keeps its name", async ({ page, baseURL }) => {
  await open(page, "/resources");
  const all = await page.locator("h1").textContent();
  await page
    .getByRole("checkbox", { name: /^Deployment/ })
    .first()
    .click();
  await expect(page).toHaveURL(/kind=Deployment/);
  await expect(page.locator("h1")).not.toHaveText(all ?? "");
  // What was read before a scan is asked for again.
  const seq = await scanAnew(baseURL);
  await expect.poll(() => page.locator(".foot").textContent()).toContain(`snapshot ${seq}`);
  const letThrough = await holdAnswers(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/resources$/);
  await expect(lateBar(page)).toHaveCount(1);
  await expect(page).toHaveTitle(/^Resources · /);
  letThrough();
  await expect(page.locator("h1")).toHaveText(all ?? "");
  await expect(lateBar(page)).toHaveCount(0);
});
