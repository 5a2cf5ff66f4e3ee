import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createPageBuffers } from "./page-buffers";
import { readBody } from "./read-body";

const chunked = (body: Buffer, size: number) =>
  Readable.from(Array.from({ length: Math.ceil(body.length / size) }, (_, i) => body.subarray(i * size, (i + 1) * size)));
const text = Buffer.from("0123456789abcdef".repeat(200_000));

describe("readBody", () => {
  it("reads a body whose length nobody said, and one whose length was wrong", async () => {
    for (const headers of [{}, { "content-length": "10" }, { "content-length": String(text.length) }]) {
      expect((await readBody(chunked(text, 65_536), headers, createPageBuffers())).equals(text)).toBe(true);
    }
  });

  it("unpacks a compressed body", async () => {
    const zipped = gzipSync(text);
    const body = await readBody(chunked(zipped, 1000), { "content-encoding": "gzip", "content-length": String(zipped.length) }, createPageBuffers());
    expect(body.equals(text)).toBe(true);
  });

  it("refuses a compressed body that breaks off", async () => {
    const zipped = gzipSync(text);
    await expect(readBody(chunked(zipped.subarray(0, zipped.length - 20), 1000), { "content-encoding": "gzip" }, createPageBuffers())).rejects.toThrow(
      /unexpected end/,
    );
  });

  it("reads no more than an answer may hold, whatever it unpacks to or says of itself", async () => {
    const zipped = gzipSync(text);
    for (const [body, headers] of [
      [zipped, { "content-encoding": "gzip" }],
      [text, { "content-length": "9007199254740991" }],
    ] as const) {
      const source = new Readable({ read: () => undefined }); // it has no end
      source.push(body);
      await expect(readBody(source, headers, createPageBuffers(), 100_000)).rejects.toThrow(RangeError);
      expect(source.destroyed).toBe(true);
    }
  });

  it("reads 512 MiB at most", async () => {
    const chunkOf = (length: number) =>
      Readable.from([
        {
          length, // without the bytes
          get 0() {
            throw new Error("it was taken");
          },
        },
      ]);
    await expect(readBody(chunkOf(512 * 2 ** 20), {}, createPageBuffers())).rejects.toThrow("it was taken");
    await expect(readBody(chunkOf(512 * 2 ** 20 + 1), {}, createPageBuffers())).rejects.toThrow(RangeError);
  });

  it("uses memory again that was given back, and only then", async () => {
    const buffers = createPageBuffers();
    const first = await readBody(chunked(text, 65_536), { "content-length": String(text.length) }, buffers);
    const second = await readBody(chunked(text, 65_536), { "content-length": String(text.length) }, buffers);
    expect(second.buffer).not.toBe(first.buffer);
    buffers.give(first);
    const third = await readBody(chunked(text.subarray(0, 100), 10), { "content-length": "100" }, buffers);
    expect(third.buffer).toBe(first.buffer);
    expect(third.length).toBe(100);
  });
});
