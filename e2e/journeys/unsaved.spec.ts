import { expect, type Page, test } from "@playwright/test";
import { openAlive, openWithoutScripts, waitUntilAlive } from "./open-alive";
import { API, CLUSTER } from "./pages";
import { scanAnew } from "./scan-anew";

const rules = (page: Page) => page.locator("form").filter({ has: page.getByLabel("Trusted registries") });
const registries = (page: Page) => page.getByLabel("Trusted registries");

/** Types into a field once the page has come to life: what was there before is never told apart from what the page knows. */
async function write(page: Page, text: string): Promise<void> {
  await waitUntilAlive(page);
  await registries(page).fill(text);
  await expect(rules(page).getByText("Not saved yet")).toBeVisible();
}

async function stored(page: Page): Promise<readonly string[]> {
  return ((await (await page.request.get(`${API}/settings`)).json()) as { trustedRegistries: string[] }).trustedRegistries;
}

test.afterEach(async ({ request }) => {
  await request.patch(`${API}/settings`, { data: { trustedRegistries: [], platformNamespaces: [], requireCpuLimit: false } });
});

test("of two who edit the same list the later one is told, loses nothing, and decides", async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(`${CLUSTER}/settings`);
  await write(page, "mine.example");
  await write(other, "theirs.example");
  await rules(other).getByRole("button", { name: "Save" }).click();
  await expect(rules(other).getByRole("status")).toHaveText("Saved. The next scan uses it.");
  await rules(page).getByRole("button", { name: "Save" }).click();
  await expect(rules(page).getByRole("alert")).toHaveText(
    "Nothing was saved, since somebody else changed the trusted registries (theirs.example added) meanwhile. Save again to put what is written here in its place.",
  );
  expect(await stored(page)).toEqual(["theirs.example"]);
  await expect(registries(page)).toHaveValue("mine.example");
  await registries(page).fill("theirs.example\nmine.example");
  await rules(page).getByRole("button", { name: "Save" }).click();
  await expect(rules(page).getByRole("status")).toHaveText("Saved. The next scan uses it.");
  expect(await stored(page)).toEqual(["theirs.example", "mine.example"]);
  // What the one did not touch is not in the way of the other.
  await other.getByLabel("Platform namespaces").fill("monitoring");
  await rules(other).getByRole("button", { name: "Save" }).click();
  await expect(rules(other).getByRole("status")).toHaveText("Saved. The next scan uses it.");
  expect(await stored(page)).toEqual(["theirs.example", "mine.example"]);
});

test("what is written is still there after a look at another page and Back, and is let go when asked", async ({ page }) => {
  await page.goto(`${CLUSTER}/settings`);
  await write(page, "kept.example");
  await page.getByRole("link", { name: "All controls" }).click();
  await expect(page).toHaveURL(/\/controls$/);
  await page.goBack();
  await expect(registries(page)).toHaveValue("kept.example");
  await rules(page).getByRole("button", { name: "Discard changes" }).click();
  await expect(registries(page)).toHaveValue("");
  await expect(rules(page).getByText("Not saved yet")).toHaveCount(0);
  expect(await stored(page)).toEqual([]);
});

test("the browser asks before it leaves what is not saved, and only then", async ({ page }) => {
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  await page.goto(`${CLUSTER}/settings`);
  await write(page, "kept.example");
  await page.reload();
  expect(asked).toBe(1);
  await expect(registries(page)).toHaveValue("");
  await page.reload();
  expect(asked).toBe(1);
});

test("a server that does not answer while it is asked to save leaves the form as it is", async ({ page }) => {
  await page.goto(`${CLUSTER}/settings`);
  // What checks the form is loaded with the first save: after it, the save itself is what has no answer.
  await write(page, "first.example");
  await rules(page).getByRole("button", { name: "Save" }).click();
  await expect(rules(page).getByRole("status")).toHaveText("Saved. The next scan uses it.");
  await write(page, "mine.example");
  await page.route("**/*", (route) => route.abort());
  await rules(page).getByRole("button", { name: "Save" }).click();
  await expect(rules(page).getByRole("alert")).toHaveText("The server did not answer.");
  await page.waitForTimeout(1000);
  await expect(registries(page)).toHaveValue("mine.example");
  await page.unrouteAll();
  await rules(page).getByRole("button", { name: "Save" }).click();
  await expect(rules(page).getByRole("status")).toHaveText("Saved. The next scan uses it.");
  expect(await stored(page)).toEqual(["mine.example"]);
});

test("what was written before the scripts were there is what the form knows, and saves", async ({ page }) => {
  for (const before of [[], ["stored.example"]]) {
    await page.request.patch(`${API}/settings`, { data: { trustedRegistries: before } });
    const load = await openWithoutScripts(page, `${CLUSTER}/settings`);
    await expect(registries(page)).toHaveValue(before.join("\n"));
    await registries(page).fill("early.example");
    await page.getByLabel("Platform namespaces").fill("monitoring");
    load();
    await waitUntilAlive(page);
    await expect(rules(page).getByText("Not saved yet")).toBeVisible();
    await rules(page).getByRole("button", { name: "Save" }).click();
    await expect(rules(page).getByRole("status")).toHaveText("Saved. The next scan uses it.");
    await expect(registries(page)).toHaveValue("early.example");
    expect(await stored(page)).toEqual(["early.example"]);
    await page.unrouteAll();
    await page.request.patch(`${API}/settings`, { data: { platformNamespaces: [] } });
  }
});

