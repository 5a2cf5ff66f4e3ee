const NEWLINE = 10;

/** Null = it is not UTF-8, or longer than a text may be. */
function decode(chunks: readonly Uint8Array[]): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)).replace(/\r$/, "");
  } catch {
    return null;
  }
}

/**
 * The lines of a stream of bytes, split where a line ends in JSON lines and nowhere else: `readline` also splits at U+2028, which
 * may stand in a JSON text as it is.
 */
export async function* splitLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  let pending: Uint8Array[] = [];
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield decode([...pending, chunk.subarray(start, end)]);
      pending = [];
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  }
  if (pending.length > 0) yield decode(pending);
}
