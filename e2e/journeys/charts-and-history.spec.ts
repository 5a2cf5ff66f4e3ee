import { type CDPSession, expect, type Locator, type Page, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { API, CLUSTER, findFindingId, findNewestSeq } from "./pages";
import { pressUntil } from "./press-until";

/** A day of the demo whose history is 39 days: below the panels stand days, not months. */
const SHORT_HISTORY = 40;

test("dates below the pictures of the overview do not touch and are evenly apart, on a laptop, on a tablet and on phones", async ({ page }) => {
  await page.goto(`${CLUSTER}?at=${SHORT_HISTORY}`);
  const gapsOf = (panel: Element): number[] => {
    const boxes = [...panel.querySelectorAll(".recharts-xAxis-tick-labels text")].map((text) => text.getBoundingClientRect());
    return boxes.slice(1).map((box, at) => box.left - (boxes[at]?.right ?? 0));
  };
  const stepsOf = (picture: Element): number[] => {
    const middles = [...picture.querySelectorAll(".recharts-xAxis-tick-labels text")].map((text) => Number(text.getAttribute("x")));
    return middles.slice(1).map((x, at) => x - (middles[at] ?? 0));
  };
  for (const width of [1440, 1190, 900, 412, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(async () => {
      const gaps = (await Promise.all((await page.locator(".multi .trend, .open").all()).map((panel) => panel.evaluate(gapsOf)))).flat();
      expect(gaps.length).toBeGreaterThan(0);
      expect(Math.min(...gaps), `at ${width} px`).toBeGreaterThanOrEqual(4);
      const steps = await page.locator(".open").evaluate(stepsOf);
      expect(steps.length).toBeGreaterThan(0);
      expect(Math.max(...steps) - Math.min(...steps), `at ${width} px`).toBeLessThan(2);
    }).toPass();
  }
  // Other dates stand there on each day, and some are wider: what measures them has the figures that they have.
  const figuresOf = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).fontVariantNumeric);
  expect(await figuresOf("#recharts_measurement_span")).toBe(await figuresOf(".multi .recharts-xAxis-tick-labels text"));
});

test("what waits for a source that is off is not said to need no fix, and leads to the setting", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL, "control=apiserver-anonymous-access&state=unknown")}`);
  await expect(page.locator("h1")).toHaveText(/^Not assessed for the cluster: /);
  await expect(page.locator("main")).toContainText("Not known whether it fails");
  await expect(page.locator("main")).toContainText("not scored");
  await expect(page.locator("main")).not.toContainText("Nothing to fix");
  await expect(page.locator("main").getByRole("link", { name: "Switch on in Settings" })).toHaveAttribute("href", /\/settings.*#opt-in$/);
});

test("the history of a finding begins with the first scan, of which more is known than that nothing failed before", async ({ page, baseURL }) => {
  const id = await findFindingId(baseURL, `at=${SHORT_HISTORY}&control=cloud-imds-egress-blocked&q=transcode`);
  await openAlive(page, `${CLUSTER}/findings/${id}?at=${SHORT_HISTORY}`);
  const strip = page.getByRole("img", { name: /open since/ });
  // Its time as failing and that in which it could not be assessed fill the frame.
  await expect(async () => {
    const [frame = 0, ...told] = await strip.locator("rect").evaluateAll((rects) => rects.map((rect) => rect.getBoundingClientRect().width));
    expect(frame).toBeGreaterThan(0);
    expect(told.reduce((sum, width) => sum + width, 0)).toBeGreaterThan(frame - 2);
  }).toPass();
  // No line of the object is the evidence: what was found comes first, and the object is there for whoever asks.
  await expect(page.locator("main .says").first()).toContainText("No policy isolates");
  const object = page.getByLabel("Deployment transcode as YAML");
  await expect(object).toHaveCount(0);
  await page.getByRole("button", { name: "Whole object" }).click();
  await expect(object).toHaveCount(1);
});

test("the evidence of a finding is printed whole, over nothing that follows", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL, "tab=closed&control=container-privileged")}`);
  const yaml = page.locator("main .yaml").first();
  const hidden = () => yaml.evaluate((box) => box.scrollHeight - box.clientHeight);
  await expect(yaml).toBeVisible();
  expect(await hidden()).toBeLessThanOrEqual(0);
  await page.emulateMedia({ media: "print" });
  expect(await hidden()).toBeLessThanOrEqual(0);
});

