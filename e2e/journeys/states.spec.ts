import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { CLUSTER, findFindingId } from "./pages";
import { pressUntil } from "./press-until";

const PHONE = { width: 390, height: 844 };
/** Roles could not be read then. */
const BLIND = 47;

/** Until scripts are there a click does nothing; once the dialog is there, the button behind it is hidden. */
async function openByButton(page: Page, name: string): Promise<void> {
  await expect(async () => {
    if ((await page.getByRole("dialog").count()) === 0) await page.getByRole("button", { name }).click({ timeout: 2_000 });
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

test("what is left out of an object and of a patch is said on a desk too", async ({ page, baseURL }) => {
  await openAlive(page, `${CLUSTER}/findings/${await findFindingId(baseURL, "control=sa-token-automounted&q=checkout-gateway")}`);
  const fold = page.locator("main .yaml:not(.diff) li.fold").first();
  await expect(fold).toBeVisible();
  await expect(fold).toHaveText(/^\d+ lines$/);
  await expect(page.locator("main .yaml.diff li.fold").first()).toBeVisible();
  await expect(page.locator("main .yaml.diff li.fold").first()).toHaveText(/^\d+ lines unchanged$/);
  await fold.getByRole("button").press("Enter");
  await expect(fold).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Only the evidence" })).toBeFocused();
});

test("what could not be assessed for a while is never said to have been open, or to have failed", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL, `at=${BLIND}&state=unknown&control=rbac-anonymous-binding`)}`);
  const main = page.locator("main");
  await expect(main.getByRole("heading", { name: "Why it was not assessed" })).toBeVisible();
  await expect(main).toContainText("Not assessed from");
  await expect(main).toContainText("Not assessed until");
  await expect(main).not.toContainText("Was open since");
  await expect(main).not.toContainText("When it last failed");
});

test("the page of a finding shows, as of a moment before it, how it failed later, and does not call that not assessed", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL, "tab=closed")}?at=10`);
  const main = page.locator("main");
  await expect(main.getByRole("heading", { level: 1 })).toContainText("Not yet seen at this moment");
  await expect(main.getByRole("heading", { name: /^Evidence: / })).toBeVisible();
  await expect(main).toContainText("When it failed later");
  await expect(main).not.toContainText("Why it was not assessed");
});

test("a fix of a layer that has no score is said to gain points, and to lead to no score", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL, `at=${BLIND}&control=runtime-detection-absent`)}?at=${BLIND}`);
  const fixing = page.locator("main dl > div").filter({ hasText: "Fixing it" });
  await expect(fixing).toContainText("Too little could be assessed for a score");
  await expect(fixing).toContainText(/Cluster \+\d/);
  await expect(fixing).not.toContainText(/\u2192|score of/);
});

test("what is closed keeps its severity in the list, and costs no points", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings?tab=closed`);
  const row = page.locator(".findings tbody tr[data-index]").first();
  await expect(row.locator(".f-severity")).toHaveText(/^(Critical|High|Medium|Low|Info) closed$/);
  for (const points of await page.locator(".findings td.f-points").allTextContents()) expect(points).toBe("–");
});

test("a moment that is compared with itself is not called the first scan", async ({ page }) => {
  await page.goto(`${CLUSTER}?at=40&since=40`);
  await expect(page.locator(".changes")).toContainText("No earlier moment to compare with");
  await expect(page.locator("main")).not.toContainText("first scan");
  await page.goto(`${CLUSTER}?at=1`);
  await expect(page.locator(".changes")).toContainText("At the first scan");
});

test("an address with parameters that cannot be read leads to its page without them", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings?severity=terrible`);
  await page.getByRole("link", { name: "Open this page without parameters" }).click();
  await expect(page).toHaveURL(/\/findings\??$/);
  await expect(page.locator("h1")).toContainText("findings are open");
});

test("the keys are readable to their end on a phone, without a pointer, and are closed by a button", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(CLUSTER);
  await pressUntil(page.keyboard, "?", () => expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 }));
  const { violations } = await new AxeBuilder({ page }).include("[role=dialog]").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a phone has the search, the link of the page and the way out at the foot of its menu, without scrolling", async ({ page }) => {
  await page.setViewportSize({ width: PHONE.width, height: 600 });
  await page.goto(CLUSTER);
  await openByButton(page, "Menu");
  for (const name of ["Find anything", "Copy link", "Light or dark", "Close"]) {
    await expect(page.getByRole("dialog").getByRole("button", { name })).toBeInViewport({ ratio: 1 });
  }
});

test("the sheet of filters keeps the way back to the list in sight", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${CLUSTER}/findings`);
  await openByButton(page, "Filter");
  await expect(page.getByRole("button", { name: "Show the list" })).toBeInViewport({ ratio: 1 });
});

