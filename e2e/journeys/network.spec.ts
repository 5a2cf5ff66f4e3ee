import { expect, test } from "@playwright/test";
import { openAlive } from "./open-alive";
import { API, CLUSTER } from "./pages";
import { pressUntil } from "./press-until";

const NETWORK = `${CLUSTER}/network`;
const WORKLOAD = "loyalty/StatefulSet/points-db";

test("the arrow keys move over the matrix, and Enter opens the pair", async ({ page }) => {
  await page.goto(NETWORK);
  await expect(page.locator("h1")).toContainText("ways between namespaces");
  const cells = page.locator(".net-matrix td a");
  const focused = page.locator(".net-matrix td a:focus");
  await pressUntil(cells.first(), "ArrowRight", () => expect(cells.nth(1)).toBeFocused({ timeout: 500 }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect(focused).toHaveText(/^catalog to kube-system: /);
  await expect(page.locator(".net-now")).toContainText("catalog to kube-system");
  expect(await page.locator(".net-matrix td a[tabindex='0']").count()).toBe(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=catalog&to=kube-system/);
  await expect(page.locator("h1")).toContainText("catalog reaches");
  await expect(page.locator("main")).toContainText("default-deny");
});

test("a cell of the matrix is short, in the page and in what is sent to bring it to life: there may be a thousand", async ({ page, request }) => {
  const html = await (await request.get(NETWORK)).text();
  expect(html).not.toContain("openPairs");
  await page.goto(NETWORK);
  const cell = page.locator(".net-matrix td a").first();
  const { length, names } = await cell.evaluate((link) => ({ length: link.outerHTML.length, names: `${link.getAttribute("href")}${link.textContent}`.length }));
  expect(length - names).toBeLessThan(160);
  const glyph = await cell.locator("use").evaluate((use: SVGUseElement) => use.getBBox().width);
  expect(glyph).toBeGreaterThan(4);
});

test("the filter of the matrix is in the address, and a link shows the same", async ({ page, context }) => {
  await openAlive(page, NETWORK);
  await page.getByPlaceholder("Filter namespaces").fill("pay");
  await expect(page.locator(".net-matrix tbody tr")).toHaveCount(2);
  await expect(page).toHaveURL(/find=pay/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator(".net-matrix tbody th")).toHaveText(["the outside", "payments"]);
});

test("from a workload to its network, to the policy that closes the rest, and to the clipboard", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${CLUSTER}/resources/apps.StatefulSet/loyalty/points-db`);
  await page.getByRole("link", { name: "Who reaches it" }).click();
  await expect(page.locator("h1")).toContainText("No policy limits loyalty/points-db");
  await expect(page.locator("main")).toContainText("No policy selects it for ingress");
  await page.getByRole("link", { name: "Generate a policy" }).last().click();
  await expect(page.locator("h1")).toContainText("One policy would close ports");
  await expect(page.getByText("It is based on objects alone", { exact: false })).toBeVisible();
  await expect(page.locator("main")).toContainText("nothing that is closed today opens");
  await expect(async () => {
    await page.getByRole("button", { name: "Copy YAML" }).click();
    await expect(page.getByText("Copied")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const yaml = await page.evaluate(() => navigator.clipboard.readText());
  expect(yaml).toContain("kind: NetworkPolicy");
  expect(yaml).toContain("app: points-db");
});

test("the others of a row unfold from their count, and lead on", async ({ page }) => {
  await openAlive(page, `${NETWORK}?by=workload&workload=${WORKLOAD}`);
  const fold = page.locator("details.net-more").first();
  const [summary, other] = [fold.locator("summary"), fold.getByRole("link").first()];
  await expect(summary).toHaveText(/^and \d+ more$/);
  await expect(other).toBeHidden();
  await summary.press("Enter");
  await expect(other).toBeVisible();
  const name = await other.textContent();
  await other.click();
  await expect(page.locator("h1")).toContainText(`/${name}`);
});

test("only callers that name a Service are let in when that is asked for", async ({ request }) => {
  const read = async (callers: string) => {
    const response = await request.get(`${API}/network/policy?workload=${WORKLOAD}&callers=${callers}`);
    expect(response.status()).toBe(200);
    return (await response.json()) as { proposal: { yaml: string; proof: { cut: number; opened: number; openAfter: number } } };
  };
  const [cluster, named] = [await read("cluster"), await read("named")];
  expect(cluster.proposal.yaml).toContain("namespaceSelector: {}");
  expect(named.proposal.yaml).not.toContain("namespaceSelector: {}");
  for (const { proposal } of [cluster, named]) expect(proposal.proof).toMatchObject({ cut: 0, opened: 0 });
  expect(named.proposal.proof.openAfter).toBeLessThan(cluster.proposal.proof.openAfter);
});

test("an earlier moment has its own answer", async ({ page }) => {
  await page.goto(`${NETWORK}?from=catalog&to=payments&at=3`);
  await expect(page.locator("h1")).toContainText("catalog reaches all of payments");
  await page.goto(`${NETWORK}?from=catalog&to=payments`);
  await expect(page.locator("h1")).toContainText("catalog reaches nothing in payments");
});

for (const [query, status, words] of [
  ["pair?from=shopp&to=payments", 404, "Nothing runs in a namespace called shopp in this snapshot."],
  ["pair?from=~&to=~", 400, "from and to are both the outside: one of them must be a namespace."],
  ["policy?callers=everybody", 400, /callers/],
] as const) {
  test(`network/${query} answers ${status} with one sentence`, async ({ request }) => {
    const response = await request.get(`${API}/network/${query}`);
    expect(response.status()).toBe(status);
    const { message } = (await response.json()) as { message: string };
    if (typeof words === "string") expect(message).toBe(words);
    else expect(message).toMatch(words);
  });
}

test("a workload that is not there is said not to be there", async ({ page }) => {
  await page.goto(`${NETWORK}?by=workload&workload=payments/Deployment/none`);
  await expect(page.locator("main")).toContainText("Nothing called payments/Deployment/none runs here");
  await page.goto(`${CLUSTER}/network?by=policy&namespace=default`);
  await expect(page.locator("main")).toContainText("Nothing runs in a namespace called default");
});
