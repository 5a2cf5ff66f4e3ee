import { expect, test } from "@playwright/test";
import { CLUSTER } from "./pages";

const API = "/api/v1/clusters/harbour-demo";

for (const [path, status, words] of [
  [`${API}/findings?colour=red`, 400, /colour/],
  [`${API}/findings?severity=terrible`, 400, /severity/],
  [`${API}/findings?severity=high&severity=low`, 400, /more than once/],
  [`${API}/overview?at=nonsense`, 400, /at/],
  [`${API}/overview?at=99999`, 404, /99999/],
  [`${API}/overview?at=5&since=9`, 400, /later/],
  [`${API}/findings/F-NOTHER`, 404, /F-NOTHER/],
  [`${API}/findings?cursor=rubbish`, 400, /cursor|page/],
  [`${API}/resources/Pod/shop/none`, 404, /none/],
  ["/api/v1/clusters/nowhere/overview", 404, /nowhere/],
] as const) {
  test(`${path} answers ${status} with one sentence`, async ({ request }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(status);
    const body = (await response.json()) as { code: string; message: string; requestId: string };
    expect(body.message).toMatch(words);
    expect(body.message).toMatch(/\.$/);
    expect(body.requestId).not.toBe("");
  });
}

test("a page of a moment that does not exist says so and leads on", async ({ page }) => {
  await page.goto(`${CLUSTER}?at=99999`);
  await expect(page.locator("main")).toContainText("99999");
  await page
    .locator("main")
    .getByRole("link", { name: /overview/i })
    .click();
  await expect(page.locator("h1")).toContainText("is the weakest layer");
});

test("a change that another site asks for is refused", async ({ request }) => {
  const response = await request.post(`${API}/scans`, { headers: { origin: "https://evil.example" } });
  expect(response.status()).toBe(403);
});

test("the server answers to loopback names only", async ({ request }) => {
  const response = await request.get("/api/v1/clusters", { headers: { host: "rebound.example" } });
  expect(response.status()).toBe(403);
});

test("the OpenAPI document names a role for every operation", async ({ request }) => {
  const document = (await (await request.get("/api/v1/openapi.json")).json()) as { paths: Record<string, Record<string, { "x-role"?: string }>> };
  const roles = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation["x-role"]));
  expect(roles.length).toBeGreaterThan(15);
  expect(roles.every((role) => role === "viewer" || role === "triager" || role === "admin")).toBe(true);
});
