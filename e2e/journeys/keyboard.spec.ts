import { expect, type Locator, type Page, test } from "@playwright/test";
import { openAlive, openWithoutScripts, waitUntilAlive } from "./open-alive";
import { API, CLUSTER } from "./pages";
import { pressUntil } from "./press-until";

/** What the next Tab comes to; lost focus would begin at the link that skips to the page. */
async function nextStop(page: Page): Promise<string> {
  await page.keyboard.press("Tab");
  return page.evaluate(() => document.activeElement?.closest("main, nav, header, .skip")?.tagName ?? "");
}

test.afterEach(async ({ request }) => {
  const { disabledControls } = (await (await request.get(`${API}/settings`)).json()) as { disabledControls: Record<string, string> };
  for (const id of Object.keys(disabledControls)) await request.patch(`${API}/settings`, { data: { disabledControls: { [id]: null } } });
});

test("a question is asked and asked again from its field", async ({ page }) => {
  // Before the scripts are there the browser itself sends the form, and begins the answer at its top.
  await openAlive(page, `${CLUSTER}/who-can`);
  const verb = page.getByRole("textbox", { name: "Verb" });
  await verb.fill("delete");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/verb=delete/);
  await expect(page.locator("h1")).toContainText("delete");
  await expect(verb).toBeFocused();
});

test("another page of a list is read from its first row, and the last one as well", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/resources`);
  const names = page.locator("a.row-a");
  for (const turn of ["second", "last"]) {
    const before = await names.first().textContent();
    await page.getByRole("link", { name: "Next page" }).press("Enter");
    await expect(names.first(), turn).not.toHaveText(before ?? "");
    await expect(names.first(), turn).toBeFocused();
  }
  await expect(page.getByRole("navigation", { name: "Pages of the list" })).toContainText(/^First page\d+ of \d+ resources on this page$/);
  // A search that leads back to the first page takes the keyboard nowhere.
  await page.getByRole("searchbox", { name: "Search names" }).fill("gateway");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=gateway/);
  await expect(page.getByRole("navigation", { name: "Pages of the list" })).toHaveCount(0);
  await expect(names.first()).not.toBeFocused();
});

test("a control is switched off with a reason by the keyboard alone, and nothing throws it back to the top", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/settings`);
  const name = page.getByRole("combobox", { name: "Switch a control off" });
  await name.fill("host-pid");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tune=host-pid/);
  const choice = page.getByRole("combobox", { name: "In this cluster" });
  await expect(choice).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("#controls") !== null)).toBe(true);
  expect(await nextStop(page)).toBe("MAIN");
  await choice.selectOption({ label: "Off: not judged, not scored" });
  await choice.focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await page.keyboard.type("tried with the keyboard");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved. The next scan uses it.")).toBeVisible();
  await expect(page.getByRole("form", { name: "Tune host-pid" }).getByRole("button", { name: "Save" })).toBeFocused();
});

test("a control is named before the scripts are there, and its form comes", async ({ page }) => {
  const load = await openWithoutScripts(page, `${CLUSTER}/settings`);
  await page.getByRole("combobox", { name: "Switch a control off" }).fill("host-pid");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\?tune=host-pid#controls$/);
  load();
  await expect(page.getByRole("form", { name: "Tune host-pid" })).toBeVisible();
});

test("a field that had the focus before the scripts were there gives it to what comes in its place", async ({ page }) => {
  const load = await openWithoutScripts(page, `${CLUSTER}/settings`);
  const name = page.getByRole("combobox", { name: "Switch a control off" });
  await name.fill("host-pid");
  load();
  await waitUntilAlive(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tune=host-pid/);
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("#controls") !== null)).toBe(true);
});

