import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { listPages } from "./list-pages";
import { openConnection } from "./open-connection";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Reads a list whose page number n (from 0) is what `page` says. */
async function read(page: (n: number) => { readonly token: string; readonly items: readonly object[] }) {
  let asked = 0;
  const server = createServer((_incoming, response) => {
    const { token, items } = page(asked);
    asked += 1;
    response.end(JSON.stringify({ kind: "PodList", metadata: { continue: token }, items }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const connection = openConnection({ source: "url", server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }); // safe: it listens on a port
  closing.push(() => connection.close());
  return listPages(connection, { path: "/api/v1/pods", onItem: () => undefined });
}

const ENDLESS = { ok: false, fault: { status: "failed", reason: "The answer to /api/v1/pods could not be read: its pages never come to an end." } };

it("gives up on a server that sends the same page for ever", async () => {
  expect(await read(() => ({ token: "again", items: [{}] }))).toMatchObject(ENDLESS);
});

it("gives up on a server whose pages go round", async () => {
  expect(await read((n) => ({ token: `page ${n % 3}`, items: [{}] }))).toMatchObject(ENDLESS);
});

it("gives up on pages without end that hold nothing, and reads on behind a few of them", async () => {
  expect(await read((n) => ({ token: `page ${n}`, items: [] }))).toMatchObject(ENDLESS);
  expect(await read((n) => ({ token: n < 50 ? `page ${n}` : "", items: n % 20 === 19 ? [{}] : [] }))).toEqual({ ok: true, objects: 2 });
});

it("does not ask again where a webhook should convert what is stored: the server has waited for it", async () => {
  let asked = 0;
  const server = createServer((_incoming, response) => {
    asked += 1;
    response.writeHead(500).end(JSON.stringify({ message: "conversion webhook for a.example.com/v1, Kind=A failed: no answer" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const connection = openConnection({ source: "url", server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }); // safe: it listens on a port
  closing.push(() => connection.close());
  expect(await listPages(connection, { path: "/apis/a.example.com/v1/as", onItem: () => undefined })).toMatchObject({ ok: false });
  expect(asked).toBe(1);
});
