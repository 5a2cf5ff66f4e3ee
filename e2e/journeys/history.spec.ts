import { expect, type Page, test } from "@playwright/test";
import { CLUSTER } from "./pages";
import { openAlive, openWithoutScripts } from "./open-alive";

const entries = (page: Page): Promise<number> => page.evaluate(() => history.length);

/** Waits until the page has come to life: before that, a click on a box changes no address. */
async function check(page: Page, name: RegExp, address: RegExp): Promise<void> {
  await expect(async () => {
    await page.getByRole("checkbox", { name }).first().setChecked(true, { timeout: 1_000 });
    await expect(page).toHaveURL(address, { timeout: 2_000 });
  }).toPass();
}

test("back takes back one choice at a time in the list of findings, and forward takes it again", async ({ page }) => {
  await page.goto(CLUSTER);
  await page
    .getByRole("navigation", { name: "Pages" })
    .getByRole("link", { name: /^Findings/ })
    .click();
  await expect(page).toHaveURL(/\/findings$/);
  // The address changes before the list is there.
  await expect(page.locator("h1")).toContainText("findings are open");
  const whole = await page.locator("h1").textContent();
  await check(page, /^High/, /\?severity=high$/);
  await expect(page.locator("h1")).not.toHaveText(whole ?? "");
  const high = await page.locator("h1").textContent();
  await check(page, /^Code/, /layer=code/);
  await expect(page.locator("h1")).not.toHaveText(high ?? "");
  const code = await page.locator("h1").textContent();
  await page.locator("th").getByRole("link", { name: "Open for" }).click();
  await expect(page).toHaveURL(/sort=age/);
  await page.goBack();
  await expect(page).toHaveURL(/\?severity=high&layer=code$/);
  await expect(page.locator("h1")).toHaveText(code ?? "");
  await page.goBack();
  await expect(page).toHaveURL(/\?severity=high$/);
  await expect(page.locator("h1")).toHaveText(high ?? "");
  await expect(page.getByRole("checkbox", { name: /^Code/ }).first()).not.toBeChecked();
  await page.goBack();
  await expect(page).toHaveURL(/\/findings$/);
  await expect(page.locator("h1")).toHaveText(whole ?? "");
  await page.goForward();
  await expect(page.getByRole("checkbox", { name: /^High/ }).first()).toBeChecked();
  await expect(page.locator("h1")).toHaveText(high ?? "");
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`${CLUSTER}$`));
  await expect(page.locator("h1")).toContainText("is the weakest layer");
});

