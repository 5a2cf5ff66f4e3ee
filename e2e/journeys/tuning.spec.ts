import { expect, type Page, test } from "@playwright/test";
import { findLastScanId, waitForScan } from "../bench/server-client";
import { findViolations } from "./find-violations";
import { openAlive } from "./open-alive";
import { API, CLUSTER, findNewestSeq } from "./pages";

const OWN = "e2e-two-replicas";
const REASON = "Only node agents do, and each of them is reviewed.";

const latestSeq = (): Promise<number> => findNewestSeq(test.info().project.use.baseURL);

/** Scans from the settings page, to the end: what a page hears of a scan comes after its snapshot is there. Gives the number of that. */
async function scan(page: Page): Promise<number> {
  const base = test.info().project.use.baseURL ?? "";
  const known = await findLastScanId(base);
  await openAlive(page, `${CLUSTER}/settings`);
  await page.getByRole("button", { name: "Scan now" }).click();
  return (await waitForScan(base, known)).snapshotSeq ?? 0;
}

async function choose(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).selectOption(value);
}

test.describe
  .serial("a cluster is tuned in the browser", () => {
    let tried = 0;

    test("a control is written and tried, says where it cannot be read, and is saved", async ({ page }) => {
      tried = await latestSeq();
      await openAlive(page, `${CLUSTER}/settings`);
      await page.getByRole("link", { name: "Write a control" }).click();
      await expect(page.locator("h1")).toHaveText("Write a control");
      await choose(page, "Checks each", "Deployment");
      const expression = page.getByLabel("Expression", { exact: true });
      await expression.fill("object.spec.replicas >= )");
      await page.getByRole("button", { name: "Test" }).click();
      await expect(page.locator("main")).toContainText(/It could not be tried.*Line 1, column \d+: /s);
      await expression.fill("object.spec.replicas >= 3");
      await page.getByRole("button", { name: "Test" }).click();
      await expect(page.getByRole("heading", { name: new RegExp(`^Tried on snapshot ${tried}: \\d+ fail, \\d+ pass`) })).toBeVisible();
      const samples = page.getByRole("table", { name: "The first objects of each answer" });
      await expect(samples.getByRole("row").filter({ hasText: "Fails" }).first()).toContainText("spec.replicas = ");
      await expect(samples.getByRole("link").first()).toHaveAttribute("href", /\/resources\/apps\.Deployment\//);

      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("The title is empty.")).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      await page.getByLabel("Title").fill("Deployments run at least three replicas");
      await page.getByLabel("Id", { exact: true }).fill("container-privileged");
      await page.getByLabel("Message").fill("Fewer than three replicas run.");
      await page.getByLabel("Fix", { exact: true }).fill("Set `replicas` to 3 or more.");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText(/^The id container-privileged belongs to a built-in control/)).toBeVisible();
      await page.getByLabel("Id", { exact: true }).fill(OWN);
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page).toHaveURL(/\/settings#own-controls$/);
      await expect(page.getByRole("row").filter({ hasText: OWN })).toContainText("judged by the next scan");
      await expect(page.getByText("was judged with other settings.")).toBeVisible();
    });

    test("the next scan judges it, and its findings are found like any other", async ({ page }) => {
      const seq = await scan(page);
      expect(seq).toBeGreaterThan(tried);
      await page.goto(`${CLUSTER}/controls/${OWN}`);
      await expect(page.locator("h1")).toHaveText("Deployments run at least three replicas");
      await expect(page.getByRole("heading", { name: /^\d+ failing, worst first$/ })).toBeVisible();
      await page.getByRole("table", { name: "Failing subjects" }).getByRole("link").first().click();
      await expect(page).toHaveURL(/\/findings\/F-/);
      await expect(page.locator("main")).toContainText("Fewer than three replicas run.");
      await page.goto(CLUSTER);
      await expect(page.getByRole("link", { name: "1 control is this cluster’s own" })).toBeVisible();
      await page.goto(`${CLUSTER}?at=${tried}`);
      await expect(page.locator("h1")).toBeVisible();
      await expect(page.getByRole("link", { name: /this cluster’s own/ })).toHaveCount(0);
    });

    test("a control is switched off with a reason, and every place says so from then on", async ({ page }) => {
      await openAlive(page, `${CLUSTER}/controls/host-pid`);
      await page.getByRole("link", { name: "Tune" }).click();
      await expect(page.getByRole("form", { name: "Tune host-pid" })).toBeVisible();
      await choose(page, "In this cluster", "off");
      await page.getByRole("form", { name: "Tune host-pid" }).getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Say why, in at least five characters.")).toBeVisible();
      await expect(page.getByLabel("Reason"), "who saves with the keyboard goes on writing").toBeFocused();
      await page.getByLabel("Reason").fill(REASON);
      await page.getByRole("form", { name: "Tune host-pid" }).getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Saved. The next scan uses it.")).toBeVisible();
      const row = page.getByRole("row").filter({ has: page.getByRole("button", { name: "Put back host-pid" }) });
      await expect(row).toContainText(REASON);
      await expect(row.locator("time")).toHaveCount(1);

      await page.goto(`${CLUSTER}/controls/host-pid`);
      await expect(page.locator("main")).toContainText("It is not judged any more from the next scan on.");
      await scan(page);
      await page.goto(`${CLUSTER}/controls/host-pid`);
      await expect(page.locator("main")).toContainText(`Not judged in this cluster, and in no score: ${REASON}`);
      await page.goto(`${CLUSTER}/controls/host-pid?at=${tried}`);
      await expect(page.locator("h1")).toBeVisible();
      await expect(page.locator("main")).not.toContainText("Not judged in this cluster");
      await page.goto(`${CLUSTER}/findings`);
      await page.getByRole("link", { name: /^1 control is off/ }).click();
      await expect(page).toHaveURL(/controls\?tuning=off/);
      await expect(page.locator("main")).toContainText(`off: ${REASON}`);
    });

    test("a control counts less here, and its findings say what it counts elsewhere", async ({ page }) => {
      await openAlive(page, `${CLUSTER}/settings?tune=rbac-cluster-admin-binding#controls`);
      await choose(page, "In this cluster", "low");
      await page.getByLabel("Reason").fill("Break-glass bindings, reviewed every quarter.");
      await page.getByRole("form", { name: "Tune rbac-cluster-admin-binding" }).getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Saved. The next scan uses it.")).toBeVisible();
      const seq = await scan(page);
      await page.goto(`${CLUSTER}/findings?control=rbac-cluster-admin-binding`);
      await page.locator("main a[href*='/findings/F-']").first().click();
      await expect(page.locator("main")).toContainText("Low here, critical elsewhere: Break-glass bindings, reviewed every quarter.");
      const read = async (at: number) =>
        (await (await page.request.get(`${API}/controls/rbac-cluster-admin-binding?at=${at}`)).json()) as { control: { severity: string } };
      expect((await read(tried)).control.severity).toBe("critical");
      expect((await read(seq)).control.severity).toBe("low");
    });

    test("everything can be put back, and what was judged meanwhile stays", async ({ page }) => {
      await openAlive(page, `${CLUSTER}/settings`);
      for (const control of ["host-pid", "rbac-cluster-admin-binding"]) {
        const button = page.getByRole("button", { name: `Put back ${control}` });
        await button.click();
        await expect(button).toHaveCount(0);
      }
      await expect(page.getByRole("heading", { name: "Every control is on, at its default severity" })).toBeVisible();
      await openAlive(page, `${CLUSTER}/settings/own-controls/${OWN}`);
      await page.getByRole("button", { name: "Delete" }).click();
      await page.getByRole("button", { name: "Yes, delete it" }).click();
      await expect(page.getByRole("heading", { name: "No own controls yet" })).toBeVisible();
      const before = await latestSeq();
      await scan(page);
      await page.goto(CLUSTER);
      await expect(page.locator("h1")).toBeVisible();
      await expect(page.getByRole("link", { name: /this cluster’s own|is off|counts differently/ })).toHaveCount(0);
      await page.goto(`${CLUSTER}/controls/${OWN}?at=${before}`);
      await expect(page.locator("h1")).toHaveText("Deployments run at least three replicas");
    });
  });

