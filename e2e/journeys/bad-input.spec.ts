import { expect, type Page, test } from "@playwright/test";
import { API, CLUSTER } from "./pages";

for (const [path, status, words] of [
  [`${API}/findings?colour=red`, 400, /colour/],
  [`${API}/findings?severity=terrible`, 400, /^severity must be one of critical, high/],
  [`${API}/snapshots?before=3000000000`, 400, /^before: a snapshot number is/],
  [`${API}/scans/events?colour=red`, 400, /colour/],
  [`${API}/search`, 400, /^q is missing\.$/],
  [`${API}/nothing`, 404, /nothing/],
  ["/api", 404, /openapi\.json/],
  ["/api/v2/clusters", 404, /openapi\.json/],
  [`${API}/findings/export?format=json&severity=high&severity=low`, 400, /more than once/],
  [`${API}/findings?severity=high&severity=low`, 400, /more than once/],
  [`${API}/overview?at=nonsense`, 400, /^at: a snapshot number is a whole number/],
  [`${API}/overview?at=99999`, 404, /99999/],
  [`${API}/overview?at=5&since=9`, 400, /later/],
  [`${API}/findings/F-NOTHER`, 404, /F-NOTHER/],
  [`${API}/findings?cursor=rubbish`, 400, /cursor|page/],
  [`${API}/resources/Pod/shop/none`, 404, /none/],
  ["/api/v1/clusters/nowhere/overview", 404, /nowhere/],
  ["/api/v1/clusters/%E0%A4%A/overview", 400, /address cannot be read/],
  [`${API}/overview?at=%E0%A4%A`, 400, /at/],
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

test("the ways on from an address that leads nowhere stay at its moment, unless there is no such moment", async ({ page }) => {
  for (const [path, at] of [
    ["nonsense?at=40", "?at=40"],
    ["resources/apps.Deployment/x/y?at=40&since=30", "?at=40&since=30"],
    ["findings/F-ZZZZZZ?at=40", "?at=40"],
    ["nonsense?at=40&since=50", "?at=40"],
    ["nonsense?at=99999", ""],
    ["controls?at=0", ""],
  ] as const) {
    await page.goto(`${CLUSTER}/${path}`);
    const links = page.locator("main .say-acts");
    await expect(links.getByRole("link", { name: "Go to the overview" })).toHaveAttribute("href", `${CLUSTER}${at}`);
    await expect(links.getByRole("link", { name: "See the snapshots" })).toHaveAttribute("href", `${CLUSTER}/snapshots${at}`);
  }
});

test("a cluster and a finding that are not known are told in the page and its tab, also before any script ran", async ({ request }) => {
  for (const [path, tab, answer] of [
    ["/c/nowhere", "Unknown cluster: nowhere · Concentric", "No cluster has this name"],
    ["/c/nowhere/findings?at=3", "Unknown cluster: nowhere · Concentric", "No cluster has this name"],
    ["/f/F-ZZZZZZ", "Finding · Concentric", "No finding has this id"],
  ] as const) {
    const response = await request.get(path);
    expect(response.status()).toBe(404);
    const text = await response.text();
    expect(text.match(/<title>[^<]*/g)).toEqual([`<title>${tab}`]);
    // In the page, not only among what scripts make it of.
    expect(text.match(/<h1[^>]*>([^<]*)/)?.[1]).toBe(answer);
  }
});

test("an address of no page below a cluster is told within the frame of that cluster", async ({ request }) => {
  const response = await request.get(`${CLUSTER}/nothing/here`);
  expect(response.status()).toBe(404);
  const text = await response.text();
  expect(text.match(/<title>[^<]*/g)).toEqual(["<title>Not found · Concentric"]);
  expect(text.match(/<h1[^>]*>([^<]*)/)?.[1]).toBe("No page has this address");
  expect(text).toContain(`href="${CLUSTER}/findings"`);
});

test("a percent sign of a name, which an address writes as %25, is read once", async ({ request }) => {
  const text = await (await request.get(`${CLUSTER}/resources/Pod/shop/a%2541`)).text();
  expect(text.match(/<title>[^<]*/)?.[0]).toContain("a%41 · ");
  expect(text.match(/<h1[^>]*>([^<]*)/)?.[1]).toContain("no Pod a%41 in shop");
});

const UNKNOWN = "This page has no parameter colour: leave it out, or use one of";

test.describe(() => {
  // One tab for all, as nothing of one page is left on the next.
  let page: Page;
  test.beforeAll(async ({ browser, baseURL }) => {
    page = await browser.newPage({ ...(baseURL && { baseURL }) });
  });
  test.afterAll(() => page.close());

  for (const [path, status, words] of [
    ["", 200, "is the weakest layer"],
    ["?at=abc", 400, "at=abc is not a snapshot number: choose a snapshot of the list"],
    ["?at=2026-11-01T06:00:00Z", 400, "at=2026-11-01T06:00:00Z is not a snapshot number"],
    ["?at=%E0%A4%A", 400, "is not a snapshot number"],
    ["?at=5&at=6", 400, "The parameter at is given more than once"],
    ["?at=99999", 404, "at=99999: harbour has no snapshot 99999; the newest is"],
    ["?at=5&since=9", 400, "since=9 is later than at=5"],
    ["?colour=red", 400, `${UNKNOWN} at and since`],
    ["layers?at=99999", 404, "has no snapshot 99999"],
    ["layers?colour=red", 400, UNKNOWN],
    ["layers/nope", 404, "There is no layer called nope; there are cloud, cluster"],
    ["layers/n%C3%B6", 404, "There is no layer called nö; there are cloud, cluster"],
    ["layers/container?days=12", 400, "days=12 cannot be read"],
    ["findings?severity=hgih", 400, "severity=hgih cannot be read: severity must be one of critical, high"],
    ["findings?severity=high&severity=low", 400, "The parameter severity is given more than once"],
    [`findings?q=${"x".repeat(300)}`, 400, "x… cannot be read: q must be at most 200 characters long"],
    ["findings?at=0x10", 400, "at=0x10 is not a snapshot number"],
    ["findings?severty=high", 400, "This page has no parameter severty"],
    ["findings?view=tree", 400, "view=tree cannot be read: view must be one of control, object"],
    ["findings/F-NOTHER", 404, "There is no finding F-NOTHER in harbour"],
    ["findings/F-NOTHER?colour=red", 400, UNKNOWN],
    ["resources?sort=size", 400, "sort=size cannot be read: sort must be one of name"],
    ["resources?cursor=rubbish", 400, "This cursor belongs to another list"],
    ["resources/Pod/shop/none", 404, "had no Pod none in shop"],
    ["resources/Pod/shop/none?view=tree", 400, "view=tree cannot be read"],
    ["controls?result=maybe", 400, "result=maybe cannot be read: result must be one of fails"],
    ["controls/nope", 404, "There is no control called nope"],
    ["controls/n%C3%B6", 404, "There is no control called nö"],
    ["frameworks?at=abc", 400, "at=abc is not a snapshot number"],
    ["frameworks/nope", 404, "There is no framework called nope; there are cis"],
    ["frameworks/n%C3%B6", 404, "There is no framework called nö; there are cis"],
    ["frameworks/cis?state=maybe", 400, "state=maybe cannot be read"],
    ["who-can?by=magic", 400, "by=magic cannot be read: by must be one of"],
    ["who-can?by=subject&subject=nobody", 400, "subject=nobody cannot be read: write ServiceAccount/"],
    ["admission?at=99999", 404, "has no snapshot 99999"],
    ["pod-security?show=none", 400, "show=none cannot be read"],
    ["pod-security/nope", 404, "has no namespace nope in this snapshot"],
    ["network?by=magic", 400, "by=magic cannot be read: by must be one of"],
    ["network?from=observability", 400, "from=observability cannot be read: from: to, the other end, is missing"],
    ["network?workload=shop/Deployment/cart", 400, "workload=shop/Deployment/cart cannot be read: workload: it is part of by=workload and by=policy alone"],
    ["network?from=nope&to=observability", 404, "Nothing runs in a namespace called nope"],
    ["compare?from=x", 400, "This page has no parameter from"],
    ["compare?change=none", 400, "change=none cannot be read: change must be one of"],
    ["compare?since=5&at=5", 400, "Both moments are snapshot 5: choose an earlier one to compare it with"],
    ["snapshots?before=1", 404, "There is no snapshot before 1"],
    ["snapshots?at=99999", 404, "has no snapshot 99999"],
    ["snapshots?at=5&since=9", 400, "since=9 is later than at=5"],
    ["snapshots?before=x", 400, "before=x cannot be read"],
    ["sources?view=none", 400, "view=none cannot be read"],
    ["settings?colour=red", 400, UNKNOWN],
    ["settings/own-controls?colour=red", 400, UNKNOWN],
    ["settings/own-controls?at=99999", 404, "has no snapshot 99999"],
    ["settings/own-controls/nope", 404, "This cluster has no own control called nope"],
    ["settings/own-controls/n%C3%B6", 404, "This cluster has no own control called nö"],
  ] as const) {
    test(`the page /${path.slice(0, 40)} answers ${status} and says why, within the frame`, async () => {
      const response = await page.goto(`${CLUSTER}${path === "" || path.startsWith("?") ? "" : "/"}${path}`);
      expect(response?.status()).toBe(status);
      // How a parameter is read is no title.
      const [wrong = "", how = ""] = words.split(/(?<=cannot be read): /);
      await expect(page.locator("h1")).toContainText(wrong);
      await expect(page.locator("h1")).not.toContainText("must be");
      await expect(page.locator("h1 + .sub")).toContainText(how);
      await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
    });
  }
});

test("the tab of what is not there says what was asked for, and nothing else, with scripts and without", async ({ page, request }) => {
  for (const [path, title] of [
    [`${CLUSTER}/layers/nope`, /^Layers · harbour/],
    ["/f/F-ZZZZZZ", /^Finding · Concentric$/],
  ] as const) {
    const [, served] = /<title>([^<]*)/.exec(await (await request.get(path)).text()) ?? [];
    expect(served).toMatch(title);
    await page.goto(path);
    await expect(page).toHaveTitle(title);
  }
});

test("a page is whole without scripts, whether it answers or says what is wrong with its address", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  for (const [path, words] of [
    [`${CLUSTER}/findings`, "findings are open"],
    [`${CLUSTER}/findings/F-NOTHER`, "There is no finding F-NOTHER"],
  ] as const) {
    await page.goto(path);
    await expect(page.locator("h1")).toContainText(words);
    await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  }
  await page.goto(`${CLUSTER}/layers/container`);
  // By element: Playwright looks for no text in one of these.
  await expect(page.locator("main noscript p").first()).toBeVisible();
  await context.close();
});

for (const path of ["/f/%E0%A4%A", "/c/nowhere/%E0%A4%A", "/%"]) {
  test(`the page ${path} answers 400 with one sentence`, async ({ request }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(400);
    expect(await response.text()).toMatch(/^The address cannot be read: .+\.$/m);
  });
}

test("an address of 20 KB is refused with a sentence", async ({ request }) => {
  const query = `q=${"x".repeat(20_000)}`;
  const page = await request.get(`${CLUSTER}/findings?${query}`);
  expect([page.status(), await page.text()]).toEqual([431, expect.stringMatching(/^The address is too long: .+\.\n$/)]);
  const answer = await request.get(`${API}/findings?${query}`);
  expect([answer.status(), await answer.json()]).toEqual([431, expect.objectContaining({ code: "too-large" })]);
});

test("a change that another site asks for is refused", async ({ request }) => {
  const response = await request.post(`${API}/scans`, { headers: { origin: "https://evil.example" } });
  expect(response.status()).toBe(403);
});

const DRAFT = { id: "draft", title: "Draft", layer: "container", severity: "low", subject: "workload", message: "No.", fix: "Mend it." };
const hundred = `[${Array.from({ length: 100 }, (_, i) => i).join(",")}]`;
const long = `'${"x".repeat(900)}'`;

for (const [what, expression, words] of [
  ["loops", `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c >= 0)))`, /needs more than 50,000 steps for this object/],
  ["throws", "object.spec.nothing.at.all == 1", /field not found: nothing/],
  ["divides by nothing", "1 / 0 == 1", /cannot be evaluated: /],
  ["asks for ten megabytes", `size(${hundred}.map(a, ${hundred}.map(b, ${long}).join('')).join('')) > 0`, /makes a text of more than 10,000 characters/],
] as const) {
  test(`an own control that ${what} is stopped, and says so in one sentence`, async ({ request }) => {
    const response = await request.post(`${API}/own-control-tests`, { data: { ...DRAFT, expression } });
    expect(response.status()).toBe(200);
    const answer = (await response.json()) as { failing: number; passing: number; notAssessed: number; samples: { notAssessed: { reason: string }[] } };
    expect(answer).toMatchObject({ failing: 0, passing: 0 });
    expect(answer.notAssessed).toBeGreaterThan(0);
    expect(answer.samples.notAssessed[0]?.reason).toMatch(words);
    expect(answer.samples.notAssessed[0]?.reason).toMatch(/^[^.]+\.$/);
  });
}

for (const [what, data, words] of [
  ["longer than 2,000 characters", { ...DRAFT, expression: "a".repeat(2001) }, "expression: the expression has more than 2,000 characters."],
  [
    "an id that is none",
    { ...DRAFT, id: "No Id", expression: "true" },
    "id: an id is made of lower-case letters, digits and single dashes, such as team-label-missing.",
  ],
  ["a field that nobody knows", { ...DRAFT, expression: "true", colour: "red" }, "Unknown parameter: colour."],
  ["an expression that cannot be read", { ...DRAFT, expression: "object.(" }, /^Line 1, column \d+: .+\.$/],
  [
    "a variable that is not there",
    { ...DRAFT, expression: "container.name == ''" },
    "There is no variable called container; this subject has object, pod, namespaceObject.",
  ],
] as const) {
  test(`an own control with ${what} is not kept`, async ({ request }) => {
    const response = await request.post(`${API}/own-controls`, { data });
    expect(response.status()).toBe(400);
    const { message } = (await response.json()) as { message: string };
    if (typeof words === "string") expect(message).toBe(words);
    else expect(message).toMatch(words);
  });
}

test("a body of ten megabytes is refused with an answer, not with a broken connection", async ({ request }) => {
  for (let time = 0; time < 5; time += 1) {
    const response = await request.post(`${API}/own-controls`, { data: { ...DRAFT, expression: "a".repeat(10_000_000) } });
    expect(response.status()).toBe(413);
    expect(await response.json()).toMatchObject({ code: "too-large", message: "The body is larger than 1 MiB." });
  }
});

test("a control is not switched off without a reason, nor one that does not exist", async ({ request }) => {
  for (const [disabledControls, words] of [
    [{ "host-pid": "" }, /say why/],
    [{ "no-such-control": "Because we can." }, /no control called no-such-control/],
  ] as const) {
    const response = await request.patch(`${API}/settings`, { data: { disabledControls } });
    expect(response.status()).toBe(400);
    expect(((await response.json()) as { message: string }).message).toMatch(words);
  }
});

test("the server answers to loopback names only, pages and pictures as well as the API", async ({ request }) => {
  for (const path of ["/api/v1/clusters", "/", "/c/demo", "/c/demo/card", "/api/v1/openapi.json"]) {
    const response = await request.get(path, { headers: { host: "rebound.example" } });
    expect([path, response.status(), await response.text()]).toMatchObject([path, 403, expect.stringContaining("not to rebound.example.")]);
  }
});

test("no other site may frame a page, and none is told what was looked at", async ({ request }) => {
  for (const path of ["/", "/c/demo/settings", "/api/v1/clusters", "/nowhere"]) {
    const headers = (await request.get(path)).headers();
    expect([path, headers["content-security-policy"]]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
    expect(headers).toMatchObject({ "x-frame-options": "DENY", "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
  }
});

test("no copy of a picture is made and kept beside the program", async ({ request }) => {
  const asked = new URLSearchParams({ url: "/c/harbour-demo/card", w: "640", q: "75" });
  expect((await request.get(`/_next/image?${asked}`)).status()).toBe(404);
});

test("the OpenAPI document names a role for every operation", async ({ request }) => {
  const document = (await (await request.get("/api/v1/openapi.json")).json()) as { paths: Record<string, Record<string, { "x-role"?: string }>> };
  const roles = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation["x-role"]));
  expect(roles.length).toBeGreaterThan(15);
  expect(roles.every((role) => role === "viewer" || role === "triager" || role === "admin")).toBe(true);
});

test("rights to a kind that nobody knows are told with that, not as if there were such a kind", async ({ page }) => {
  await page.goto(`${CLUSTER}/who-can?verb=get&resource=unicorns`);
  await expect(page.locator("main")).toContainText("No rule and no kind that was read is called unicorns");
  await expect(page.locator("main table")).toBeVisible();
  await page.goto(`${CLUSTER}/who-can?verb=get&resource=secrets`);
  await expect(page.locator("main table")).toBeVisible();
  await expect(page.locator("main")).not.toContainText("No rule and no kind that was read");
});