test("a filter changes what the title says with its answer, and who has no network is told, not left to wait", async ({ page, context }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  const title = page.locator("h1");
  const before = await title.locator("..").textContent();
  const { promise: wanted, resolve: answer } = Promise.withResolvers<void>();
  await page.route(/\/findings\?.*severity=high/, async (route) => {
    await wanted;
    await route.continue();
  });
  const severity = page.getByRole("group", { name: "Severity" });
  await severity.getByRole("checkbox", { name: "High" }).check();
  await expect(page).toHaveURL(/severity=high$/);
  await expect(page.getByRole("button", { name: "Remove the filter Severity" })).toBeVisible();
  expect(await title.locator("..").textContent()).toBe(before);
  answer();
  await expect(title).toHaveText(/^\d+ high findings are open$/);
  await context.setOffline(true);
  await severity.getByRole("checkbox", { name: "Low" }).check();
  const alert = page.getByRole("alert").filter({ hasText: "The findings could not be read" });
  await expect(alert).toBeVisible();
  // Neither a figure of the question before, nor a file under its figure.
  await expect(title).toHaveText("What matches this view could not be read");
  await expect(page.locator("main")).not.toContainText(/\d+ of \d+ open findings|\d of \d+$/);
  await expect(page.getByRole("button", { name: /^Export/ })).toHaveCount(0);
  await context.setOffline(false);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".findings tbody tr[data-index]").first()).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test("a picture whose script does not come leaves the rest of the page, and its table", async ({ page }) => {
  const loaded = new Set<string>();
  page.on("request", (request) => request.resourceType() === "script" && loaded.add(new URL(request.url()).pathname));
  await page.goto(CLUSTER);
  await expect(page.locator("main svg.recharts-surface").first()).toBeVisible();
  const drawn: string[] = [];
  // Asked for anew: what a page was answered can be read only as long as that page is there.
  for (const path of loaded) if ((await (await page.request.get(path)).text()).includes("recharts-surface")) drawn.push(path);
  expect(drawn).not.toEqual([]);
  await page.route(
    (url) => drawn.includes(url.pathname),
    (route) => route.abort(),
  );
  await page.goto(CLUSTER);
  const alert = page.getByRole("alert").filter({ hasText: "The picture could not be loaded" });
  await expect(alert.first()).toBeVisible();
  await expect(page.locator("h1")).toContainText("weakest layer");
  await page
    .locator("figure", { has: alert })
    .first()
    .getByRole("button", { name: /^As table/ })
    .click();
  await expect(page.locator("figure table").first()).toBeVisible();
});

test("a part that could not be loaded is told as that, not as a failure of the cluster, and the page can be loaded again", async ({ page, context }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  await context.setOffline(true);
  const alert = page.getByRole("alert").filter({ hasText: "A part of this page could not be loaded" });
  await pressUntil(page.keyboard, "Control+k", () => expect(alert).toBeVisible({ timeout: 500 }));
  await expect(page.locator(".findings tbody tr[data-index]").first()).toBeVisible();
  await expect(page.locator("main")).not.toContainText(/could not be|server.s log|GET /);
  await alert.getByRole("button", { name: "Not now" }).press("Enter");
  await expect(alert).toHaveCount(0);
  await pressUntil(page.keyboard, "Control+k", () => expect(alert).toBeVisible({ timeout: 500 }));
  await context.setOffline(false);
  await alert.getByRole("button", { name: "Load the page again" }).press("Enter");
  await expect(page.locator(".findings tbody tr[data-index]").first()).toBeVisible();
  await pressUntil(page.keyboard, "Control+k", () => expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 }));
});

const SCAN = { id: "1", state: "running", kindsDone: 26, kindsTotal: 42, gaps: 2, objects: 3918, kind: "NetworkPolicy", error: null, snapshotSeq: null };

test("a menu, the bar of a scan and the words of an empty list whose scripts do not come leave the page, and a menu says so each time", async ({ page }) => {
  let isScanning = false;
  await page.route("**/scans/events", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: `retry: 200\n${isScanning ? `event: progress\ndata: ${JSON.stringify(SCAN)}\n` : ""}\n` }),
  );
  await openAlive(page, `${CLUSTER}/findings?layer=cloud`);
  const severity = page.getByRole("group", { name: "Severity" });
  // The answer of a list asks for a script of its own once.
  await severity.getByRole("checkbox", { name: "Medium" }).check();
  await expect(page.locator("h1")).toContainText("none critical or high");
  await page.route(/_next\/static\/chunks\//, (route) => route.abort());
  const note = page.getByRole("alert").filter({ hasText: "A part of this page could not be loaded" });
  for (const _ of ["first", "again"]) {
    await page.getByRole("button", { name: "Columns and rows" }).press("Enter");
    await expect(note).toBeVisible();
    await note.getByRole("button", { name: "Not now" }).press("Enter");
    await expect(note).toHaveCount(0);
  }
  isScanning = true;
  await expect(note).toBeVisible();
  await note.getByRole("button", { name: "Not now" }).press("Enter");
  await severity.getByRole("checkbox", { name: "Medium" }).uncheck();
  await severity.getByRole("checkbox", { name: "Critical" }).check();
  await expect(page.locator("h1")).toHaveText("No finding matches this view");
  await expect(note).toBeVisible();
  await expect(severity).toBeVisible();
});

