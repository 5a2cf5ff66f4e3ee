import { expect, type Locator, test } from "@playwright/test";
import { cutOff } from "./cut-off";
import { openAlive } from "./open-alive";
import { CLUSTER } from "./pages";
import { pressUntil } from "./press-until";

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 1024, height: 900 };

const rightOf = async (locator: Locator): Promise<number> => {
  const box = await locator.boundingBox();
  return Math.round((box?.x ?? Number.NaN) + (box?.width ?? Number.NaN));
};

test("a phone shows the scores of all four layers side by side", async ({ page }) => {
  for (const path of ["layers", "layers/container"]) {
    await page.setViewportSize(PHONE);
    await page.goto(`${CLUSTER}/${path}`);
    const tabs = page.locator(".tabs");
    await expect(tabs.locator("a")).toHaveCount(4);
    await expect(tabs.locator("a").last()).toBeVisible();
    const [first, last] = await Promise.all([tabs.locator("a").first().boundingBox(), tabs.locator("a").last().boundingBox()]);
    expect(last?.y).toBe(first?.y);
    for (const width of [PHONE.width, 360, 320]) {
      await page.setViewportSize({ width, height: PHONE.height });
      expect(await rightOf(tabs.locator("a").last()), `at ${width} px`).toBeLessThanOrEqual(width - 8);
      expect(await tabs.evaluate(cutOff), `at ${width} px`).toBe(false);
    }
  }
});

test("figure and glyph of the heat table both fit into their cell, on the smallest phone too", async ({ page }) => {
  for (const width of [PHONE.width, 320]) {
    await page.setViewportSize({ width, height: PHONE.height });
    await page.goto(CLUSTER);
    const gaps = await page.locator(".heat .hc a:has(svg)").evaluateAll((links) =>
      links.map((link) => {
        const [cell, glyph, figure] = [link.closest("td"), link.querySelector("svg"), link.querySelector(":scope > span:not(.sr)")].map((part) =>
          part?.getBoundingClientRect(),
        );
        return [(figure?.left ?? 0) - (glyph?.right ?? 0), (cell?.right ?? 0) - (figure?.right ?? 0), (glyph?.left ?? 0) - (cell?.left ?? 0)];
      }),
    );
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.min(...gaps.map(([between = 0]) => between)), `between, at ${width} px`).toBeGreaterThanOrEqual(1.5);
    expect(Math.min(...gaps.flatMap(([, ...edges]) => edges)), `to the edges, at ${width} px`).toBeGreaterThanOrEqual(1);
    expect(await page.locator(".scroll-x:has(> .heat)").evaluate((box) => box.scrollWidth - box.clientWidth), `beyond, at ${width} px`).toBe(0);
  }
});

test("the name of what is folded stays in one line, on the smallest phone too", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: PHONE.height });
  for (const path of ["snapshots", "controls"]) {
    await page.goto(`${CLUSTER}/${path}`);
    const names = await page.locator(".fold-name").evaluateAll((found) => found.map((name) => name.getBoundingClientRect().height));
    expect(names.length).toBeGreaterThan(0);
    expect(Math.max(...names), path).toBeLessThan(30);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
  }
});

test("what is said of a framework stands below its name, on a phone and on a tablet", async ({ page }) => {
  await page.goto(`${CLUSTER}/frameworks`);
  const named = page.locator(".frameworks .row-a:has(.cap.block)");
  await expect(named.first()).toBeVisible();
  for (const width of [PHONE.width, 768]) {
    await page.setViewportSize({ width, height: PHONE.height });
    const gaps = await named.evaluateAll((links) =>
      links.map((link) => {
        const name = document.createRange();
        name.selectNode(link.firstChild ?? link);
        return (link.querySelector(".cap")?.getBoundingClientRect().top ?? Number.NaN) - name.getBoundingClientRect().bottom;
      }),
    );
    expect(Math.min(...gaps), `at ${width} px`).toBeGreaterThanOrEqual(-4);
  }
});