test("the keyboard begins at the answer of the page that a link leads to, wherever the link was, and at the part that it names", async ({ page }) => {
  const answer = page.getByRole("heading", { level: 1 });
  await openAlive(page, CLUSTER);
  await page
    .getByRole("link", { name: /^Findings/ })
    .first()
    .press("Enter");
  await expect(page).toHaveURL(/findings$/);
  await expect(answer, "in the navigation").toBeFocused();
  expect(await nextStop(page)).toBe("MAIN");
  await page.locator("a.row-a").first().press("Enter");
  await expect(page).toHaveURL(/findings\/F-/);
  await expect(answer, "in the page that it was in").toBeFocused();
  await page.locator("main a[href*='/controls/']").first().press("Enter");
  await expect(page).toHaveURL(/controls\//);
  await expect(answer).toBeFocused();
  await page.getByRole("link", { name: "Tune" }).press("Enter");
  await expect(page).toHaveURL(/#controls$/);
  await expect(page.locator("#controls"), "with a part of the page in its address").toBeFocused();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find anything" }).fill("Compare");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/compare/);
  await expect(answer, "in the palette").toBeFocused();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Menu" }).press("Enter");
  await page.getByRole("dialog").getByRole("link", { name: "Sources", exact: true }).press("Enter");
  await expect(page).toHaveURL(/sources$/);
  await expect(answer, "in the drawer").toBeFocused();
  // Somebody who was somewhere else goes on there.
  await page.goBack();
  await expect(page).toHaveURL(/compare/);
  await expect(answer).toBeFocused();
});

test("who goes on with the Tab key while a page is on its way stays where that led", async ({ page }) => {
  await openAlive(page, CLUSTER);
  const { promise: wanted, resolve: answer } = Promise.withResolvers<void>();
  await page.route(/\/frameworks\?.*_rsc=/, async (route) => {
    await wanted;
    await route.continue();
  });
  const links = page.locator(".nav .nav-a");
  await links.filter({ hasText: "Frameworks" }).press("Enter");
  await page.keyboard.press("Tab");
  const next = links.filter({ hasText: "Who can" });
  await expect(next).toBeFocused();
  answer();
  await expect(page.locator("h1")).toContainText("frameworks");
  // The page takes the keyboard 120 ms after it has come, where it does.
  await page.waitForTimeout(500);
  await expect(next).toBeFocused();
});

test("what the Tab key led to in a page that was left gives the keyboard to the answer of the next one", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  const { promise: wanted, resolve: answer } = Promise.withResolvers<void>();
  await page.route(/\/findings\/F-.*_rsc=/, async (route) => {
    await wanted;
    await route.continue();
  });
  await page.locator("main a.row-a").first().press("Enter");
  await page.keyboard.press("Tab");
  await expect(
    page
      .locator("main")
      .getByRole("checkbox", { name: /^Select F-/ })
      .nth(1),
  ).toBeFocused();
  answer();
  await expect(page).toHaveURL(/findings\/F-/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("a choice of moments begins at the one that is chosen", async ({ page }) => {
  await page.goto(`${CLUSTER}?at=60`, { waitUntil: "load" });
  const moments = page.getByRole("button", { name: "As of: choose a snapshot" });
  await pressUntil(moments, "Enter", () => expect(page.getByRole("button", { name: /\b60$/ })).toBeFocused({ timeout: 2_000 }));
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/at=61/);
});

test("Enter opens the row that j and k lead to, whatever had the focus before", async ({ page }) => {
  for (const control of [
    page.getByRole("link", { name: "Open for" }),
    page.getByRole("link", { name: /^Critical and high/ }),
    page.locator("main").getByRole("checkbox").first(),
  ]) {
    await page.goto(`${CLUSTER}/findings`, { waitUntil: "load" });
    await pressUntil(control, "j", () => expect(page.locator("tr.cur")).toBeVisible({ timeout: 1_000 }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/findings\/F-/);
  }
});

test("Enter follows the link that has the focus, also where a cursor stands in the list", async ({ page }) => {
  for (const path of ["resources", "findings"]) {
    await openAlive(page, `${CLUSTER}/${path}`);
    const cursor = page.locator("tr.cur");
    await page.locator("thead a").first().focus();
    await pressUntil(page.keyboard, "j", () => expect(cursor).toBeVisible({ timeout: 1_000 }));
    await page.keyboard.press("Enter");
    await expect(page, "the row, after another link had the focus").toHaveURL(new RegExp(`/${path}/.`));
    await page.goBack();
    await pressUntil(page.keyboard, "j", () => expect(cursor).toBeVisible({ timeout: 1_000 }));
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Snapshots" }).press("Enter");
    await expect(page).toHaveURL(/snapshots$/);
  }
  await openAlive(page, `${CLUSTER}/findings`);
  await page.locator("a.row-a").first().click();
  await expect(page).toHaveURL(/findings\/F-/);
  await page.goBack();
  await expect(page.locator("tr.cur a.row-a"), "on the way back").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/findings\/F-/);
});

test("what the Tab key comes to lies below nothing that sticks to an edge, in either direction", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings`, { waitUntil: "load" });
  await page
    .getByRole("checkbox", { name: /^Select F-/ })
    .first()
    .focus();
  for (const key of ["Tab", "Shift+Tab"])
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press(key);
      const over = await page.evaluate(() => {
        const box = document.activeElement?.getBoundingClientRect();
        const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top?.closest(".dock, thead, .bar")?.className ?? "";
      });
      expect(over, `${key} ${stop}`).toBe("");
    }
});

test("each filter is a step back of its own, also beside an open popover", async ({ page }) => {
  await page.goto(`${CLUSTER}/findings`, { waitUntil: "load" });
  const severity = page.getByRole("group", { name: "Severity" });
  await expect(async () => {
    await severity.getByRole("checkbox", { name: "Critical" }).check();
    await expect(page).toHaveURL(/severity=critical$/, { timeout: 3_000 });
  }).toPass();
  await severity.getByRole("checkbox", { name: "High" }).check();
  await expect(page).toHaveURL(/severity=critical,high$/);
  await page.getByRole("button", { name: "Columns" }).click();
  await expect(page.locator(".pop")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/severity=critical$/);
  await expect(page.locator("h1")).toContainText("4 critical findings are open");
  await page.keyboard.press("Escape");
  await expect(page.locator(".pop")).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL(/findings$/);
  await page.goForward();
  await page.goForward();
  await expect(page).toHaveURL(/severity=critical,high$/);
  await expect(severity.getByRole("checkbox", { name: "High" })).toBeChecked();
});

/** Ticks two boxes of a group, one right after the other, and tells how both look before anything that waits has run. */
const tickBoth = (group: Locator, names: readonly [string, string]): Promise<readonly boolean[]> =>
  group.evaluate((element, wanted) => {
    const boxes = wanted.map((name) =>
      [...element.querySelectorAll("label")].find((label) => label.textContent.trim().startsWith(name))?.querySelector<HTMLInputElement>("input"),
    );
    for (const box of boxes) box?.click();
    return boxes.map((box) => box?.checked ?? false);
  }, names);

test("a box is ticked as soon as it is clicked, however long the list takes, and the next one adds to it", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  await page.getByRole("button", { name: "Columns" }).click();
  expect(await tickBoth(page.getByRole("group", { name: "Columns" }), ["Control", "Open since"])).toEqual([true, true]);
  await expect(page).toHaveURL(/columns=severity,layer,object,points,age,control,opened$/);
  expect(await tickBoth(page.getByRole("group", { name: "Severity" }), ["Critical", "High"])).toEqual([true, true]);
  await expect(page).toHaveURL(/severity=critical,high$/);
  const medium = page.getByRole("group", { name: "Severity" }).getByRole("checkbox", { name: "Medium" });
  await medium.evaluate((box: HTMLInputElement) => {
    box.click();
    document.querySelector<HTMLElement>("th.f-object a")?.click();
  });
  await expect(page).toHaveURL(/severity=critical,high,medium&sort=object$/);
});

test("what Back took back before the list had come to it does not return with the next choice", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings?severity=critical`);
  const severity = page.getByRole("group", { name: "Severity" });
  // Which of both the page comes to first is left to chance.
  for (let times = 0; times < 4; times++) {
    await severity.getByRole("checkbox", { name: "High" }).evaluate((box: HTMLInputElement) => {
      const isBack = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
      box.click();
      history.back();
      return isBack.then(() => {});
    });
    await expect(severity.getByRole("checkbox", { name: "High" })).not.toBeChecked();
    await severity.getByRole("checkbox", { name: "Medium" }).click();
    await expect(page).toHaveURL(/severity=critical,medium$/);
    await severity.getByRole("checkbox", { name: "Medium" }).click();
    await expect(page).toHaveURL(/severity=critical$/);
  }
});

test("what is typed right after the key of the palette is in its field, however late its code comes, and is no key of the page", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  await page.route("**/_next/static/chunks/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("xcjprivilegee");
  await page.keyboard.press("Backspace");
  const field = page.getByRole("combobox", { name: "Find anything" });
  await expect(field).toBeFocused();
  await page.keyboard.type("d");
  await expect(field).toHaveValue("xcjprivileged");
  await expect(page.getByRole("region", { name: "Selection and keys" })).not.toContainText(/selected|copied/);
  // Whoever leaves before it came has the keys of the page back.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Selection and keys" })).toContainText("1 selected");
});

test("the list says which rows are in sight, of those that neither its head nor the dock covers", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/findings`);
  const range = page.locator(".dock .range");
  /** Positions, from 1, of the rows whose middle is seen. */
  const seen = (): Promise<string> =>
    page.evaluate(() => {
      const [head, dock] = [
        document.querySelector(".findings thead th")?.getBoundingClientRect().bottom ?? 0,
        document.querySelector(".dock")?.getBoundingClientRect().top ?? 0,
      ];
      const at = [...document.querySelectorAll<HTMLElement>(".findings tbody tr[aria-rowindex]")]
        .filter((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return (top + bottom) / 2 > head && (top + bottom) / 2 < dock;
        })
        .map((row) => Number(row.getAttribute("aria-rowindex")) - 1);
      return `${at[0]}–${at.at(-1)}`;
    });
  for (const to of [0, 1_500, 900]) {
    await page.evaluate((y) => scrollTo(0, y), to);
    await expect(async () => expect((await range.textContent())?.split(" of ")[0]).toBe(await seen())).toPass();
  }
});
