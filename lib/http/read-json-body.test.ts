import { expect, it } from "vitest";
import { readJsonBody } from "./read-json-body";

function post(body: BodyInit, type = "application/json"): Request {
  return new Request("http://127.0.0.1/", { method: "POST", body, duplex: "half", headers: { "content-type": type } } as RequestInit);
}

it("reads JSON in any number of pieces", async () => {
  const stream = new ReadableStream({
    start(controller) {
      for (const part of ['{"a":', '"ü"}']) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
  expect(await readJsonBody(post(stream))).toEqual({ a: "ü" });
});

it("says what is no JSON", async () => {
  await expect(readJsonBody(post("a: 1"))).rejects.toMatchObject({ code: "bad-request", message: "The body is not JSON." });
});

it("says that nothing was sent", async () => {
  for (const request of [new Request("http://127.0.0.1/", { method: "POST" }), post(" \n")])
    await expect(readJsonBody(request)).rejects.toMatchObject({ code: "bad-request", message: "The body is empty: send JSON." });
});

it("takes JSON under each of its names or none, and refuses it under the name of something else", async () => {
  for (const type of ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"])
    expect(await readJsonBody(post("{}", type))).toEqual({});
  expect(await readJsonBody(new Request("http://127.0.0.1/", { method: "POST", body: new TextEncoder().encode("{}") }))).toEqual({});
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
    await expect(readJsonBody(post("{}", type))).rejects.toMatchObject({
      code: "unsupported-media-type",
      message: `The body is sent as "${type}": send it with content-type: application/json.`,
    });
});

it("takes no body that is packed", async () => {
  const packed = (coding: string) =>
    readJsonBody(new Request("http://127.0.0.1/", { method: "POST", body: "{}", headers: { "content-type": "application/json", "content-encoding": coding } }));
  expect(await packed("identity")).toEqual({});
  await expect(packed("gzip")).rejects.toMatchObject({
    code: "unsupported-media-type",
    message: 'The body is sent with content-encoding "gzip": send it as it is.',
  });
});

it("takes a caller who goes away for that, and not for a database that is lost", async () => {
  const stream = new ReadableStream({
    start(controller) {
      controller.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
    },
  });
  await expect(readJsonBody(post(stream))).rejects.toMatchObject({ code: "bad-request", message: "The body ended before all of it had come." });
});

it("keeps no text that is not UTF-8 by another", async () => {
  const bytes = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe4, 0x22, 0x7d]);
  await expect(readJsonBody(post(bytes))).rejects.toMatchObject({ code: "bad-request", message: "The body is not UTF-8 text." });
});

/** Spaces, in pieces of 64 KiB. */
function spaces(pieces: number) {
  const sent = { pulled: 0, isCancelled: false };
  const stream = new ReadableStream({
    pull(controller) {
      sent.pulled += 1;
      if (sent.pulled > pieces) controller.close();
      else controller.enqueue(new Uint8Array(64 * 1024).fill(32));
    },
    cancel() {
      sent.isCancelled = true;
    },
  });
  return { stream, sent };
}

const tooLarge = { code: "too-large", message: "The body is larger than 1 MiB." };

it("reads a body that is too large to its end, so that its sender sees the answer", async () => {
  const { stream, sent } = spaces(48);
  await expect(readJsonBody(post(stream))).rejects.toMatchObject(tooLarge);
  expect(sent).toEqual({ pulled: 49, isCancelled: false });
});

it("stops reading a body without end", async () => {
  const { stream, sent } = spaces(Number.POSITIVE_INFINITY);
  await expect(readJsonBody(post(stream))).rejects.toMatchObject(tooLarge);
  expect(sent.isCancelled).toBe(true);
  expect(sent.pulled).toBeLessThan(1100);
});

it("refuses what no database can keep, in names and in values", async () => {
  const message = "The body holds a character that cannot be kept: NUL, or half a surrogate pair.";
  for (const body of ['{"reason":"a\\u0000b"}', '{"a":[{"deep":"\\ud800 x"}]}', '{"na\\u0000me":1}'])
    await expect(readJsonBody(post(body))).rejects.toMatchObject({ code: "bad-request", message });
  expect(await readJsonBody(post('{"a":"\\ud83d\\udca5"}'))).toEqual({ a: "💥" });
});