test("a phone shows the tab that is open, wherever it is in its row", async ({ page }) => {
  await page.setViewportSize(PHONE);
  for (const [query, name] of [
    ["tab=closed", /^Closed since/],
    ["state=unknown", /^Not assessed/],
  ] as const) {
    await openAlive(page, `${CLUSTER}/findings?${query}`);
    await expect(page.locator(".tabs").getByRole("link", { name })).toBeInViewport({ ratio: 1 });
  }
  await page.getByRole("link", { name: /^Needs review/ }).click();
  await expect(page.locator(".tabs [aria-current]")).toHaveText(/^Needs review/);
  await expect(page.locator(".tabs [aria-current]")).toBeInViewport({ ratio: 1 });
});

test("the head of the column that a list goes by shows which way to its end", async ({ page }) => {
  for (const width of [1440, TABLET.width])
    for (const sort of ["points", "age"]) {
      await page.setViewportSize({ width, height: TABLET.height });
      await page.goto(`${CLUSTER}/findings?sort=${sort}`);
      const head = page.locator(".findings th[aria-sort]");
      await expect(head).toHaveText(/↓$/);
      expect(await head.evaluate(cutOff), `${sort} at ${width} px`).toBe(false);
    }
});

test("a finger finds what takes a filter away, and what unfolds the rest of a list", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  for (const [path, target] of [
    [`${CLUSTER}/findings?state=unknown`, page.getByRole("button", { name: "Remove the filter State" })],
    [CLUSTER, page.locator("summary.cap").first()],
    [`${CLUSTER}/network?from=data-platform&to=observability`, page.locator("summary.cap").first()],
  ] as const) {
    await page.goto(path);
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), path).toBeGreaterThanOrEqual(23.5);
  }
  await context.close();
});

test("a window made narrower never scrolls sideways, not even before its charts are drawn anew", async ({ page }) => {
  await page.addInitScript(() => {
    const Watch = window.ResizeObserver;
    window.ResizeObserver = class extends Watch {
      constructor(tell: ResizeObserverCallback) {
        super((...change) => document.documentElement.dataset.unmeasured === undefined && tell(...change));
      }
    };
  });
  await page.setViewportSize(PHONE);
  await page.goto(CLUSTER);
  const drawing = page.locator(".recharts-surface").first();
  await expect(drawing).toBeVisible();
  const drawnPx = (await drawing.getAttribute("width")) ?? "none";
  await page.evaluate(() => {
    document.documentElement.dataset.unmeasured = "";
  });
  await page.setViewportSize({ width: 320, height: PHONE.height });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expect(drawing).toHaveAttribute("width", drawnPx);
});

