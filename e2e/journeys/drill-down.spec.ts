import { expect, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { API, CLUSTER, findFindingId } from "./pages";
import { pressUntil } from "./press-until";

test("from the overview to the field and back by link, which a stranger can open", async ({ page, browser, baseURL }) => {
  await page.goto("/");
  await expect(page).toHaveURL(new RegExp(CLUSTER));
  await expect(page.locator("h1")).toContainText("is the weakest layer");
  const rings = page.locator(".emb a");
  await pressUntil(rings.first(), "ArrowDown", () => expect(rings.nth(1)).toBeFocused({ timeout: 500 }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/layers\/cluster/);
  await page.goto(`${CLUSTER}/findings?control=rbac-cluster-admin-binding`);
  await page.locator("main a[href*='/findings/F-']").first().click();
  await expect(page.locator("h1")).toContainText("checkout-gateway-debug");
  await expect(page.getByText("roleRef", { exact: false }).first()).toBeVisible();
  const shared = new URL(page.url());
  shared.searchParams.set("at", "91");
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(`${baseURL}${shared.pathname}${shared.search}`);
  await expect(other.locator("h1")).toContainText("checkout-gateway-debug");
  await stranger.close();
});

test("the navigation counts what the list of findings then shows, the platform's too", async ({ page }) => {
  await page.goto(CLUSTER);
  const link = page
    .getByRole("navigation")
    .getByRole("link", { name: /^Findings/ })
    .first();
  const count = await link.locator(".count").textContent();
  await link.click();
  await expect(page.getByRole("link", { name: `All open ${count}` })).toBeVisible();
});

test("a permalink knows its cluster, and an unknown one says so", async ({ page, baseURL }) => {
  const id = await findFindingId(baseURL);
  await page.goto(`/f/${id}`);
  await expect(page).toHaveURL(new RegExp(`${CLUSTER}/findings/${id}$`));
  await page.goto(`/f/${id.toLowerCase()}?at=90&since=89`);
  await expect(page).toHaveURL(new RegExp(`${CLUSTER}/findings/${id}\\?at=90&since=89$`));
  for (const [query, words] of [
    ["at=5&at=6", "The parameter at is given more than once: leave one of them"],
    ["at=abc", "at=abc is not a snapshot number"],
    ["severity=high", "This page has no parameter severity"],
  ]) {
    const refused = await page.goto(`/f/${id}?${query}`);
    expect([query, refused?.status()]).toEqual([query, 400]);
    await expect(page.locator("h1")).toContainText(words ?? "");
  }
  const unknown = await page.goto("/f/F-ZZZZZZ");
  expect(unknown?.status()).toBe(404);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/f/F-ZZZZZZ");
  await expect(page.locator("h1")).toHaveText("No finding has this id");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a finding that was fixed still resolves, and says what happened", async ({ page }) => {
  const list = await page.request.get(`${API}/findings?at=9&control=rbac-cluster-admin-binding&namespace=-`);
  const { rows } = (await list.json()) as { rows: { id: string; resource: { name: string } }[] };
  const debug = rows.find((row) => row.resource.name === "checkout-gateway-debug");
  expect(debug).toBeDefined();
  await page.goto(`${CLUSTER}/findings/${debug?.id}?at=40`);
  await expect(page.locator("main")).toContainText(/gone|deleted/i);
  await page.goto(`${CLUSTER}/findings/${debug?.id}?at=9`);
  await expect(page.locator("h1")).toContainText("checkout-gateway-debug");
});

test("the frame says that the page is of the past, and returns", async ({ page }) => {
  await openAlive(page, `${CLUSTER}?at=45`);
  await expect(page.locator(".app")).toHaveAttribute("data-asof", "45");
  await expect(page.locator("main")).toContainText(/could not be read|not assessed/i);
  await page
    .getByRole("link", { name: /return to now/i })
    .or(page.getByRole("button", { name: /return to now/i }))
    .first()
    .click();
  await expect(page).not.toHaveURL(/at=45/);
});

test("on a phone the frame of the past has room for the way back and for the menu", async ({ page }) => {
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${CLUSTER}?at=45`);
    const parts = [
      page.locator(".bar .time > button").first(),
      page.getByRole("button", { name: "Now", exact: true }),
      page.getByRole("button", { name: "Menu" }),
    ];
    let rightEdge = 0;
    for (const part of parts) {
      const box = await part.boundingBox();
      expect(box?.x, `at ${width} px`).toBeGreaterThanOrEqual(rightEdge - 1);
      rightEdge = (box?.x ?? 0) + (box?.width ?? 0);
    }
    expect(rightEdge, `at ${width} px`).toBeLessThanOrEqual(width);
  }
});

test("the Tab key stops once at a chart, and nowhere that cannot be seen", async ({ page }) => {
  await page.goto(CLUSTER);
  await expect(page.locator(".recharts-surface[role=application]")).toHaveCount(6);
  const stops: string[] = [];
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement?.localName ?? ""));
  }
  expect(stops.filter((name) => name === "svg").length).toBeGreaterThanOrEqual(4);
  expect(stops).not.toContain("g");
});

test("nothing of the overview stands on anything else, on a laptop and on a projector", async ({ page }) => {
  for (const { width, isPresented } of [
    { width: 1200, isPresented: false },
    { width: 1280, isPresented: true },
    { width: 1440, isPresented: false },
  ]) {
    await page.setViewportSize({ width, height: 720 });
    await page.goto(CLUSTER);
    await expect(page.locator(".changes")).toBeVisible();
    if (isPresented) await pressUntil(page.keyboard, "Shift+P", () => expect(page.locator(".app")).toHaveAttribute("data-present", { timeout: 500 }));
    // Charts are drawn anew after the page was laid out anew.
    await expect(async () => {
      const [table, changes] = await Promise.all([page.locator(".four").boundingBox(), page.locator(".changes").boundingBox()]);
      if (!table || !changes) throw new Error("the overview shows scores and changes");
      const isBeside = table.x + table.width <= changes.x;
      const isAbove = table.y + table.height <= changes.y;
      expect(isBeside || isAbove, `at ${width} px`).toBe(true);
    }).toPass();
  }
});

test("the bar above every page fits a tablet and a small laptop, now and in the past", async ({ page }) => {
  for (const path of [`${CLUSTER}/sources`, `${CLUSTER}/sources?at=45`]) {
    await page.goto(path);
    await expect(page.locator("h1")).toBeVisible();
    for (const width of [870, 1000, 1190, 1280]) {
      await page.setViewportSize({ width, height: 720 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at ${width} px`).toBeLessThanOrEqual(width);
    }
  }
});

