import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { explainUnreadable } from "./unreadable-request.mjs";

const server = http.createServer((_request, response) => response.end("fine"));
beforeAll(async () => {
  explainUnreadable();
  server.on("upgrade", (_request, socket) => socket.end("held"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

/** All that the server answers to these bytes, until it closes. */
async function send(bytes: string): Promise<string> {
  const socket = net.connect((server.address() as AddressInfo).port, "127.0.0.1"); // safe: it listens on TCP
  socket.end(bytes);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const LONG = "x".repeat(20_000);

it("says in a sentence that an address is too long", async () => {
  const answer = await send(`GET /c/demo?q=${LONG} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\nContent-Type: text\/plain/);
  expect(answer).toMatch(/\r\n\r\nThe address is too long: .+\.\n$/);
});

it("says it as the API does below /api/", async () => {
  const [, body = ""] = (await send(`GET /api/v1/clusters?q=${LONG} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).split("\r\n\r\n");
  expect(JSON.parse(body)).toMatchObject({ code: "too-large", message: expect.stringMatching(/^The address is too long/), requestId: expect.any(String) });
});

it("says that what is no HTTP cannot be read, and goes on answering others", async () => {
  expect(await send("nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(.+\r\n)+\r\nThe request cannot be read: .+\.\n$/);
  expect(await send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).toMatch(/fine/);
});

it("answers who asks for a WebSocket as it answers others", async () => {
  const asked = "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n";
  expect(await send(`GET / HTTP/1.1\r\nHost: localhost\r\n${asked}`)).toMatch(/fine/);
});
