import "server-only";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { PageBuffers } from "./page-buffers";

const FIRST_BYTES = 1 << 20;
/** Four lists are read at a time, and a few kilobytes unpack to this: more would be memory that the whole machine lacks. A page of large objects is asked for in smaller ones. */
const MOST_BYTES = 512 * 2 ** 20;

/** Reads a body to its end into one buffer. Throws when it breaks off or is longer than it says, and RangeError when it is longer than an answer may be. */
export async function readBody(
  body: Readable,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  buffers: PageBuffers,
  mostBytes = MOST_BYTES,
): Promise<Buffer> {
  const isZipped = headers["content-encoding"] === "gzip";
  const length = isZipped ? Number.NaN : Number(headers["content-length"]);
  let buffer = buffers.take(Number.isSafeInteger(length) && length > 0 && length <= mostBytes ? length : FIRST_BYTES);
  let used = 0;
  const source = isZipped ? body.pipe(createGunzip()) : body;
  if (isZipped) body.once("error", (error) => source.destroy(error));
  using _ = { [Symbol.dispose]: () => body.destroy() }; // what is given up must not hold its connection
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (used + chunk.length > mostBytes) throw new RangeError("it is larger than what is read at once");
    if (used + chunk.length > buffer.length) {
      const larger = buffers.take(Math.min((used + chunk.length) * 2, mostBytes));
      buffer.copy(larger, 0, 0, used);
      buffers.give(buffer);
      buffer = larger;
    }
    buffer.set(chunk, used);
    used += chunk.length;
  }
  return buffer.subarray(0, used);
}