test("a control that was begun before the scripts were there can be tested, and goes on", async ({ page }) => {
  const load = await openWithoutScripts(page, `${CLUSTER}/settings/own-controls`);
  await page.getByLabel("Title").fill("Workloads have an owner");
  await page.getByLabel("Checks each").selectOption("Namespace");
  await page.getByLabel("Expression", { exact: true }).fill("has(object.metadata.labels)");
  load();
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByRole("heading", { name: /^Tried on snapshot \d+: 0 fail, \d+ pass/ })).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Workloads have an owner");
  await expect(page.getByLabel("Checks each")).toHaveValue("Namespace");
});

test("a control that is half written waits for the one who writes it", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/settings/own-controls`);
  const expression = page.getByLabel("Expression", { exact: true });
  await expression.fill("\n\n  object.spec.replicas >= )");
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await page.getByRole("button", { name: "Test" }).click();
  // As it stands in the field, with the empty lines before it.
  await expect(page.locator("main")).toContainText("Line 3, column 27: there is nothing between >= and ).");
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Settings" }).click();
  await expect(page.locator("h1")).toContainText("is scanned");
  await page.getByRole("link", { name: "Write a control" }).click();
  await expect(expression).toHaveValue("\n\n  object.spec.replicas >= )");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(expression).toHaveValue("");
});

test("Save that is asked for twice while the form is still being looked at saves once, and tells of nobody else", async ({ page }) => {
  await page.goto(`${CLUSTER}/settings`);
  await write(page, "twice.example");
  let saves = 0;
  page.on("request", (request) => {
    if (request.method() === "PATCH") saves += 1;
  });
  // What checks the form is loaded with the first save.
  await page.route("**/*.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await rules(page).evaluate(async (form: HTMLFormElement) => {
    form.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve, 50));
    form.requestSubmit();
  });
  await expect(rules(page).getByRole("status")).toHaveText("Saved. The next scan uses it.");
  expect(saves).toBe(1);
  expect(await stored(page)).toEqual(["twice.example"]);
});

const DELETED = "This cluster has no own control called own-labelled. It was deleted meanwhile: save again to add it anew, as it is written here.";

test("what is written in a control that somebody else deletes meanwhile stays where it can be copied, after the next scan too", async ({ page, baseURL }) => {
  const control = { id: "own-labelled", title: "Namespaces have labels", layer: "cluster", severity: "low", subject: "Namespace" };
  const texts = { expression: "has(object.metadata.labels)", message: "It has none.", fix: "Give it some." };
  expect((await page.request.post(`${API}/own-controls`, { data: { ...control, ...texts } })).ok()).toBe(true);
  await openAlive(page, `${CLUSTER}/settings/own-controls/own-labelled`);
  await page.getByLabel("Title").fill("Namespaces say whose they are");
  expect((await page.request.delete(`${API}/own-controls/own-labelled`)).ok()).toBe(true);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("form", { name: "Control" }).getByRole("alert")).toHaveText(DELETED);
  await page.waitForTimeout(1000);
  await expect(page.getByLabel("Title")).toHaveValue("Namespaces say whose they are");
  await scanAnew(baseURL);
  const unsaved = page.getByRole("region", { name: "What was written here, and not saved" });
  await expect(unsaved).toContainText("title: Namespaces say whose they are");
  await unsaved.getByRole("button", { name: "Discard it" }).click();
  await expect(unsaved).toBeHidden();
});

test("a control that somebody else deletes meanwhile is added anew when it is saved again, and replaced when it is there again", async ({ page }) => {
  const control = { id: "own-labelled", title: "Namespaces have labels", layer: "cluster", severity: "low", subject: "Namespace" };
  const stored = { ...control, expression: "has(object.metadata.labels)", message: "It has none.", fix: "Give it some." };
  const add = async (): Promise<boolean> => (await page.request.post(`${API}/own-controls`, { data: stored })).ok();
  const remove = async (): Promise<boolean> => (await page.request.delete(`${API}/own-controls/own-labelled`)).ok();
  for (const isBack of [false, true]) {
    expect(await add()).toBe(true);
    await openAlive(page, `${CLUSTER}/settings/own-controls/own-labelled`);
    await page.getByLabel("Title").fill("Namespaces say whose they are");
    expect(await remove()).toBe(true);
    const save = page.getByRole("button", { name: "Save" });
    const problem = page.getByRole("form", { name: "Control" }).getByRole("alert");
    await save.click();
    await expect(problem).toHaveText(DELETED);
    if (isBack) {
      expect(await add()).toBe(true);
      await save.click();
      await expect(problem).toContainText("has an own control called own-labelled already. Save again to put what is written here in its place.");
    }
    await save.click();
    await expect(page).toHaveURL(/\/settings#own-controls$/);
    const { ownControls } = await (await page.request.get(`${API}/settings`)).json();
    expect(ownControls).toMatchObject([{ id: "own-labelled", title: "Namespaces say whose they are" }]);
    expect(await remove()).toBe(true);
  }
});