test("what a chart says of one day stays in the window, and a day that was not assessed says so", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${CLUSTER}/layers`);
  const cluster = page.locator(".trend").nth(1);
  const tip = cluster.locator(".chart-tip");
  await cluster.scrollIntoViewIfNeeded();
  const { x, y, width } = (await cluster.locator("rect:has(title)").first().boundingBox()) ?? { x: 0, y: 0, width: 0 };
  await page.mouse.move(x + width / 2, y + 20);
  await expect(tip).toContainText("not assessed");
  await page.mouse.move(PHONE.width - 60, y + 20);
  await expect(tip).not.toContainText("not assessed");
  expect(await rightOf(tip)).toBeLessThanOrEqual(PHONE.width - 8);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test("a phone shows the worst severity in the cells of the heat map, which the words below it explain", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(CLUSTER);
  const cells = page.locator(".heat .hc:has(svg)");
  await expect(cells.locator("svg").first()).toBeVisible();
  // One line each: the glyph stands beside the figure, not above it.
  for (const box of await Promise.all((await cells.all()).map((cell) => cell.boundingBox()))) expect(box?.height).toBeLessThan(40);
  const figures = page.locator(".heat tr:not(:has(.hatch))").locator("td:nth-child(2)");
  const ends = await figures.evaluateAll((found) =>
    found.map((cell) => {
      const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      const figure = document.createRange();
      while (walk.nextNode()) figure.selectNode(walk.currentNode);
      return Math.round(figure.getBoundingClientRect().right);
    }),
  );
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThanOrEqual(1);
  expect(await page.locator(".heat").evaluate((table) => table.scrollWidth - (table.parentElement?.clientWidth ?? 0))).toBeLessThanOrEqual(0);
});

test("costs of controls end at one edge, and Gain is explained only where its column is shown", async ({ page }) => {
  await page.goto(`${CLUSTER}/layers/container`);
  await expect(page.getByText("Gain = points won")).toBeVisible();
  for (const size of [TABLET, PHONE]) {
    await page.setViewportSize(size);
    await expect(page.getByText("Gain = points won")).toBeHidden();
    const table = page.locator(".by-cost");
    const ends = await table.locator(".num:not(.opt)").evaluateAll((cells) =>
      cells.map((cell) => {
        const text = document.createRange();
        text.selectNodeContents(cell);
        return Math.round(text.getBoundingClientRect().right);
      }),
    );
    expect(new Set(ends)).toEqual(new Set([await rightOf(table)]));
  }
});

test("since when a layer is held stands in full above its trend, and all four drawings begin at one height", async ({ page }) => {
  await page.goto(CLUSTER);
  for (const width of [1024, 1190, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const notes = page.locator(".multi-t .cap");
    await expect(notes.first()).toBeVisible();
    for (const note of await notes.all()) expect(await note.evaluate(cutOff), `at ${width} px`).toBe(false);
    await expect(page.locator(".multi .trend")).toHaveCount(4);
    const heights = (): Promise<number> =>
      page.locator(".multi .trend").evaluateAll((trends) => new Set(trends.map((trend) => Math.round(trend.getBoundingClientRect().top))).size);
    await expect.poll(heights, `at ${width} px`).toBe(1);
  }
});

test("a phone shows a command to its end, and the sign of a verdict beside its first line", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${CLUSTER}/pod-security/observability`);
  expect(await page.locator("pre.command").first().evaluate(cutOff)).toBe(false);
  await page.goto(`${CLUSTER}/frameworks/cis`);
  const verdict = page.locator(".deciders .state").filter({ hasText: "The API server gives nothing to requests without credentials", visible: true }).first();
  await verdict.waitFor();
  const [sign, words] = await Promise.all([verdict.locator("svg").boundingBox(), verdict.boundingBox()]);
  expect(words?.height).toBeGreaterThan(40);
  expect((sign?.y ?? Number.NaN) - (words?.y ?? Number.NaN)).toBeLessThan(12);
});

