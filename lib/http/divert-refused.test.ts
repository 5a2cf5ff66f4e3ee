import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { divertRefused } from "./divert-refused";
import { refusedRequest } from "./refused-request";

let server: Server;
beforeAll(async () => {
  divertRefused();
  server = createServer((request, response) => response.end(request.url)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(() => server.close());

/** The address that the server's own listener sees; fetch would encode some of these, and sends no other host. */
function seen(path: string, host?: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const headers = host === undefined ? {} : { host };
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path, headers }, (response) => response.setEncoding("utf8").once("data", resolve)).once("error", reject);
  });
}

it("diverts what does not decode before the server sees it", async () => {
  for (const path of ["/f/%E0%A4%A", "/c/x/%", "/%zz", "/c/%ff/findings?at=3"]) expect(await seen(path)).toBe("/refused?why=address");
  expect(await seen("/api/v1/clusters/%E0%A4%A/overview?at=3")).toBe("/refused?why=address&as=json");
});

it("diverts whatever is asked of another name, pages and pictures as well as the API", async () => {
  for (const path of ["/", "/c/demo", "/c/demo/card", "/_next/static/x.js"]) expect(await seen(path, "evil.example")).toBe("/refused?why=host");
  for (const host of ["evil.example:3000", "127.0.0.1.evil.example", "192.168.1.7:3000"]) {
    expect(await seen("/api/v1/clusters", host)).toBe("/refused?why=host&as=json");
  }
});

it("leaves every other address alone, whatever its query", async () => {
  for (const path of ["/", "/c/50%25", "/c/%E0%A4%A4/findings?q=100%&at=%E0%A4%A", "/api/v1/clusters"]) expect(await seen(path)).toBe(path);
  for (const host of ["localhost", "LOCALHOST:3000", "127.0.0.1", "[::1]:8080"]) expect(await seen("/c/demo", host)).toBe("/c/demo");
});

it("says what is wrong, as JSON to programs and as text to people", async () => {
  const ask = (query: string) => refusedRequest(new Request(`http://127.0.0.1/refused?${query}`, { headers: { host: "evil.example:3000" } }));
  const json = ask("why=address&as=json");
  expect([json.status, await json.json()]).toMatchObject([
    400,
    { code: "bad-request", message: expect.stringMatching(/^The address cannot be read: .+ %25\.$/) },
  ]);
  const text = ask("why=address");
  expect([text.status, await text.text()]).toEqual([400, expect.stringMatching(/^The address cannot be read: .+\.\n$/)]);
  const host = ask("why=host");
  expect([host.status, await host.text()]).toEqual([403, "This server answers only to 127.0.0.1 and localhost, not to evil.example.\n"]);
});
