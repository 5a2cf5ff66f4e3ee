import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { divertUnreadable } from "./divert-unreadable";
import { unreadableAddress } from "./unreadable-address";

let server: Server;
beforeAll(async () => {
  divertUnreadable();
  server = createServer((request, response) => response.end(request.url)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(() => server.close());

/** The address that the server's own listener sees; fetch would encode some of these. */
function seen(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path }, (response) => response.setEncoding("utf8").once("data", resolve)).once("error", reject);
  });
}

it("diverts what does not decode before the server sees it", async () => {
  for (const path of ["/f/%E0%A4%A", "/c/x/%", "/%zz", "/c/%ff/findings?at=3"]) expect(await seen(path)).toBe("/unreadable-address");
  expect(await seen("/api/v1/clusters/%E0%A4%A/overview?at=3")).toBe("/unreadable-address?as=json");
});

it("leaves every other address alone, whatever its query", async () => {
  for (const path of ["/", "/c/50%25", "/c/%E0%A4%A4/findings?q=100%&at=%E0%A4%A", "/api/v1/clusters"]) expect(await seen(path)).toBe(path);
});

it("says what is wrong, as JSON to programs and as text to people", async () => {
  const json = unreadableAddress(new Request("http://127.0.0.1/unreadable-address?as=json"));
  expect([json.status, await json.json()]).toMatchObject([
    400,
    { code: "bad-request", message: expect.stringMatching(/^The address cannot be read: .+ %25\.$/) },
  ]);
  const text = unreadableAddress(new Request("http://127.0.0.1/unreadable-address"));
  expect([text.status, await text.text()]).toEqual([400, expect.stringMatching(/^The address cannot be read: .+\.\n$/)]);
});