test("an own control is written and tried by the keyboard alone", async ({ page }) => {
  await page.goto(`${CLUSTER}/settings/own-controls`);
  const title = page.getByLabel("Title");
  const onTo = async (text: string): Promise<void> => {
    await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  };
  // What is typed stays once the page has come to life.
  await expect(async () => {
    await title.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Namespaces name their owner");
    await expect(title).toHaveValue("Namespaces name their owner", { timeout: 500 });
  }).toPass();
  await onTo("e2e-owner-missing");
  await onTo("Clu");
  await onTo("Lo");
  await onTo("Namespace");
  await onTo("has(object.metadata.labels) && 'owner' in object.metadata.labels");
  await expect(page.getByLabel("Checks each")).toHaveValue("Namespace");
  for (const text of ["It names no owner.", "Add the label `owner`.", "", ""]) await onTo(text);
  await expect(page.getByRole("button", { name: "Test" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Tried on snapshot \d+: \d+ fail/ })).toBeVisible();
});

test("a registry that cannot be one is refused in one sentence, and the lists are kept as they were", async ({ page }) => {
  await openAlive(page, `${CLUSTER}/settings`);
  const field = page.getByLabel("Trusted registries");
  const form = page.locator("form").filter({ has: field });
  await field.fill("registry.example.com\nregistry.example.com/cart:1");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toHaveText(
    "“registry.example.com/cart:1”: an entry is a registry or a repository such as registry.example.com/team, without tag or digest.",
  );
  await expect(field).toHaveAttribute("aria-invalid", "true");
  const { trustedRegistries } = (await (await page.request.get(`${API}/settings`)).json()) as { trustedRegistries: string[] };
  expect(trustedRegistries).toEqual([]);
});