test("a list that a choice has emptied says so once below its title, and its button takes the choice back, as it does a word", async ({ page }) => {
  const main = page.getByRole("main");
  for (const list of ["findings", "resources"])
    for (const [filter, says] of [
      ["kind=NetworkPolicy&namespace=-", "Nothing matches this filter"],
      ["q=zzz", "Nothing matches “zzz”"],
    ] as const) {
      await openAlive(page, `${CLUSTER}/${list}?${filter}`);
      await expect(main.getByText(says)).toBeVisible();
      await expect(main.getByText(/match(es)? this view/)).toHaveCount(1);
      await main.getByRole("link", { name: "Clear the filter" }).click();
      await expect(page).toHaveURL(new RegExp(`/${list}$`));
      await expect(main.locator("tbody tr").first()).toBeVisible();
    }
});

test("a scan that could not be cancelled says so, where it was asked for", async ({ page }) => {
  await page.route("**/scans/events", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: `event: progress\ndata: ${JSON.stringify(SCAN)}\n\n` }),
  );
  await page.route("**/scans", (route) => route.fulfill({ status: 409, json: { code: "conflict", message: "No scan is running." } }));
  await page.goto(CLUSTER);
  const bar = page.getByRole("region", { name: "Scan running" });
  await expect(bar).toContainText("26 of 42 kinds, 3,918 objects");
  await expect(bar).toContainText("2 kinds could not be read.");
  await bar.getByRole("button", { name: "Cancel the scan" }).click();
  await expect(bar.getByRole("alert")).toHaveText("No scan is running.");
});

test("a scan that was cancelled says so, in each window that saw it run, and the keyboard stays where it was asked for", async ({ page, context }) => {
  let state = "running";
  await context.route("**/scans/events", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: `retry: 200\nevent: progress\ndata: ${JSON.stringify({ ...SCAN, state })}\n\n` }),
  );
  await page.route("**/scans", (route) => {
    state = "cancelled";
    return route.fulfill({ json: { ...SCAN, state } });
  });
  const other = await context.newPage();
  await other.goto(CLUSTER);
  await expect(other.getByRole("region", { name: "Scan running" })).toBeVisible();
  await page.goto(CLUSTER);
  await page.getByRole("button", { name: "Cancel the scan" }).press("Enter");
  const bar = page.getByRole("alert").filter({ hasText: "The scan was cancelled." });
  await expect(bar).toContainText(/You still see snapshot \d+\./);
  await expect(bar.getByRole("button", { name: "Scan again" })).toBeFocused();
  await bar.getByRole("button", { name: "Hide" }).press("Enter");
  await expect(bar).toHaveCount(0);
  await expect(page.locator("main")).toBeFocused();
  const elsewhere = other.getByRole("alert").filter({ hasText: "The scan was cancelled." });
  await expect(elsewhere).toBeVisible();
  await expect(elsewhere.getByRole("button", { name: "Scan again" })).not.toBeFocused();
  // Who came later is not told.
  await page.reload();
  await expect(page.locator("h1")).toBeVisible();
  await expect(bar).toHaveCount(0);
});

test("a trial that shows some of its answers says of how many they are", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/settings/own-controls`);
  await page.getByLabel("Expression").fill("object.metadata.labels.team == 'media'");
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByText(/^Shown: \d+ of \d+ that fail/)).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Tried on snapshot/ })).toBeInViewport();
});

test("bars, hatches and choices are seen in forced colours", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await page.goto(CLUSTER);
  await expect(page.locator(".plan .gain-bar i").first()).toBeVisible();
  const colourOf = (selector: string, property: "color" | "background-color"): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  const ink = await colourOf("body", "color");
  for (const selector of [".plan .gain-bar i", ".wf-end"]) expect(await colourOf(selector, "background-color"), selector).toBe(ink);
  // Severities keep their own colours, and what is chosen its words.
  for (const selector of [".age-bar i", ".nav-a[aria-current]"]) {
    expect(await colourOf(selector, "background-color"), selector).not.toBe(await colourOf("body", "background-color"));
  }
  await page.goto(`${CLUSTER}/findings`);
  const tab = page.locator(".tabs a[aria-current]");
  await expect(tab).toBeVisible();
  expect(await tab.evaluate((element) => getComputedStyle(element).borderBottomWidth)).toBe("3px");
  // What was not assessed looks like nothing that fails.
  await page.goto(`${CLUSTER}/frameworks`);
  await expect(page.locator(".clause-bar").first()).toBeVisible();
  expect(await colourOf(".clause-bar .fails", "background-color")).toBe(ink);
  expect(await colourOf(".clause-bar .hatch", "background-color")).not.toBe(ink);
});

test("what is said in place of flows after a first scan is whole on a phone", async ({ page }) => {
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${CLUSTER}?at=1`);
    const said = page.locator(".recharts-wrapper text", { hasText: "shows from the second scan on" });
    await said.scrollIntoViewIfNeeded();
    const box = await said.boundingBox();
    expect(box?.x, `at ${width} px`).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? Number.NaN) + (box?.width ?? Number.NaN), `at ${width} px`).toBeLessThanOrEqual(width);
  }
});
