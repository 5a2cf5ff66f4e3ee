import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { findingsPageQuery } from "../contracts/page-queries";
import { momentQuerySchema } from "../contracts/words";
import { AppError } from "../errors/app-error";
import { followAnswers } from "./answer-status";
import { answerPicture, readForTab, readMoment, readPage, readQuery } from "./read-page";

it("refuses a moment beyond what can be counted", async () => {
  await expect(readMoment(Promise.resolve({ at: "2147483647" }))).resolves.toEqual({ at: 2_147_483_647 });
  await expect(readMoment(Promise.resolve({ at: "2147483648" }))).rejects.toMatchObject({
    message: "at=2147483648 is not a snapshot number: choose a snapshot of the list, or leave at out.",
  });
});

it("says which parameter it cannot read, what it may be, and not all of a long one", async () => {
  const read = (search: Record<string, string>) => readQuery(Promise.resolve(search), findingsPageQuery);
  await expect(read({ severity: "hgih", view: "control" })).rejects.toMatchObject({
    code: "bad-request",
    message: "severity=hgih cannot be read: severity must be one of critical, high, medium, low, info.",
  });
  await expect(read({ q: "x".repeat(3000) })).rejects.toMatchObject({
    message: `q=${"x".repeat(60)}… cannot be read: q must be at most 200 characters long.`,
  });
  await expect(read({ at: "1e2" })).rejects.toThrow(/^at=1e2 is not a snapshot number: /);
  await expect(read({ severity: "", view: "control", at: "5" })).resolves.toEqual({ view: "control", at: 5 });
});

it("shows what cannot be seen as such", async () => {
  await expect(readMoment(Promise.resolve({ at: "5\0" }))).rejects.toThrow(/^at=5\uFFFD is not/);
});

it("refuses what the page does not know, and what is asked twice", async () => {
  const read = (search: Record<string, string | string[]>) => readQuery(Promise.resolve(search), momentQuerySchema);
  await expect(read({ at: "5", colour: "red" })).rejects.toMatchObject({
    code: "bad-request",
    message: "This page has no parameter colour: leave it out, or use one of at and since.",
  });
  await expect(read({ at: ["5", "6"] })).rejects.toMatchObject({
    code: "bad-request",
    message: "The parameter at is given more than once: leave one of them.",
  });
  await expect(read({ toString: "5" })).rejects.toThrow(/^This page has no parameter toString: /);
  // The API groups by it; the page, by `view`.
  await expect(readQuery(Promise.resolve({ group: "control" }), findingsPageQuery)).rejects.toThrow(/^This page has no parameter group: /);
});

it("tells what stands in the query of an address from what it names", async () => {
  const read = (error: AppError) => readPage(() => Promise.reject(error));
  expect(await read(new AppError("bad-request", "at=x is not a snapshot number."))).toEqual({
    ok: false,
    message: "at=x is not a snapshot number.",
    isBadQuery: true,
  });
  expect(await read(new AppError("not-found", "There is no finding F-1."))).toEqual({ ok: false, message: "There is no finding F-1." });
});

it("says of a NUL what it is, whichever client of the database refused it", async () => {
  const said = { ok: false, message: "The address holds a NUL character, which no name has." };
  const refused = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: "22021" });
  const wrapped = Object.assign(new Error("Invalid invocation. Database error. Code: `22021`. Message: `…`"), { code: "P2039" });
  for (const error of [refused, wrapped]) await expect(readPage(() => Promise.reject(error))).resolves.toEqual(said);
});

it("tells of a failure under 500, or 503 when it is the database's, where a page is made whole, and not where only its parts are asked for", async () => {
  followAnswers();
  const server = createServer(async (request, response) => {
    const isLost = request.url === "/lost";
    const lost = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
    const result = await readPage(() => Promise.reject(isLost ? lost : new Error("password=hunter2"))).catch(() => "thrown");
    response.end(JSON.stringify(result));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return [response.status, await response.json()];
  };
  expect(await get("/")).toEqual([
    500,
    { ok: false, message: "Something failed on the server. The log has the details under this request id.", requestId: expect.stringMatching(/^[\w-]{36}$/) },
  ]);
  expect(await get("/lost")).toMatchObject([503, { message: expect.stringMatching(/^The database does not answer: /) }]);
  expect(await get("/", { rsc: "1" })).toEqual([200, "thrown"]);
  server.close();
});

it("does not explain away what nobody expected", async () => {
  await expect(readPage(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});

it("lets nobody on the way keep a picture of a cluster, nor the reason why there is none", async () => {
  const drawn = await answerPicture(async () => new Response("png", { headers: { "cache-control": "public, max-age=0" } }));
  expect([drawn.headers.get("cache-control"), await drawn.text()]).toEqual(["private, no-cache", "png"]);
  const refused = await answerPicture(() => Promise.reject(new AppError("not-found", "There is no such cluster.")));
  expect([refused.status, refused.headers.get("cache-control"), await refused.text()]).toEqual([404, "no-store", "There is no such cluster.\n"]);
});

it("lets a failure that the page tells take no words from its tab", async () => {
  expect(await readForTab(Promise.reject(new Error("the database is gone")))).toEqual({ ok: false, message: "" });
  expect(await readForTab(Promise.resolve({ ok: true, value: 7 }))).toEqual({ ok: true, value: 7 });
});