/** The rows of one kind of change. */
const kindOf = (page: Page, heading: string | RegExp): Locator =>
  page.locator(".ends tbody").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });

test("the kinds of change stand under one head, and the rest of a long one is a link away", async ({ page }) => {
  await page.goto(`${CLUSTER}/compare`);
  const fixed = kindOf(page, /^[\d,]+ fixed$/);
  await expect(fixed.locator("tr:not(.kind-row)")).toHaveCount(12);
  await expect(page.locator(".ends thead")).toHaveCount(1);
  await fixed.getByRole("link", { name: /^Show (all|more) fixed$/ }).click();
  await expect(page).toHaveURL(/change=fixed/);
  await expect(fixed.locator("tr:not(.kind-row)").nth(12)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Show / })).toHaveCount(0);
});

test("what got worse between two moments is listed, as many as are counted", async ({ page, request }) => {
  const answer = await request.get(`${API}/compare`);
  const { ledger } = (await answer.json()) as { ledger: { worsened: number } };
  expect(ledger.worsened).toBeGreaterThan(0);
  await page.goto(`${CLUSTER}/compare`);
  await expect(kindOf(page, `${ledger.worsened} worse than before`).locator("tr:not(.kind-row)")).toHaveCount(ledger.worsened);
});

test("a tab of the comparison shows one kind of change in full, and stays when the picture changes its layer", async ({ page }) => {
  await page.goto(`${CLUSTER}/compare`);
  const tabs = page.getByRole("navigation", { name: "Kind of change" });
  await expect(tabs.getByRole("link").first()).toHaveText(/^All/);
  await tabs.getByRole("link", { name: /^Fixed/ }).click();
  await expect(page).toHaveURL(/change=fixed/);
  await expect(kindOf(page, /^[\d,]+ fixed$/)).toBeVisible();
  await expect(kindOf(page, /^[\d,]+ new$/)).toHaveCount(0);
  await expect(page.locator("main details")).toHaveCount(0);
  await page.getByRole("navigation", { name: "Layer of the chart" }).getByRole("link", { name: "Code" }).click();
  await expect(page).toHaveURL(/layer=code&change=fixed/);
  const backwards = await page.goto(`${CLUSTER}/compare?since=60&at=20`);
  expect(backwards?.status()).toBe(400);
  await expect(page.locator("h1")).toContainText("since=60 is later than at=20; a change is measured from the earlier snapshot");
  await page.getByRole("link", { name: "Compare snapshot 20 with the later 60" }).click();
  await expect(page).toHaveURL(/compare\?at=60&since=20$/);
  await expect(page.getByRole("button", { name: /From: choose the earlier moment/ })).toContainText("snapshot 20");
  const refused = await page.goto(`${CLUSTER}/compare?change=nonsense`);
  expect(refused?.status()).toBe(400);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("change=nonsense cannot be read");
});

test("where there is nothing to compare with, the page says what will be, and no way on leads to another refusal", async ({ page }) => {
  expect((await page.goto(`${CLUSTER}/compare?at=1`))?.status()).toBe(200);
  await expect(page.locator("h1")).toHaveText("Snapshot 1 is the first: there is nothing earlier to compare with");
  for (const name of ["Go to the overview", "See the snapshots"]) await expect(page.getByRole("link", { name })).toHaveAttribute("href", /\?at=1$/);
  await page.getByRole("link", { name: "Compare now with seven days before" }).click();
  await expect(page.getByRole("button", { name: /From: choose the earlier moment/ })).toBeVisible();
  for (const [asked, status, way] of [
    ["at=900&since=800", 404, "Compare now with seven days before"],
    ["at=20&since=800", 404, "Compare snapshot 20 with seven days before"],
    ["at=900", 404, "Compare now with seven days before"],
    ["since=900", 404, "Compare now with seven days before"],
    ["at=20&since=20", 400, "Compare snapshot 20 with seven days before"],
    ["at=1&since=1", 400, "Compare now with seven days before"],
  ] as const) {
    expect((await page.goto(`${CLUSTER}/compare?${asked}`))?.status(), asked).toBe(status);
    const href = await page.getByRole("link", { name: way }).getAttribute("href");
    expect((await page.request.get(href ?? "")).status(), asked).toBe(200);
  }
});