test("a phone says that the matrix goes on, and at which side, and the page is no wider for it", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${CLUSTER}/network`);
  const matrix = page.locator(".net-scroll");
  await expect(page.locator(".side-scroll")).toHaveAttribute("data-more", "end");
  expect(await page.locator("html").evaluate(cutOff)).toBe(false);
  await matrix.evaluate((box) => box.scrollTo(box.scrollWidth, 0));
  await expect(page.locator(".side-scroll")).toHaveAttribute("data-more", "start");
  // The sender stays in sight.
  const [name, edge] = await Promise.all([matrix.locator("tbody th").first().boundingBox(), matrix.boundingBox()]);
  expect(Math.abs((name?.x ?? Number.NaN) - (edge?.x ?? Number.NaN))).toBeLessThanOrEqual(2);
});

test("steps of the plan are compared by the length of their bars", async ({ page }) => {
  for (const width of [1440, PHONE.width]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(CLUSTER);
    await expect(page.locator(".plan .gain-bar").first()).toBeVisible();
    const pixelsPerPoint = await page
      .locator(".plan .gain-bar")
      .evaluateAll((bars) => bars.map((bar) => (bar.querySelector("i")?.getBoundingClientRect().width ?? 0) / Number(bar.querySelector("b")?.textContent)));
    expect(pixelsPerPoint.length).toBeGreaterThan(2);
    for (const one of pixelsPerPoint) expect(one / (pixelsPerPoint[0] ?? 0), `at ${width} px`).toBeCloseTo(1, 1);
  }
});

test("on a small laptop a path gives way in its middle before its row gets a third line, and what was read is in sight", async ({ page }) => {
  for (const width of [1200, 1280, 1366, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${CLUSTER}/findings?control=container-privileged`);
    await expect(page.locator(".findings .read").first()).toBeVisible();
    const reads = await page.locator(".findings .read").evaluateAll((found) =>
      found.map((read) => {
        const [own, value] = [read.getBoundingClientRect(), read.querySelector(".read-v")?.getBoundingClientRect()];
        return {
          text: read.textContent,
          row: read.closest("tr")?.offsetHeight ?? 0,
          isWhole: value !== undefined && value.width > 20 && value.right <= own.right + 1,
        };
      }),
    );
    expect(reads.length).toBeGreaterThan(1);
    for (const { text, row, isWhole } of reads) {
      expect(text).toMatch(/securityContext\.privileged: true$/);
      expect({ width, isTwoLines: row <= 48, isWhole }).toEqual({ width, isTwoLines: true, isWhole: true });
    }
  }
});

test("in a matrix what a technique came to stands beside its id, not over it", async ({ page }) => {
  await page.goto(`${CLUSTER}/frameworks/mitre`);
  await expect(page.locator(".cell-top").first()).toBeVisible();
  const gaps = await page.locator(".cell-top").evaluateAll((tops) =>
    tops.map((top) => {
      const [state, count] = [...top.children].map((child) => child.getBoundingClientRect());
      return state === undefined || count === undefined || count.top > state.bottom - 4 ? 99 : count.left - state.right;
    }),
  );
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4);
});

test("a field that was read is one line of the list on a small laptop, and a row is one where one is asked for", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${CLUSTER}/findings`);
  const heights = (selector: string): Promise<readonly number[]> =>
    page.locator(selector).evaluateAll((found) => found.map((element) => Math.round(element.getBoundingClientRect().height)));
  await expect(page.locator(".findings .what-read").first()).toBeVisible();
  expect(Math.max(...(await heights(".findings .what-read:not(:has(.said))")))).toBeLessThanOrEqual(20);
  expect(Math.max(...(await heights(".findings .f-points > *")))).toBeLessThanOrEqual(20);
  await page.goto(`${CLUSTER}/findings?rows=one`);
  await expect(page.locator(".findings.one-line .what-read").first()).toBeVisible();
  expect(Math.max(...(await heights(".findings tbody tr:not(.space)")))).toBeLessThanOrEqual(36);
});

test("on a small desk most findings take two lines, and what a sentence holds beyond its line is in its title", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`${CLUSTER}/findings`);
  const rows = page.locator(".findings tbody tr:not(.space)");
  await expect(rows.first()).toBeVisible();
  const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(90);
  expect(heights.filter((height) => height > 50).length).toBeLessThan(heights.length / 5);
  // A title is whole, on a second line where one is too short for it.
  const titles = await rows.locator(".row-a .t").evaluateAll((all) => all.map((title) => title.getClientRects().length));
  expect(Math.max(...titles)).toBe(2);
  expect(titles.filter((lines) => lines > 1).length).toBeLessThan(titles.length / 5);
  const said = rows.locator(".read.said").first();
  await expect(said).toHaveAttribute("title", (await said.textContent()) ?? "");
});

test("on a phone each cell of an answer has its head beside it, since the heads of the columns are gone", async ({ page }) => {
  await page.setViewportSize(PHONE);
  for (const [path, heads] of [
    ["who-can", ["Scope", "Binding, role and rule", "All its power"]],
    ["who-can?by=subject&subject=Group/system:masters", ["Scope", "Binding, role and rule"]],
    ["pod-security", ["Enforces now", "Workloads meet", "Blocks the next level", "Could enforce today"]],
  ] as const) {
    await page.goto(`${CLUSTER}/${path}`);
    const cells = page.locator(".table.rows tbody tr").first().locator("td:not(:first-child)");
    await expect(cells.first()).toBeVisible();
    const said = await cells.evaluateAll((all) => all.map((cell) => getComputedStyle(cell, "::before").content.replaceAll('"', "")));
    expect(said, path).toEqual(heads);
    expect(await page.locator("html").evaluate(cutOff), path).toBe(false);
  }
});

test("the rings of an object show what was read to its end, also beside its facts", async ({ page }) => {
  for (const width of [1440, 1200, 1024]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${CLUSTER}/resources/apps.Deployment/checkout/checkout-gateway`);
    const values = page.locator(".fx .read-v.keep");
    await expect(values.first()).toBeVisible();
    const below = await values.evaluateAll((all) =>
      all.map((value) => value.getBoundingClientRect().bottom - (value.parentElement?.getBoundingClientRect().bottom ?? 0)),
    );
    expect(Math.max(...below), `at ${width} px`).toBeLessThanOrEqual(2);
  }
});

