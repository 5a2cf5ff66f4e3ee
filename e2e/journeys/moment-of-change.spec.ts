import { expect, type Page, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { CLUSTER, findFindingId } from "./pages";
import { pressOnceShown } from "./press-once-shown";
import { scanAnew } from "./scan-anew";

const nav = (page: Page, name: RegExp) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).first();
const readClipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Presses keys one after the other, before the browser does anything else. */
function press(page: Page, ...keys: readonly string[]): Promise<void> {
  return page.evaluate((all) => {
    for (const key of all) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }, keys);
}

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

test("a page that is newer than its frame is copied as of its own snapshot, and the frame follows it", async ({ page, baseURL }) => {
  // The tab hears nothing of scans: what tells of them is held up on its way.
  await page.route("**/scans/events", () => undefined);
  await openAlive(page, `${CLUSTER}/sources`);
  const newest = await scanAnew(baseURL);
  await pressOnceShown(page, `snapshot ${newest} ·`, "c");
  await nav(page, /^Snapshots/).click();
  await expect(page.getByText(`snapshot ${newest} ·`).first()).toBeVisible();
  await expect.poll(() => readClipboard(page)).toContain(`${CLUSTER}/snapshots?at=${newest}`);
  await page.getByRole("button", { name: "As of: choose a snapshot" }).click();
  await expect(page.locator(".pop").getByRole("button", { name: `Now snapshot ${newest}` })).toBeVisible();
});

test("the link of a row is copied also from a list that was come to by a link", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/controls`);
  await nav(page, /^Findings/).click();
  await expect(page.locator("main a.row-a[href*='/findings/F-']").first()).toBeVisible();
  await page.keyboard.press("j");
  const row = page.locator("tr.cur a.row-a");
  const href = (await row.getAttribute("href")) ?? "";
  expect(href).toContain("/findings/F-");
  await page.keyboard.press("c");
  await expect.poll(() => readClipboard(page)).toContain(href);
});

test("Escape on a finding leaves present mode first, and only then the finding", async ({ page, baseURL }) => {
  await openAlive(page, `${CLUSTER}/findings/${await findFindingId(baseURL)}`);
  const presented = page.locator(".app[data-present]");
  await page.keyboard.press("Shift+P");
  await expect(presented).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(presented).toHaveCount(0);
  await expect(page).toHaveURL(/\/findings\/F-/);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/findings$/);
});

test("Enter opens the row that the cursor is on, though it goes on in the same moment", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const href = (await page.locator("tr.cur a.row-a").getAttribute("href")) ?? "";
  await press(page, "Enter", "j");
  await expect(page).toHaveURL(/\/findings\/F-/);
  expect(page.url()).toContain(href);
});

test("keys act from the moment in which the page comes to life", async ({ page }) => {
  // Before anything of the page runs: the first key is pressed by the browser itself, in the first frame in which React holds every control.
  await page.addInitScript(() => {
    const look = (): void => {
      const controls = [...document.querySelectorAll("a[href], button, input, select, textarea")];
      const isAlive = controls.length > 0 && controls.every((element) => Object.keys(element).some((key) => key.startsWith("__reactProps$")));
      if (isAlive) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true }));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${CLUSTER}/sources`);
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("the palette offers nothing without the letters that were typed, and what was chosen in it stays chosen when more is found", async ({ page }) => {
  const hit = (title: string, path: string) => ({ kind: "resource", title, note: "ConfigMap", href: `${CLUSTER}/${path}` });
  const answers: Readonly<Record<string, readonly ReturnType<typeof hit>[]>> = {
    zz: [hit("zz-other", "sources"), hit("zzq-chosen", "snapshots")],
    zzq: [hit("zzq-before", "controls"), hit("zzq-chosen", "snapshots")],
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/search?*", async (route) => {
    const asked = new URL(route.request().url()).searchParams.get("q") ?? "";
    if (asked === "zzq") await promise;
    await route.fulfill({ json: { hits: answers[asked] ?? [] } });
  });
  await openAlive(page, `${CLUSTER}/frameworks`);
  await page.keyboard.press("ControlOrMeta+k");
  const field = page.getByRole("dialog").getByRole("combobox");
  await field.fill("zz");
  const options = page.getByRole("option");
  await expect(options).toContainText(["zz-other", "zzq-chosen", "Open findings"]);
  await field.fill("zzq");
  await expect(options).toContainText(["zzq-chosen", "Open findings"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const chosen = page.getByRole("option", { selected: true });
  await expect(chosen).toContainText("zzq-chosen");
  resolve();
  await expect(options).toContainText(["zzq-before", "zzq-chosen", "Open findings"]);
  await expect(chosen).toContainText("zzq-chosen");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/snapshots$/);
});

test("what is exported is what is counted, while the list of another filter is on its way", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/findings?*", async (route) => {
    await promise;
    await route.continue();
  });
  const asked = page.waitForRequest(/\/api\/.*\/findings\?.*severity=high/);
  await page.getByRole("checkbox", { name: /^High/ }).first().click();
  await asked;
  const csv = page.getByRole("link", { name: /^CSV/ });
  await page.getByRole("button", { name: /^Export/ }).click();
  await expect(csv).not.toHaveAttribute("href", /severity/);
  resolve();
  await expect(csv).toHaveAttribute("href", /severity=high/);
});