test("a cluster has one name: in the frame, the tab, the foot and on paper", async ({ page }) => {
  for (const path of ["", "/layers", "/findings", "/controls", "/compare", "/snapshots", "/sources", "/frameworks/cis", "/pod-security", "/admission"]) {
    await page.goto(CLUSTER + path);
    await expect(page).toHaveTitle(/ · harbour \(demo\) · Concentric$/);
    await expect(page.locator(".bar .switch")).toHaveText("harbour (demo)");
    // The list of findings has a dock in place of a foot.
    if (path === "/findings") continue;
    await expect(page.locator(".foot")).toContainText(/harbour \(demo\)/);
    await expect(page.locator(".foot")).not.toContainText("harbour-demo");
  }
});

test("a fix shows what the field was and is, apart from what went with its object", async ({ page }) => {
  await page.goto(`${CLUSTER}/compare`);
  const fixed = kindOf(page, /^[\d,]+ fixed$/)
    .getByRole("row", { name: "Containers forbid privilege escalation" })
    .first();
  await expect(fixed.getByRole("cell").nth(2)).toHaveText(/allowPrivilegeEscalation: not set$/);
  await expect(fixed.getByRole("cell").nth(3)).toHaveText(/allowPrivilegeEscalation: false$/);
  const gone = kindOf(page, /^[\d,]+ gone with their object$/).locator("tr:not(.kind-row)");
  await expect(gone.filter({ hasText: "No such object" })).toHaveCount(await gone.count());
});

test("a score that lacks evidence is a question on every page, and never not applicable", async ({ page }) => {
  const LOST = 47;
  for (const path of [`?at=${LOST}`, `/layers?at=${LOST}`, `/snapshots?at=${LOST}`, `/compare?at=${LOST}`]) {
    await page.goto(CLUSTER + path);
    await expect(page.locator("main").getByText("?", { exact: true }).first()).toBeVisible();
    await expect(page.locator("main")).not.toContainText("n/a");
  }
});

