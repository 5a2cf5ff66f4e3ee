import { expect, test } from "@playwright/test";
import { API, CLUSTER } from "./pages";

test.afterEach(async ({ request }) => {
  await request.patch(`${API}/settings`, { data: { optInSources: [] } });
});

test("an opt-in source is switched on with the keyboard, is kept, and is off again when its box is cleared", async ({ page }) => {
  const kept = async () => ((await (await page.request.get(`${API}/settings`)).json()) as { optInSources: string[] }).optInSources;
  await page.goto(`${CLUSTER}/settings`);
  const box = page.getByRole("checkbox", { name: "API server metrics" });
  const form = page.locator("form").filter({ has: box });
  await expect(form.getByText("kubectl apply -f deploy/opt-in-api-server-metrics.yaml")).toBeVisible();
  for (const sources of [["api-server-metrics"], []]) {
    await expect(async () => {
      await box.setChecked(sources.length > 0);
      await form.getByRole("button", { name: "Save" }).press("Enter");
      await expect(form.getByRole("status")).toHaveText("Saved. The next scan uses it.", { timeout: 5000 });
    }).toPass();
    await expect.poll(kept).toEqual(sources);
  }
});

test("a source that is off says on the Sources page why, and what switches it on", async ({ page }) => {
  await page.goto(`${CLUSTER}/sources?view=off`);
  const row = page.getByRole("row").filter({ hasText: "KubeletConfiguration" });
  await expect(row).toContainText("not switched on");
  await expect(row).toContainText("deploy/opt-in-kubelet-config.yaml");
});

test("a control whose source is off says so, apart from what was refused, and leads to the box that switches it on", async ({ page }) => {
  await page.goto(`${CLUSTER}/controls?result=source-off&q=anonymous+kubelet`);
  await expect(page.getByRole("row").filter({ hasText: "kubelet-anonymous-auth" })).toContainText("its source is off");
  await page.goto(`${CLUSTER}/controls/kubelet-anonymous-auth`);
  await expect(page.getByText("not assessed", { exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: "Switch on in Settings" }).click();
  await expect(page).toHaveURL(/\/settings#opt-in$/);
  await expect(page.getByRole("checkbox", { name: "Kubelet settings" })).toBeVisible();
});
