import { expect, test } from "@playwright/test";
import { API, CLUSTER } from "./pages";

test("from what admission lacks to the namespace that could enforce more, and to the patch in the way", async ({ page }) => {
  await page.goto(CLUSTER);
  await page.getByRole("link", { name: "Admission", exact: true }).click();
  await expect(page.locator("h1")).toContainText("Pod Security admission can refuse objects");
  await expect(page.locator("main")).toContainText("Its admission plugins cannot be seen");
  await page.getByRole("link", { name: "What each namespace could enforce today" }).click();
  await expect(page.locator("h1")).toContainText(/of 15 namespaces could enforce a stricter Pod Security level today/);
  await page.getByRole("link", { name: /^Blocked/ }).click();
  await expect(page).toHaveURL(/show=blocked/);
  await page.getByRole("link", { name: "observability", exact: true }).click();
  await expect(page.locator("h1")).toContainText(/blocks? baseline/);
  await expect(page.locator("main")).toContainText("spec.template.spec.hostNetwork: true");
  await page.getByRole("link", { name: "Finding and patch" }).first().click();
  await expect(page).toHaveURL(/\/findings\/F-/);
  await expect(page.locator("h1")).toBeVisible();
});

test("a command is copied as it is shown, and none is offered where the level would refuse something", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${CLUSTER}/pod-security`);
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "catalog", exact: true }) });
  await expect(async () => {
    await row.getByRole("button", { name: "Copy command" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "kubectl label --overwrite namespace catalog pod-security.kubernetes.io/enforce=restricted",
    );
  }).toPass();
  const blocked = page.getByRole("row").filter({ has: page.getByRole("link", { name: "observability", exact: true }) });
  await expect(blocked.getByRole("button", { name: "Copy command" })).toHaveCount(0);
});

for (const path of ["admission", "pod-security", "pod-security/checkout"]) {
  test(`${path} shows the past as it was, and links stay in it`, async ({ page }) => {
    await page.goto(`${CLUSTER}/${path}?at=60`);
    await expect(page.locator(".app")).toHaveAttribute("data-asof", "60");
    await expect(page.locator("main")).toContainText("snapshot 60 of");
    const hrefs = await page.locator("main a[href*='/c/']").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    expect(hrefs.length).toBeGreaterThan(0);
    expect(hrefs.filter((href) => !href.includes("at=60"))).toEqual([]);
  });
}

test("the step that a namespace could take is gone once it was taken", async ({ request }) => {
  const read = async (at: number) => {
    const { rows } = (await (await request.get(`${API}/pod-security?at=${at}`)).json()) as {
      rows: { namespace: string; labels: { enforce: { acts: string } }; meets: string }[];
    };
    return rows.find(({ namespace }) => namespace === "catalog");
  };
  expect(await read(50)).toMatchObject({ labels: { enforce: { acts: "privileged" } } });
  expect(await read(91)).toMatchObject({ labels: { enforce: { acts: "baseline" } } });
});

test("a page that works out an earlier day by the rules of now says so", async ({ page }) => {
  for (const [path, what] of [
    ["admission", "What each of these does"],
    ["network", "What policies let through"],
    ["who-can", "What rights allow"],
    ["frameworks/cis", "Which controls decide a clause"],
  ] as const) {
    await page.goto(`${CLUSTER}/${path}?at=40`);
    await expect(page.locator("main .of-release")).toContainText(`${what} follows the rules of this release, for earlier days too.`);
  }
});