test("a hyphen in running text is as narrow as the typeface has it", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL)}`);
  const width = await page
    .locator(".prose")
    .first()
    .evaluate((prose) => {
      const probe = Object.assign(document.createElement("span"), { textContent: "-" });
      prose.append(probe);
      const wide = probe.getBoundingClientRect().width;
      probe.remove();
      return wide / Number.parseFloat(getComputedStyle(prose).fontSize);
    });
  expect(width).toBeLessThan(0.55);
});

test("Enter on a chart opens the moment that the arrow keys led to", async ({ page }) => {
  await page.goto(CLUSTER);
  const chart = page.locator(".multi .recharts-surface").first();
  await pressUntil(chart, "ArrowRight", () => expect(page.locator(".chart-tip")).toContainText(/Snapshot \d+/, { timeout: 500 }));
  // Escape takes away what may lie over the words that somebody reads; the next key shows it again.
  await page.keyboard.press("Escape");
  await expect(page.locator(".chart-tip")).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".chart-tip")).toBeVisible();
  const seq = /Snapshot (\d+)/.exec((await page.locator(".chart-tip").textContent()) ?? "")?.[1];
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`at=${seq}\\b`));
});

/** Ten small steps of one finger, from a place in the chart, `top` px below its upper edge. */
async function drag(finger: CDPSession, chart: Locator, [dx, dy]: readonly [number, number], top = 60): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  const { x, y } = (await chart.boundingBox()) ?? { x: 0, y: 0 };
  const touch = (type: "touchStart" | "touchMove", step: number) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x: x + 80 + step * dx, y: y + top + step * dy }] });
  await touch("touchStart", 0);
  for (let step = 1; step <= 10; step++) {
    await touch("touchMove", step);
    // Moves of one frame would come as one.
    await chart.page().waitForTimeout(20);
  }
  await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test("a tooltip goes by Escape under a pointer too, and stays where a finger led it", async ({ page, browser, baseURL }) => {
  const tip = page.locator(".chart-tip");
  await page.goto(CLUSTER);
  for (const picture of [page.locator(".multi .trend").first(), page.locator(".open")]) {
    await expect(async () => {
      await page.mouse.move(0, 0);
      await picture.hover({ position: { x: 120, y: 90 } });
      await expect(tip).toHaveCount(1, { timeout: 1_000 });
    }).toPass();
    await page.keyboard.press("Escape");
    await expect(tip).toHaveCount(0);
  }
  const context = await browser.newContext({ hasTouch: true, ...(baseURL !== undefined && { baseURL }) });
  const tablet = await context.newPage();
  await tablet.goto(CLUSTER);
  const finger = await context.newCDPSession(tablet);
  const [first, second] = [tablet.locator(".multi .trend").first(), tablet.locator(".multi .trend").nth(1)];
  for (const [chart, words, top] of [
    [first, "Cloud", 60],
    [second, "Cluster", 60],
    // On an area of the picture.
    [tablet.locator(".open"), "High", 200],
  ] as const) {
    await expect(chart.locator(".recharts-surface").first()).toBeVisible();
    await expect(async () => {
      await drag(finger, chart, [10, 0], top);
      // All four share the crosshair; one says what it shows.
      await expect(tablet.locator(".chart-tip")).toHaveText(new RegExp(words), { timeout: 1_000 });
    }).toPass();
  }
  expect(tablet.url()).not.toContain("at=");
  await context.close();
});

test("a moment that was picked in a chart takes the tooltip away, and a finger that scrolls the page asks for none", async ({ page, browser, baseURL }) => {
  await page.goto(CLUSTER);
  const chart = page.locator(".multi .trend").first();
  await expect(async () => {
    await page.mouse.move(0, 0);
    await chart.hover({ position: { x: 120, y: 60 } });
    await expect(page.locator(".chart-tip")).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await page.mouse.down();
  await page.mouse.up();
  await expect(page).toHaveURL(/at=\d+/);
  // The picture ends at that moment now: the crosshair stood at another one, with the words of this.
  const shown = page.locator(".chart-tip, .recharts-tooltip-cursor");
  await expect(shown).toHaveCount(0);
  await chart.hover({ position: { x: 125, y: 60 } });
  await expect(page.locator(".chart-tip")).toHaveCount(1);
  // Where the keyboard goes on to another chart, that one has the words.
  await page.locator(".multi .recharts-surface").nth(1).focus();
  await expect(page.locator(".chart-tip")).toHaveText(/Cluster/);
  const context = await browser.newContext({ hasTouch: true, ...(baseURL !== undefined && { baseURL }) });
  const tablet = await context.newPage();
  await openAlive(tablet, CLUSTER);
  const touched = tablet.locator(".multi .trend").first();
  await expect(touched.locator(".recharts-surface")).toBeVisible();
  const finger = await context.newCDPSession(tablet);
  await drag(finger, touched, [0, -20]);
  await expect.poll(() => tablet.evaluate(() => scrollY)).toBeGreaterThan(50);
  await tablet.waitForTimeout(300);
  await expect(tablet.locator(".chart-tip, .recharts-tooltip-cursor")).toHaveCount(0);
  // A page that still rolls takes the next touch for the one that stops it.
  await expect(async () => {
    await drag(finger, touched, [10, 0]);
    await expect(tablet.locator(".chart-tip")).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  // Nor does a browser take a touch for a tap that follows another within a moment.
  await expect(async () => {
    await touched.tap({ position: { x: 160, y: 60 } });
    await expect(tablet).toHaveURL(/at=\d+/, { timeout: 1_000 });
  }).toPass();
  await expect(tablet.locator(".chart-tip, .recharts-tooltip-cursor")).toHaveCount(0);
  await context.close();
});

test("a tap on a chart leads to the moment under the finger, in each of its pictures, and a click at its axis nowhere", async ({ page, browser, baseURL }) => {
  await openAlive(page, CLUSTER);
  const trend = page.locator(".multi .trend").first();
  await expect(trend.locator(".recharts-surface")).toBeVisible();
  await trend.click({ position: { x: 8, y: 60 } });
  await page.waitForTimeout(300);
  expect(page.url()).not.toContain("at=");
  const newest = await findNewestSeq(baseURL);
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 390, height: 844 }, ...(baseURL !== undefined && { baseURL }) });
  const phone = await context.newPage();
  for (const [path, picture, y] of [
    ["", ".multi .trend", 60],
    ["", ".open", 30],
    ["", ".open", 120],
    ["", ".open", 270],
    ["/layers/cluster", ".trend", 80],
  ] as const) {
    await openAlive(phone, CLUSTER + path);
    const drawing = phone.locator(picture).first();
    await expect(drawing.locator(".recharts-surface").first()).toBeVisible();
    await drawing.tap({ position: { x: 140, y } });
    await expect(phone, `${path} ${picture} at ${y}`).toHaveURL(/at=\d+/);
    const seq = Number(new URL(phone.url()).searchParams.get("at"));
    expect(seq / newest, `${path} ${picture} at ${y}`).toBeGreaterThan(0.2);
    expect(seq / newest, `${path} ${picture} at ${y}`).toBeLessThan(0.8);
  }
  await context.close();
});

test("those who hear a picture are told what it has lost, and the figures of each bar", async ({ page }) => {
  await page.goto(`${CLUSTER}?at=47`);
  const words = page.locator("figure .chart-in > p.sr");
  await expect(words.first()).toContainText(/cluster from \d+ to \d+, then not enough evidence;/);
  await expect(words.last()).toContainText(/31–90 d \d+ critical, \d+ high/);
});

test("a cell of a matrix leads to its clause, marked, and a clause that is folded is unfolded", async ({ page }) => {
  await page.goto(`${CLUSTER}/frameworks/mitre`);
  await page.locator(".cell a").filter({ hasText: "T1611" }).first().press("Enter");
  await expect(page).toHaveURL(/#T1611$/);
  await expect(page.locator("tr[data-target]")).toContainText("T1611");
  await expect(page.locator("tr[data-target]")).toBeInViewport();
  await page.goto(`${CLUSTER}/frameworks/cis#1.2.6`);
  await expect(page.locator("tr[data-target]")).toContainText("1.2.6");
  await expect(page.locator("tr[data-target]")).toBeInViewport();
});