test("what could not be judged is named where the coverage is, and leads to the reason", async ({ page }) => {
  for (const path of [CLUSTER, `${CLUSTER}/layers/cloud`]) {
    await page.goto(path);
    await page.getByRole("main").locator(".gaps").getByRole("link", { name: "Workloads use cloud identities of their own", exact: true }).click();
    await expect(page).toHaveURL(/\/controls\/cloud-workload-identity/);
    await expect(page.locator("main")).toContainText(/could not be assessed/);
  }
});

test("the palette finds an object by the keyboard alone", async ({ page }) => {
  await page.goto(CLUSTER);
  await expect(page.locator("h1")).toBeVisible();
  await pressUntil(page.keyboard, "Control+k", () => expect(page.getByRole("combobox")).toBeFocused({ timeout: 500 }));
  await page.keyboard.type("checkout-gateway");
  await expect(page.getByRole("option").or(page.locator("[role=dialog] a")).filter({ hasText: "checkout-gateway" }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/checkout-gateway/);
});

test("whoever closes the palette or the keys with Escape goes on where they were", async ({ page }) => {
  await page.goto(`${CLUSTER}/controls`);
  const link = page.getByRole("navigation").getByRole("link", { name: "Layers" });
  const dialog = page.getByRole("dialog");
  for (const key of ["Control+k", "?"]) {
    await expect(async () => {
      // What was pressed while the page came to life may open late, and then hides the link behind it.
      if (!(await dialog.isVisible())) {
        await link.focus({ timeout: 1000 });
        await page.keyboard.press(key);
      }
      await expect(dialog).toBeVisible({ timeout: 1000 });
    }).toPass();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(link).toBeFocused();
  }
});

test("on a phone, controls and snapshots fold, and unfold by the keyboard", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["controls", "snapshots"]) {
    await page.goto(`${CLUSTER}/${path}`);
    const group = page.locator(".foldable").last();
    const line = group.locator("summary").first();
    const rows = group.getByRole("link").last();
    await expect(rows).toBeHidden();
    // What is unfolded before the page has come to life in the browser may fold again.
    await expect(async () => {
      await line.focus();
      if (await rows.isHidden()) await page.keyboard.press("Enter");
      await expect(rows).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(line).toBeHidden();
    await expect(rows).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
  }
});

test("every page tells one score: the overview, its trend, the layer and the list of snapshots", async ({ request }) => {
  const read = async (path: string) => (await request.get(`${API}/${path}`)).json() as Promise<Record<string, unknown>>;
  for (const at of [12, 60, 91]) {
    const overview = (await read(`overview?at=${at}`)) as unknown as {
      layers: { layer: string; score: number | null }[];
      trend: { layers: { layer: string; score: number | null }[] }[];
    };
    const last = overview.trend.at(-1);
    for (const { layer, score } of overview.layers) {
      const inTrend = last?.layers.find((entry) => entry.layer === layer)?.score ?? null;
      expect(inTrend === null ? null : Math.round(inTrend * 10), `${layer} at ${at}`).toBe(score === null ? null : Math.round(score * 10));
    }
  }
});

test("the picture of a shared link shows the moment that the link pins", async ({ request, baseURL }) => {
  const pictureOf = async (path: string) => {
    const html = await (await request.get(path)).text();
    const url = /property="og:image" content="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    expect(url, path).toBeDefined();
    const picture = await request.get(url ?? "");
    expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/png"]);
    return { query: new URL(url ?? "").search, bytes: await picture.body() };
  };
  const [then, now] = [await pictureOf(`${CLUSTER}?at=20`), await pictureOf(CLUSTER)];
  expect([then.query, now.query]).toEqual(["?at=20", ""]);
  expect(then.bytes.equals(now.bytes)).toBe(false);
  const id = await findFindingId(baseURL);
  expect((await pictureOf(`${CLUSTER}/findings/${id}?at=91`)).query).toBe("?at=91");
  // Where a chat shows no picture, its words say how bad it is.
  const html = await (await request.get(`${CLUSTER}/findings/${id}`)).text();
  expect(/property="og:description" content="([^"]+)"/.exec(html)?.[1]).toMatch(/^Critical\. Open since \d+ \w+ \d{4}\. Control: /);
  // Of a control, whose title states what should hold, they say what does; of a list, what it leaves out; of another moment, which.
  const saidOf = async (path: string): Promise<string> =>
    /property="og:description" content="([^"]+)"/.exec(await (await request.get(CLUSTER + path)).text())?.[1] ?? "";
  expect(await saidOf("/controls/rbac-cluster-admin-binding")).toMatch(/^Critical\. 1 of \d+ subjects fails\. .* · harbour \(demo\)$/);
  expect(await saidOf("/findings?layer=container")).toBe("Filtered by layer: container. Findings · harbour (demo)");
  expect(await saidOf(`/findings/${id}?at=45`)).toMatch(/^Critical\. Object gone, .* \d+ \w+ \d{4} · F-\w+ · harbour \(demo\)$/);
  // So do those of every other page, by the sentence of its title.
  for (const path of ["", "/layers", "/findings?severity=critical", "/network", "/admission?at=20"]) {
    const said = await (await request.get(CLUSTER + path)).text();
    const text = (pattern: RegExp): string | undefined => pattern.exec(said)?.[1]?.replaceAll(/<[^>]+>/g, "");
    expect(text(/property="og:title" content="([^"]+)"/), path).toBe(text(/<h1[^>]*>(.+?)<\/h1>/));
    expect(text(/property="og:description" content="([^"]+)"/), path).toContain("harbour (demo)");
  }
  for (const page of [CLUSTER, `${CLUSTER}/findings/${id}`])
    for (const [query, status, words] of [
      ["at=none", 400, "at=none is not a snapshot number"],
      ["at=5&at=6", 400, "The parameter at is given more than once"],
      ["at=5&since=9", 400, "since=9 is later than at=5"],
      ["at=99999", 404, "has no snapshot 99999"],
    ] as const) {
      const refused = await request.get(`${page}/card?${query}`);
      expect([query, refused.status(), await refused.text()]).toEqual([query, status, expect.stringContaining(words)]);
    }
});

test("the palette leads from one clause to another of the same page, whose group is folded", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/frameworks/cis?since=80#5.2.2`);
  const marked = page.locator("tr[data-target]");
  for (const clause of ["2.7", "1.1.9"]) {
    await pressUntil(page.keyboard, "Control+k", () => expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 }));
    await page.keyboard.type(clause);
    await page.getByRole("option", { name: "CIS Kubernetes" }).click();
    await expect(page).toHaveURL(`${CLUSTER}/frameworks/cis?since=80#${clause}`);
    await expect(marked).toHaveCount(1);
    await expect(marked).toContainText(clause);
    await expect(marked).toBeInViewport();
  }
  await page.goBack();
  await expect(marked).toContainText("2.7");
  await expect(marked).toBeInViewport();
});
