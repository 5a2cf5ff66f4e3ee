import { Agent, createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { followAnswers, setAnswerStatus } from "./answer-status";

let server: Server;
beforeAll(async () => {
  followAnswers();
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    await new Promise((resolve) => setTimeout(resolve, Number(url.searchParams.get("after") ?? 0)));
    if (url.searchParams.has("early")) response.write("begun ");
    const status = url.searchParams.get("status");
    if (status !== null) setAnswerStatus(Number(status));
    response.end("done");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(() => server.close());

function statusOf(path: string, options: { readonly agent?: Agent; readonly headers?: Record<string, string> } = {}): Promise<number | undefined> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path, ...options }, (response) => response.resume().once("end", () => resolve(response.statusCode))).once("error", reject);
  });
}

it("gives each answer the status of its own request, however they overlap", async () => {
  const asked = [
    ["/?status=404&after=30", 404],
    ["/?after=20", 200],
    ["/?status=400&after=10", 400],
    ["/?status=404", 404],
    ["/", 200],
  ] as const;
  expect(await Promise.all(asked.map(([path]) => statusOf(path)))).toEqual(asked.map(([, status]) => status));
});

it("does so on a connection that is used again", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect([await statusOf("/?status=404", { agent }), await statusOf("/", { agent }), await statusOf("/?status=400", { agent })]).toEqual([404, 200, 400]);
  agent.destroy();
});

it("leaves alone what Next's router asks for, and what has begun", async () => {
  expect([await statusOf("/?status=404", { headers: { rsc: "1" } }), await statusOf("/?status=404&early")]).toEqual([200, 200]);
});

it("does nothing outside of a request", () => {
  expect(() => setAnswerStatus(404)).not.toThrow();
});