test("Escape leaves the field of the filter, and the keys of the list work again", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings`);
  const field = page.getByPlaceholder("Search objects, controls and titles");
  await pressUntil(page.keyboard, "/", () => expect(field).toBeFocused({ timeout: 500 }));
  await page.keyboard.type("gateway");
  await page.keyboard.press("Escape");
  await expect(field).not.toBeFocused();
  await expect(field).toHaveValue("");
  await page.keyboard.press("j");
  await expect(page.locator("tr.cur")).toHaveCount(1);
});

test("no key of the help stands on what it does", async ({ page }) => {
  await page.goto(CLUSTER);
  await pressUntil(page.keyboard, "?", () => expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 }));
  const overlaps = await page.getByRole("dialog").evaluate(
    (dialog) =>
      [...dialog.querySelectorAll("dl > div")].filter((row) => {
        const words = row.querySelector("dd")?.getBoundingClientRect().left ?? 0;
        return [...row.querySelectorAll("dt > *")].some((key) => key.getBoundingClientRect().right > words);
      }).length,
  );
  expect(overlaps).toBe(0);
});

test("what opened and closed is told with how long the last bar is, in a short history too", async ({ page }) => {
  for (const [at, days] of [
    [91, 7],
    [40, 3],
  ]) {
    await page.goto(`${CLUSTER}?at=${at}`);
    await expect(page.locator(".open svg text").filter({ hasText: /^in \d/ })).toHaveText(`in ${days} days`);
  }
});

test("tables in place of charts begin with the newest snapshot, and take nothing else away", async ({ page, baseURL }) => {
  const newest = await findNewestSeq(baseURL);
  await openAlive(page, CLUSTER);
  for (const picture of [".multi", ".open"]) {
    const chart = page.locator("figure").filter({ has: page.locator(picture) });
    await chart.getByRole("button", { name: /^As table/ }).click();
    await expect(page.locator(picture)).toHaveCount(0);
  }
  const tables = page.locator(".chart-table");
  await expect(tables).toHaveCount(2);
  for (const table of await tables.all()) {
    await expect(table.locator("tbody a").first()).toHaveText(new RegExp(`^${newest}, `));
    await expect(table.locator("tbody a").last()).toHaveText(/^1, /);
  }
  await page
    .locator("figure")
    .filter({ has: page.locator(".age") })
    .getByRole("button")
    .click();
  await expect(page.locator(".age")).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Median time to fix against its target" })).toBeVisible();
});