test("a button in a card stands below the line above it, not on it", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${CLUSTER}/pod-security`);
  const steps = page.locator(".levels .step:has(button)");
  await expect(steps.first()).toBeVisible();
  const room = await steps.evaluateAll((all) =>
    all.map((step) => {
      const words = document.createRange();
      words.selectNodeContents(step.closest("td")?.previousElementSibling ?? step);
      return (step.querySelector("button")?.getBoundingClientRect().top ?? Number.NaN) - words.getBoundingClientRect().bottom;
    }),
  );
  expect(Math.min(...room)).toBeGreaterThanOrEqual(2);
});

test("the row of the cursor is one surface in a window so narrow that rows are cards", async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 900 });
  await openAlive(page, `${CLUSTER}/findings`);
  await pressUntil(page.keyboard, "j", () => expect(page.locator("tr.cur")).toBeVisible({ timeout: 500 }));
  const paints = await page.locator("tr.cur").evaluate((row) => [row, ...row.children].map((element) => getComputedStyle(element).backgroundColor));
  const [card, ...cells] = paints.map((paint) => paint !== "rgba(0, 0, 0, 0)");
  expect(card).toBe(true);
  expect(cells).not.toContain(true);
});

test("a phone gives the reason why a kind was not read whole lines, and says beside its evidence what is wrong with a line of YAML", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${CLUSTER}/sources?view=off`);
  const reasons = page.locator(".sources .reason");
  await expect(reasons.first()).toBeVisible();
  for (const box of await Promise.all((await reasons.all()).map((reason) => reason.boundingBox()))) expect(box?.width).toBeGreaterThan(PHONE.width - 60);
  expect(await page.locator("html").evaluate(cutOff)).toBe(false);
  await page.goto(`${CLUSTER}/resources/apps.Deployment/checkout/checkout-gateway?view=yaml`);
  const note = page.locator(".yaml .note").first();
  await expect(note).toBeVisible();
  expect(await rightOf(note)).toBeLessThanOrEqual(PHONE.width - 16);
});

test("no figure of the overview is broken into two lines, or cut off, on the narrowest screen", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: PHONE.height });
  await openAlive(page, CLUSTER);
  const broken = (cells: readonly Element[]): readonly string[] =>
    cells.flatMap((cell) => {
      const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let text = words.nextNode(); text !== null; text = words.nextNode()) {
        if (text.parentElement?.closest(".sr")) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1 || range.getBoundingClientRect().right > innerWidth) return [cell.textContent];
      }
      return [];
    });
  const cells = page.locator(".heat .hc, .times .num");
  expect(await cells.count()).toBeGreaterThan(30);
  expect(await cells.evaluateAll(broken)).toEqual([]);
});
