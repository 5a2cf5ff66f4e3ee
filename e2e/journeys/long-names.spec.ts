import { expect, test } from "@playwright/test";
import { cutOff } from "./cut-off";
import { openAlive } from "./open-alive";
import { CLUSTER } from "./pages";
import { pressUntil } from "./press-until";

const PHONE = { width: 390, height: 844 };

test("a filter of long names, or of many, stays in the window, with the button that takes it away", async ({ page }) => {
  const names = Array.from({ length: 6 }, (_, at) => `a-namespace-whose-name-is-as-long-as-kubernetes-lets-it-be-006${at}`);
  for (const [width, path] of [
    [PHONE.width, `findings?namespace=${names[0]}`],
    [1_440, `resources?namespace=${names.join(",")}`],
  ] as const) {
    await page.setViewportSize({ width, height: PHONE.height });
    await page.goto(`${CLUSTER}/${path}`);
    await expect(page.getByRole("button", { name: "Remove the filter Namespace" })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
  }
});

test("a namespace whose name is as long as names may be makes no page wider than a phone", async ({ page }) => {
  const name = "n".repeat(63);
  await page.setViewportSize(PHONE);
  for (const [path, place] of [
    ["network", ".net-now .mono"],
    ["network?from=data-platform&to=observability", ".sec-h .link"],
    ["resources/apps.Deployment/checkout/checkout-gateway", ".sub"],
  ] as const) {
    await openAlive(page, `${CLUSTER}/${path}`);
    await page
      .locator(place)
      .first()
      .evaluate((element, text) => element.replaceChildren(text), name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(PHONE.width);
  }
});

test("links of two namespaces with the longest names go on below the head of their list, on a desk too", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/network?from=data-platform&to=observability`);
  const links = page.locator(".net-pair .sec-h .link");
  await expect(links).toHaveCount(2);
  for (const link of await links.all()) await link.evaluate((one) => one.append("n".repeat(63)));
  expect(await page.locator("html").evaluate(cutOff)).toBe(false);
  for (const link of await links.all()) expect(await link.evaluate((one) => one.getBoundingClientRect().right)).toBeLessThanOrEqual(1_440 - 32);
});

test("a comma stays with the name before it where that fills its lines", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/network?from=data-platform&to=observability`);
  const member = page.locator(".net-member").filter({ hasText: /,$/ }).first();
  await member.locator("a").evaluate((link) => link.replaceChildren("checkout-gateway-frontend-of-a-name-which-goes-on"));
  const [lines, comma] = await member.evaluate((own) => {
    const range = document.createRange();
    range.selectNodeContents(own.lastChild ?? own);
    return [[...(own.querySelector("a")?.getClientRects() ?? [])].map(({ bottom }) => bottom), range.getBoundingClientRect().bottom];
  });
  expect(lines.length).toBeGreaterThan(1);
  expect(Math.abs((lines.at(-1) ?? 0) - comma)).toBeLessThan(6);
});

test("a phone shows the end of a long name in the matrix, where names differ", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await openAlive(page, `${CLUSTER}/network`);
  const name = page.locator(".net-matrix tbody .name-ends").first();
  const [end, right] = await name.evaluate((ends) => {
    const [head, tail, whole] = ["span", "span", "bdi"].map((tag) => document.createElement(tag));
    if (head === undefined || tail === undefined || whole === undefined) return [0, 0];
    head.className = tail.className = "clip";
    head.textContent = "observability-of-";
    whole.textContent = "everything-there-is-staging";
    tail.append(whole);
    ends.replaceChildren(head, tail);
    if (ends instanceof HTMLElement) ends.style.setProperty("--tail", "27");
    return [whole.getBoundingClientRect().right, tail.getBoundingClientRect().right];
  });
  expect(end).toBeGreaterThan(0);
  expect(end).toBeLessThanOrEqual(right + 1);
  // What somebody copies there is the name.
  const copied = await name.evaluate((ends) => {
    getSelection()?.selectAllChildren(ends);
    return getSelection()?.toString();
  });
  expect(copied).toBe("observability-of-everything-there-is-staging");
});

