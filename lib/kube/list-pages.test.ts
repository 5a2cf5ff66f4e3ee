import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { Answer, KubeConnection } from "./kube-connection";
import { listPages } from "./list-pages";
import { openConnection } from "./open-connection";
import { toBrokenFault } from "./read-fault";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Reads a list whose page number n (from 0), of at most so many objects, is what `page` says. */
async function read(page: (n: number, limit: number) => { readonly token: unknown; readonly items: unknown }) {
  let asked = 0;
  const server = createServer((incoming, response) => {
    const { token, items } = page(asked, Number(new URL(incoming.url ?? "", "http://localhost").searchParams.get("limit")));
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

it.each([{ a: 1 }, "none", 0, false])("takes no list whose items are %j for an empty one", async (items) => {
  expect(await read(() => ({ token: "", items }))).toMatchObject({ ok: false, fault: { status: "failed" } });
});

it.each([
  [{ kind: "Status", status: "Failure", message: "etcdserver: leader changed" }, "it has no list of items (Status: etcdserver: leader changed)"],
  [{ kind: "Table", rows: [] }, "it has no list of items (Table)"],
  [{}, "it has no list of items"],
  [{ items: [], metadata: { continue: 5 } }, "whether it goes on cannot be told"],
])("says what was sent in place of a list: %j", async (sent, why) => {
  const get: KubeConnection["get"] = async () => ({ ok: true, body: Buffer.from(JSON.stringify(sent)) });
  expect(await listPages({ get, release: () => undefined }, { path: "/api/v1/pods", onItem: () => undefined })).toMatchObject({
    fault: { status: "failed", reason: `The answer to /api/v1/pods could not be read: ${why}.` },
  });
});

it("takes null for none, as servers write it, and no token of another kind for the end", async () => {
  expect(await read(() => ({ token: null, items: null }))).toEqual({ ok: true, objects: 0 });
  expect(await read(() => ({ token: 5, items: [{}] }))).toMatchObject({ ok: false, fault: { status: "failed" } });
});

it("asks for smaller pages where one is too large to be read at once", async () => {
  const limits: number[] = [];
  const tooLarge: Answer = { ok: false, fault: { ...toBrokenFault("/api/v1/pods", "it is too large"), isTooLarge: true } };
  const connect = (most: number): Pick<KubeConnection, "get" | "release"> => ({
    get: async (path) => {
      const limit = Number(/limit=(\d+)/.exec(path)?.[1]);
      limits.push(limit);
      return limit > most ? tooLarge : { ok: true, body: Buffer.from('{"items":[{}]}') };
    },
    release: () => undefined,
  });
  const list = (most: number) => listPages(connect(most), { path: "/api/v1/pods", onItem: () => undefined });
  expect(await list(100)).toEqual({ ok: true, objects: 1 });
  expect(limits.splice(0)).toEqual([500, 100]);
  expect(await list(0)).toEqual(tooLarge);
  expect(limits).toEqual([500, 100, 20]);
});

it("gives up on a server that always has one more page", async () => {
  let page = 0;
  const get = async (): Promise<Answer> => {
    page += 1;
    return { ok: true, body: Buffer.from(JSON.stringify({ metadata: { continue: page < 30_000 ? `page ${page}` : "" }, items: [{}] })) };
  };
  expect(await listPages({ get, release: () => undefined }, { path: "/api/v1/pods", onItem: () => undefined })).toMatchObject(ENDLESS);
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
