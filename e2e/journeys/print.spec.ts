import { expect, type Page, test } from "@playwright/test";
import { CLUSTER, findFindingId } from "./pages";

/** Sheets of a page as it is printed. */
async function countSheets(page: Page): Promise<number> {
  return (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test("on paper an answer has its columns and everything that is folded, and no form to ask again", async ({ page }) => {
  await page.setViewportSize({ width: 703, height: 1_000 });
  await page.goto(`${CLUSTER}/who-can`);
  await expect(page.locator(".ask")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".ask, .presets").first()).toBeHidden();
  await expect(page.getByRole("columnheader", { name: "Identity" })).toBeVisible();

  await page.goto(`${CLUSTER}/frameworks/nsa`);
  const folded = page.locator("details:not([open]) li").first();
  await page.emulateMedia({ media: "screen" });
  await expect(folded).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(folded).toBeVisible();

  await page.goto(`${CLUSTER}/compare`);
  const layers = page.getByRole("link", { name: "Container" }).and(page.locator(".seg a"));
  await page.emulateMedia({ media: "screen" });
  await expect(layers).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(layers).toBeHidden();
});

test("a list on paper has the columns of a desk, and says below it of which cluster and with which filter it is", async ({ page }) => {
  await page.setViewportSize({ width: 703, height: 1_000 });
  for (const [path, column] of [
    ["findings?severity=high", "Points"],
    ["controls", "Failing of assessed"],
    ["resources", "Last change"],
    ["controls/netpol-ingress-open", "What was read"],
  ] as const) {
    await page.goto(`${CLUSTER}/${path}`);
    const head = page.getByRole("columnheader", { name: column }).first();
    await expect(page.locator("h1")).toBeVisible();
    await expect(head).toBeHidden();
    await page.emulateMedia({ media: "print" });
    await expect(head, path).toBeVisible();
    await page.emulateMedia({ media: "screen" });
  }
  await page.goto(`${CLUSTER}/findings?severity=high&q=netpol`);
  await expect(page.locator(".foot")).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".foot")).toContainText(/harbour \(demo\).*snapshot \d+.*Severity: high.*search: netpol/);
});

test("on paper no severity lies on the words beside it", async ({ page }) => {
  await page.setViewportSize({ width: 703, height: 1_000 });
  await page.goto(`${CLUSTER}/resources/apps.Deployment/checkout/checkout-gateway`);
  await page.emulateMedia({ media: "print" });
  const rows = page.locator(".fx tr");
  await expect(rows.first()).toBeVisible();
  const overlaps = await rows.evaluateAll((all) =>
    all.map((row) => {
      const [severity, words] = [row.querySelector(".sev"), row.querySelector("td:nth-child(2)")];
      return severity && words ? severity.getBoundingClientRect().right - words.getBoundingClientRect().left : 0;
    }),
  );
  expect(Math.max(...overlaps)).toBeLessThanOrEqual(0);
});

test("a dark page is dark ink on light paper, also where no event tells that it is printed", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(CLUSTER);
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  await expect(root).toHaveAttribute("data-theme", "light");
  await page.emulateMedia({ colorScheme: "dark", media: "screen" });
  await expect(root).toHaveAttribute("data-theme", "dark");
});

test("every answer on paper names the cluster that it is about", async ({ page }) => {
  for (const path of ["who-can", "who-can?by=subject&subject=Group/system:authenticated", "network", "network?by=policy&namespace=loyalty"]) {
    await page.goto(`${CLUSTER}/${path}`);
    await expect(page.locator(".foot")).toContainText("harbour (demo)");
    expect(await page.locator(".foot style").evaluate((margin) => margin.textContent)).toContain("harbour (demo)");
  }
  // What the margin says does not stand on the last sheet a second time.
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".foot")).toBeHidden();
});

test("charts that were drawn for a wide screen fit the sheet", async ({ page }) => {
  for (const path of ["", "/layers/container", "/layers", "/controls/rbac-cluster-admin-binding"]) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(CLUSTER + path);
    await expect(page.locator(".recharts-surface, .to-paper").first()).toBeVisible();
    await page.emulateMedia({ media: "print" });
    // Paper is laid out in one step, without a script that could draw anew: measured before one runs.
    const beyond = await page.locator("main").evaluate((main) => {
      main.style.width = "560px";
      const edge = main.getBoundingClientRect().right;
      return [...main.querySelectorAll(".recharts-surface, .to-paper")].filter((chart) => chart.getBoundingClientRect().right > edge + 1).length;
    });
    expect(beyond, path).toBe(0);
    await page.emulateMedia({ media: "screen" });
  }
});

test("a finding with little to say is one sheet, with the evidence beside its fix", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL)}`, { waitUntil: "load" });
  await expect(page.locator(".yaml").first()).toBeVisible();
  expect(await countSheets(page)).toBe(1);
});

test("a finding of a workload, with a patch and others of its kind, is one sheet too", async ({ page, baseURL }) => {
  await page.goto(`${CLUSTER}/findings/${await findFindingId(baseURL, "control=sa-token-automounted")}`, { waitUntil: "load" });
  await expect(page.locator(".yaml.diff")).toBeVisible();
  expect(await countSheets(page)).toBe(1);
});

test("the overview is two sheets, and a table that is longer than one begins on the first", async ({ page }) => {
  await page.goto(CLUSTER, { waitUntil: "load" });
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  expect(await countSheets(page)).toBe(2);
  // Kept whole it would leave the first sheet to its title alone, and take a third.
  await page.goto(`${CLUSTER}/sources`, { waitUntil: "load" });
  expect(await countSheets(page)).toBe(2);
});

test("a list of which a part is loaded prints all of that, and says of how many it is the first", async ({ page }) => {
  let next = 0;
  // The second page comes, the third never does: the same rows are loaded on any machine.
  await page.route(/\/findings\?.*cursor=/, async (route) => {
    next += 1;
    if (next === 1) await route.continue();
  });
  await page.goto(`${CLUSTER}/findings`, { waitUntil: "load" });
  const rows = page.locator(".findings tbody tr[data-index]");
  const note = page.getByText(/^The first \d+ of \d+ findings, in the order of the list/);
  await expect(rows.first()).toBeVisible();
  await expect(note).toBeHidden();
  // More than is kept in the page at once.
  await expect(async () => {
    await page.mouse.wheel(0, 2_000);
    expect(Number((await note.textContent())?.match(/first (\d+)/)?.[1])).toBeGreaterThan(120);
  }).toPass();
  const loaded = Number((await note.textContent())?.match(/first (\d+)/)?.[1]);
  expect(await rows.count()).toBeLessThan(loaded);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await expect(note).toBeVisible();
  await expect(rows).toHaveCount(loaded);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect.poll(() => rows.count()).toBeLessThan(loaded);
});