test("a long name of a cluster gives way at its start, and pushes nothing out of the frame", async ({ page }) => {
  for (const [width, moment] of [
    [320, "?at=40"],
    [390, "?at=40"],
    [1280, "?at=40"],
    [1440, ""],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await openAlive(page, CLUSTER + moment);
    await page.locator(".switch .name-ends").evaluate((ends) => {
      const [head, tail] = ["span", "span"].map((name) => Object.assign(document.createElement(name), { className: "clip" }));
      if (head === undefined || tail === undefined) return;
      head.textContent = "arn:aws:eks:eu-central-1:123456789012:cluster/payments-europe-production-";
      tail.textContent = "facing-blue";
      ends.replaceChildren(head, tail);
    });
    // That nobody signs in is said whole, or not at all.
    const badge = page.locator(".bar .badge");
    if (width === 1440)
      expect(await badge.evaluate((own) => own.getBoundingClientRect().top >= (own.parentElement?.getBoundingClientRect().bottom ?? 0))).toBe(true);
    const boxes = await page.locator(".bar > *").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0));
    for (const [index, box] of boxes.entries()) expect(box.x, `at ${width} px`).toBeGreaterThanOrEqual(boxes[index - 1]?.right ?? 0);
    expect(boxes.at(-1)?.right, `at ${width} px`).toBeLessThanOrEqual(width);
    if (width > 390) expect(await page.locator(".switch .name-ends > :last-child").evaluate(cutOff)).toBe(false);
  }
});

test("a namespace with the longest name there can be leaves every table that names it in its place", async ({ page }) => {
  for (const [path, name, table] of [
    ["", ".heat tbody th a.mono", ".heat"],
    ["/layers/container", ".where td a.mono", ".where .table"],
  ] as const) {
    for (const width of [390, 1280, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await openAlive(page, `${CLUSTER}${path}`);
      const ordinary = await page.locator(name).filter({ hasText: "data-platform" }).boundingBox();
      expect(ordinary?.height, `an ordinary name at ${width} px is one line`).toBeLessThanOrEqual(24);
      await page
        .locator(name)
        .first()
        .evaluate((link) => link.replaceChildren("x".repeat(63)));
      const [right, room] = await page
        .locator(table)
        .evaluate((own) => [own.getBoundingClientRect().right, own.parentElement?.getBoundingClientRect().right ?? 0]);
      expect(right, `${table} at ${width} px`).toBeLessThanOrEqual((room ?? 0) + 1);
      expect(await page.locator("html").evaluate(cutOff), `${path} at ${width} px`).toBe(false);
    }
  }
});

test("a long name in the palette takes two lines, and all of its lines where Enter would open it", async ({ page }) => {
  const title = `start-${"of-a-name-that-goes-on-".repeat(10)}end`;
  const hits = ["one", "two"].map((note) => ({ kind: "resource", title, note, href: `${CLUSTER}/resources?q=${note}` }));
  await page.route("**/search?*", (route) => route.fulfill({ json: { hits } }));
  await page.goto(CLUSTER);
  await pressUntil(page.keyboard, "Control+k", () => expect(page.getByRole("combobox")).toBeFocused({ timeout: 500 }));
  await page.keyboard.type("name-that");
  const names = page.getByRole("option").locator(".found").filter({ hasText: "start-" });
  await expect(names).toHaveCount(2);
  const isWhole = (): Promise<readonly boolean[]> => names.evaluateAll((all) => all.map((name) => name.scrollHeight <= name.clientHeight + 1));
  await expect.poll(isWhole).toEqual([true, false]);
  await page.keyboard.press("ArrowDown");
  await expect.poll(isWhole).toEqual([false, true]);
});