for (const path of ["controls", "findings"]) {
  test(`choices that are made faster than ${path} answer are all kept`, async ({ page }) => {
    await page.goto(`${CLUSTER}/${path}`);
    await check(page, /^Code/, /layer=code$/);
    // The parts of a page that the router asks for take their time.
    await page.route("**/*", async (route) => {
      if (route.request().headers().rsc !== undefined) await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    for (const name of [/^High/, /^Low/, /^Code/, /^Cluster/]) await page.getByRole("checkbox", { name }).first().click();
    await expect(page).toHaveURL(/\?severity=high,low&layer=cluster$/);
    for (const name of [/^High/, /^Low/, /^Cluster/]) await expect(page.getByRole("checkbox", { name }).first()).toBeChecked();
    await expect(page.getByRole("checkbox", { name: /^Code/ }).first()).not.toBeChecked();
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
}

test("back from a finding shows the chosen part of the list, where the reader was in it", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings`);
  await check(page, /^High/, /\?severity=high$/);
  // The rows from before the choice stay until its own are there, which move what was scrolled to.
  await expect(page.locator("main table.findings[aria-busy=false]")).toBeVisible();
  await expect(page.locator("h1")).toContainText(/^\d+ high findings are open/);
  await page.evaluate(() => scrollTo(0, 2_000));
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1_500);
  // The list draws only the rows in sight, so a row is known by its address and not by its number.
  const inSight = (): Promise<string | null> =>
    page.evaluate(() => {
      const isInSight = (link: Element): boolean => link.getBoundingClientRect().top > 300 && link.getBoundingClientRect().top < 700;
      return [...document.querySelectorAll("main a[href*='/findings/F-']")].find(isInSight)?.getAttribute("href") ?? null;
    });
  await expect.poll(inSight).not.toBeNull();
  const [href, place] = [await inSight(), await page.evaluate(() => scrollY)];
  await page.locator(`main a[href='${href}']`).click();
  await expect(page).toHaveURL(new RegExp(href?.replace("?", "\\?") ?? "none"));
  // The address changes before the finding is there, and people go back from what they have seen.
  await expect(page.locator("main table.findings")).toHaveCount(0);
  await expect(page.locator("h1")).not.toContainText("high findings are open");
  await page.goBack();
  await expect(page).toHaveURL(/\?severity=high$/);
  await expect(page.locator(`main a[href='${href}']`)).toBeInViewport();
  await expect.poll(async () => Math.abs((await page.evaluate(() => scrollY)) - place)).toBeLessThan(200);
});

test("back to a part of a page that a link in it led to shows that page, where the reader was in it", async ({ page }) => {
  // A moment that is past: nothing new comes that would have the page drawn again.
  await page.goto(`${CLUSTER}/frameworks/cis?at=2`);
  const title = (await page.locator("h1").textContent()) ?? "";
  await expect.poll(() => page.evaluate(() => history.state !== null)).toBe(true);
  const part = page.locator("main nav a[href^='#']").last();
  const id = await part.getAttribute("href");
  await part.click();
  await expect(page).toHaveURL(new RegExp(`at=2${id}$`));
  await page.evaluate(() => scrollBy(0, 150));
  await page.waitForTimeout(300);
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(500);
  const inSight = await page.evaluate(() => {
    const links = [...document.querySelectorAll("main a[href*='/controls/']")];
    return links.find((link) => link.getBoundingClientRect().top > 150 && link.getBoundingClientRect().top < 600)?.getAttribute("href") ?? null;
  });
  expect(inSight).not.toBeNull();
  await page.locator(`main a[href='${inSight}']`).filter({ visible: true }).last().click();
  await expect(page).toHaveURL(/\/controls\//);
  await expect(page.locator("h1")).not.toHaveText(title);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`at=2${id}$`));
  await expect(page.locator("h1")).toHaveText(title);
  await expect.poll(async () => Math.abs((await page.evaluate(() => scrollY)) - place)).toBeLessThan(200);
});

test("a choice that changes nothing is no step", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings?q=registry`);
  await check(page, /^High/, /severity=high/);
  const before = await entries(page);
  await page.getByRole("searchbox").press("Enter");
  await page.waitForTimeout(300);
  expect(await entries(page)).toBe(before);
});

test("resources and controls go back choice by choice too", async ({ page }) => {
  await page.goto(`${CLUSTER}/resources`);
  await check(page, /^Deployment/, /kind=Deployment/);
  await page.getByRole("link", { name: "Platform", exact: true }).click();
  await expect(page).toHaveURL(/scope=platform/);
  await page.goBack();
  await expect(page).toHaveURL(/\?kind=Deployment$/);
  await expect(page.getByRole("checkbox", { name: /^Deployment/ }).first()).toBeChecked();
  await page.goBack();
  await expect(page).toHaveURL(/\/resources$/);
  await expect(page.getByRole("checkbox", { name: /^Deployment/ }).first()).not.toBeChecked();
  await page.goto(`${CLUSTER}/controls`);
  const all = await page.locator("main article, main tr, main li").count();
  await check(page, /^Fails here/, /result=fails/);
  await page.goBack();
  await expect(page).toHaveURL(/\/controls$/);
  await expect(page.getByRole("checkbox", { name: /^Fails here/ }).first()).not.toBeChecked();
  await expect(page.locator("main article, main tr, main li")).toHaveCount(all);
});

test("what is typed letter by letter is one place in the history", async ({ page }) => {
  await page.goto(`${CLUSTER}/network`);
  const before = await entries(page);
  await expect(async () => {
    await page.getByRole("searchbox").fill("");
    await page.getByRole("searchbox").pressSequentially("data", { delay: 40 });
    await expect(page).toHaveURL(/find=data$/, { timeout: 2_000 });
  }).toPass();
  expect(await entries(page)).toBe(before);
});

test("moments, compared layers and questions are steps", async ({ page }) => {
  await page.goto(`${CLUSTER}/compare?at=60`);
  await page.locator("main").getByRole("link", { name: "Code", exact: true }).click();
  await expect(page).toHaveURL(/layer=code/);
  await page.goBack();
  await expect(page).toHaveURL(/\/compare\?at=60$/);
  await page.goto(`${CLUSTER}/who-can`);
  await page.getByRole("link", { name: "By identity" }).click();
  await expect(page).toHaveURL(/by=subject/);
  await page.goBack();
  await expect(page).toHaveURL(/\/who-can$/);
});

test("back to a question fills its fields with what it asked, and not with what was asked after it", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/network?by=workload`);
  const field = page.getByRole("combobox", { name: "Workload" });
  const chosen = page.locator("main a[href*='workload=']");
  await chosen.first().click();
  await expect(page).toHaveURL(/workload=/);
  const asked = new URL(page.url()).searchParams.get("workload") ?? "";
  await expect(field).toHaveValue(asked);
  await page.goBack();
  await expect(chosen.first()).toBeVisible();
  await expect(field).toHaveValue("");
  await page.goForward();
  await expect(field).toHaveValue(asked);
});

test("a page that a link leads to shows its shape until its answer is there", async ({ page }) => {
  await page.goto(`${CLUSTER}/controls`);
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      if (document.querySelector("main [aria-busy=true]")) seen.push(location.pathname);
    }).observe(document.body, { subtree: true, childList: true });
  });
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Compare" }).click();
  await expect(page).toHaveURL(/\/compare$/);
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  // After a scan of now, what is at least seven days older may be eight.
  await expect(page.locator("h1")).toContainText(/In \d days/);
});

test("says how long ago the moment of a page was, also of a page that stays open overnight", async ({ page }) => {
  await page.clock.install();
  await page.goto(`${CLUSTER}?at=60`);
  const ago = page.getByRole("group", { name: "Time" }).locator(".ago");
  await expect(ago).toHaveText(/ \d+ days ago$/);
  const readDays = async (): Promise<number> => Number(/\d+/.exec((await ago.textContent()) ?? "")?.[0]);
  const days = await readDays();
  await expect(async () => {
    await page.clock.fastForward("48:00:00"); // again until the page has come to life
    await expect.poll(readDays, { timeout: 2_000 }).toBeGreaterThan(days + 1);
  }).toPass();
});

test("a box that was ticked before the scripts were there counts", async ({ page }) => {
  const load = await openWithoutScripts(page, `${CLUSTER}/resources`);
  const box = page.getByRole("checkbox", { name: /^Deployment/ }).first();
  await box.check();
  load();
  await expect(page).toHaveURL(/\/resources\?kind=Deployment$/);
  await expect(box).toBeChecked();
});
