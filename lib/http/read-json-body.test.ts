import { expect, it } from "vitest";
import { readJsonBody } from "./read-json-body";

function post(body: BodyInit): Request {
  return new Request("http://127.0.0.1/", { method: "POST", body, duplex: "half" } as RequestInit);
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
  await expect(readJsonBody(new Request("http://127.0.0.1/", { method: "POST" }))).rejects.toMatchObject({ message: "The body is not JSON." });
});

it("stops reading a body without end", async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(64 * 1024).fill(32));
    },
  });
  await expect(readJsonBody(post(endless))).rejects.toMatchObject({ code: "bad-request", message: "The body is larger than 1 MiB." });
  expect(pulled).toBeLessThan(24);
});

it("refuses what no database can keep, in names and in values", async () => {
  const message = "The body holds a character that cannot be kept: NUL, or half a surrogate pair.";
  for (const body of ['{"reason":"a\\u0000b"}', '{"a":[{"deep":"\\ud800 x"}]}', '{"na\\u0000me":1}'])
    await expect(readJsonBody(post(body))).rejects.toMatchObject({ code: "bad-request", message });
  expect(await readJsonBody(post('{"a":"\\ud83d\\udca5"}'))).toEqual({ a: "💥" });
});
