import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { apiFetch } from "./api-fetch";

const contract = async () => z.object({ n: z.number() });
const answer = (response: () => Promise<Response>) => vi.stubGlobal("fetch", response);

afterEach(() => vi.unstubAllGlobals());

it("gives what the contract names", async () => {
  answer(async () => Response.json({ n: 1, more: true }));
  expect(await apiFetch({ path: "/x", contract })).toEqual({ n: 1 });
});

it("says what the server says, with the id of the request", async () => {
  answer(async () =>
    Response.json({ code: "not-found", message: "There is no cluster x.", requestId: "r1" }, { status: 404, headers: { "x-request-id": "r1" } }),
  );
  await expect(apiFetch({ path: "/x", contract })).rejects.toMatchObject({
    code: "not-found",
    message: "There is no cluster x.",
    requestId: "r1",
    status: 404,
    path: "/x",
  });
});

it("has one sentence for an answer of another shape, one that is no JSON, and none at all", async () => {
  answer(async () => Response.json({ n: "1" }));
  await expect(apiFetch({ path: "/x", contract })).rejects.toMatchObject({ code: "internal", message: expect.stringContaining("not what this page expects") });
  answer(async () => new Response("<html>", { status: 502 }));
  await expect(apiFetch({ path: "/x", contract })).rejects.toMatchObject({ status: 502, message: "The server answered 502." });
  answer(async () => Promise.reject(new TypeError("fetch failed")));
  await expect(apiFetch({ path: "/x", contract })).rejects.toMatchObject({ code: "unavailable", status: null });
});

it("tells an answer that nothing can read, since the script of its contract did not come, as one that could not be had", async () => {
  answer(async () => Response.json({ n: 1 }));
  const unloaded = () => Promise.reject(Object.assign(new Error("Failed to load chunk"), { name: "ChunkLoadError" }));
  await expect(apiFetch({ path: "/x", contract: unloaded })).rejects.toMatchObject({
    name: "RequestError",
    path: "/x",
    message: expect.stringContaining("Reload the page"),
  });
});

it("sends what it is given as JSON", async () => {
  const calls: { path: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    calls.push({ path, init });
    return Response.json({ n: 2 });
  });
  expect(await apiFetch({ path: "/x", method: "PUT", body: { a: 1 }, contract })).toEqual({ n: 2 });
  expect(calls).toMatchObject([{ path: "/x", init: { method: "PUT", body: '{"a":1}', headers: { "content-type": "application/json" } } }]);
});
