import { createServer, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { divertRefused } from "./divert-refused";
import { refusedRequest } from "./refused-request";

let server: Server;
beforeAll(async () => {
  divertRefused();
  server = createServer((request, response) => response.end(`${request.method === "GET" ? "" : `${request.method} `}${request.url}`)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(() => server.close());

/** The address that the server's own listener sees, after a method other than GET; fetch would encode some of these, and sends no other host. */
function seen(
  path: string,
  { host, method = "GET", browser = {} }: { readonly host?: string; readonly method?: string; readonly browser?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const headers = { ...browser, ...(host === undefined ? {} : { host }) };
  return new Promise((resolve, reject) => {
    const request = ask({ port, host: "127.0.0.1", path, headers, method }, (response) => response.setEncoding("utf8").once("data", resolve));
    request.once("error", reject).end();
  });
}

it("diverts what does not decode before the server sees it", async () => {
  for (const path of ["/f/%E0%A4%A", "/c/x/%", "/%zz", "/c/%ff/findings?at=3"]) expect(await seen(path)).toBe("/refused?why=address");
  expect(await seen("/api/v1/clusters/%E0%A4%A/overview?at=3")).toBe("/refused?why=address&as=json");
});

it("diverts whatever is asked of another name, pages and pictures as well as the API", async () => {
  for (const path of ["/", "/c/demo", "/c/demo/card", "/_next/static/x.js"]) expect(await seen(path, { host: "evil.example" })).toBe("/refused?why=host");
  expect(await seen("/api", { host: "evil.example" })).toBe("/refused?why=host&as=json");
  // A page that puts the last into an address would end with a bare 500.
  for (const host of ["evil.example:3000", "127.0.0.1.evil.example", "192.168.1.7:3000", "localhost:65536"]) {
    expect(await seen("/api/v1/clusters", { host })).toBe("/refused?why=host&as=json");
  }
});

it("diverts what a page of another site asks for, but not who comes from there by a link", async () => {
  for (const site of ["cross-site", "same-site"]) {
    for (const mode of ["no-cors", "cors", "websocket"]) {
      const browser = { "sec-fetch-site": site, "sec-fetch-mode": mode };
      expect(await seen("/c/demo/card", { browser })).toBe("/refused?why=site");
      expect(await seen("/api/v1/clusters/x/scans/events", { browser })).toBe("/refused?why=site&as=json");
    }
    const goTo = (dest: string) => seen("/c/demo", { browser: { "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": dest } });
    expect(await goTo("document")).toBe("/c/demo");
    for (const dest of ["iframe", "frame", "embed", "object"]) expect(await goTo(dest)).toBe("/refused?why=site");
  }
  for (const site of ["same-origin", "none"]) expect(await seen("/c/demo", { browser: { "sec-fetch-site": site, "sec-fetch-mode": "cors" } })).toBe("/c/demo");
});

it("diverts what a page of another origin asks for where the browser names the origin alone", async () => {
  const host = "localhost:3000";
  for (const origin of ["http://evil.example", "http://localhost:8080", "http://127.0.0.1:3000", "null", "not an address"])
    expect(await seen("/api/v1/clusters/x/scans/events", { host, browser: { origin } })).toBe("/refused?why=site&as=json");
  expect(await seen("/c/demo", { host: "LOCALHOST:3000", browser: { origin: "http://localhost:3000" } })).toBe("/c/demo");
  // Behind a proxy that names this server as it reaches it, the browser knows better.
  expect(await seen("/c/demo", { host, browser: { origin: "https://concentric.example", "sec-fetch-site": "same-origin" } })).toBe("/c/demo");
});

it("takes a whole address for a path under the host that it names", async () => {
  for (const scheme of ["http", "HTTPS"]) expect(await seen(`${scheme}://evil.example/api/v1/clusters`)).toBe("/refused?why=host&as=json");
  expect(await seen("http://LOCALHOST:3000/api/v1/clusters?at=1", { host: "evil.example" })).toBe("/api/v1/clusters?at=1");
  expect(await seen("http://127.0.0.1?x=http://evil.example/")).toBe("/?x=http://evil.example/");
});

const CLUSTER = "/api/v1/clusters/x";

it("diverts what asks a path of the API for something that it does not do", async () => {
  const refused: readonly (readonly [string, string])[] = [
    ["DELETE", "/api/v1/clusters"],
    ["POST", `${CLUSTER}/findings/F-1`],
    ["GET", `${CLUSTER}/own-controls`],
    ["PATCH", `${CLUSTER}/schedule`],
    ["PROPFIND", "/api/v1/openapi.json"],
    ["POST", "/api/v1"],
  ];
  for (const [method, path] of refused)
    expect(await seen(`${path}?at=1`, { method })).toBe(`/refused?${new URLSearchParams({ why: "method", as: "json", method, path })}`);
});

it("leaves alone what is served, what Next answers by itself, and what is no path of the API", async () => {
  for (const method of ["PATCH", "OPTIONS", "GET"])
    expect(await seen(`${CLUSTER}/settings`, { method })).toBe(`${method === "GET" ? "" : `${method} `}${CLUSTER}/settings`);
  for (const path of ["/api", "/api/v2/clusters", "/api/v1/nowhere", "/_next/x", "/__nextjs_original-stack-frames", `${CLUSTER}/findings/`])
    expect(await seen(path, { method: "DELETE" })).toBe(`DELETE ${path}`);
});

it("diverts whatever asks more of a page than to be read, and lets a method that nobody knows find nothing", async () => {
  for (const method of ["POST", "OPTIONS", "PROPFIND"]) expect(await seen("/c/x?at=1", { method })).toBe(`/refused?why=method&method=${method}&path=%2Fc%2Fx`);
  expect(await seen("/api/v1/nowhere", { method: "PROPFIND" })).toBe("/api/v1/nowhere");
});

it("diverts the one parameter that would be lost on the way, and no other name or value like it", async () => {
  for (const query of ["__proto__=1", "at=1&__proto__", "%5F_proto__="]) {
    expect(await seen(`/api/v1/clusters?${query}`)).toBe("/refused?why=parameter&as=json");
    expect(await seen(`/c/x?${query}`)).toBe("/refused?why=parameter");
  }
  for (const path of ["/c/__proto__", "/c/x?q=__proto__&__proto__x=1", "/?constructor=1"]) expect(await seen(path)).toBe(path);
});

it("leaves every other address alone, whatever its query", async () => {
  for (const path of ["/", "/c/50%25", "/c/%E0%A4%A4/findings?q=100%&at=%E0%A4%A", "/api/v1/clusters"]) expect(await seen(path)).toBe(path);
  for (const host of ["localhost", "LOCALHOST:3000", "127.0.0.1", "[::1]:8080"]) expect(await seen("/c/demo", { host })).toBe("/c/demo");
});

it("says what is wrong, as JSON to programs and as text to people", async () => {
  const ask = (query: string, browser: Readonly<Record<string, string>> = {}) =>
    refusedRequest(new Request(`http://127.0.0.1/refused?${query}`, { headers: { host: "evil.example:3000", ...browser } }));
  const json = ask("why=address&as=json");
  expect([json.status, await json.json()]).toMatchObject([
    400,
    { code: "bad-request", message: expect.stringMatching(/^The address cannot be read: .+ %25\.$/) },
  ]);
  const text = ask("why=address");
  expect([text.status, await text.text()]).toEqual([400, expect.stringMatching(/^The address cannot be read: .+\.\n$/)]);
  const parameter = ask("why=parameter");
  expect([parameter.status, await parameter.text()]).toEqual([400, "Unknown parameter: __proto__.\n"]);
  const message = (asker: string) => `A page of another site${asker} asked for this: it may link here, and nothing else.`;
  const site = ask("why=site&as=json");
  expect([site.status, await site.json()]).toMatchObject([403, { code: "forbidden", message: message("") }]);
  const named = ask("why=site", { origin: "https://concentric.example" });
  expect([named.status, await named.text()]).toEqual([403, `${message(" (concentric.example, not evil.example:3000)")}\n`]);
  const host = ask("why=host");
  expect([host.status, await host.text()]).toEqual([403, "This server answers only to 127.0.0.1 and localhost, not to evil.example:3000.\n"]);
});

it("says it to browsers in a page of its own, which leads on where the product is and takes no name for a part of itself", async () => {
  const ask = async (query: string, host = "127.0.0.1:3000") => {
    const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", host };
    const answer = refusedRequest(new Request(`http://127.0.0.1/refused?${query}`, { headers }));
    const html = await answer.text();
    return { status: answer.status, type: answer.headers.get("content-type"), said: /<h1>(.*?)<\/h1>/.exec(html)?.[1], links: html.match(/href="[^"]*"/g) };
  };
  const type = "text/html; charset=utf-8";
  expect(await ask("why=address")).toEqual({ status: 400, type, said: expect.stringMatching(/^The address cannot be read: .+ %25\.$/), links: ['href="/"'] });
  const other = "This server answers only to 127.0.0.1 and localhost, not to &lt;b&gt;evil&lt;/b&gt;&amp;&quot;:80.";
  expect(await ask("why=host", '<b>evil</b>&":80')).toEqual({ status: 403, type, said: other, links: null });
});

it("says which methods a path has", async () => {
  const page = refusedRequest(new Request("http://127.0.0.1/refused?why=method&method=POST&path=%2Fc%2Fx"));
  const said = [page.status, page.headers.get("allow"), page.headers.get("content-type"), await page.text()];
  expect(said).toEqual([405, "GET, HEAD", "text/plain; charset=utf-8", "POST is not served at /c/x, only GET, HEAD.\n"]);
  const answer = refusedRequest(
    new Request(`http://127.0.0.1/refused?${new URLSearchParams({ why: "method", as: "json", method: "POST", path: `${CLUSTER}/settings` })}`),
  );
  expect([answer.status, answer.headers.get("allow"), await answer.json()]).toMatchObject([
    405,
    "GET, HEAD, OPTIONS, PATCH",
    { code: "method-not-allowed", message: `POST is not served at ${CLUSTER}/settings, only GET, HEAD, OPTIONS, PATCH.` },
  ]);
});
