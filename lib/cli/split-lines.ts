const NEWLINE = 10;
/** Bytes. No text is longer, and what never ends must not fill the memory. */
const LINE_LIMIT = 500 * 1024 * 1024;

/** A line, or what is wrong with it. */
type Line = string | { readonly problem: string };

function decode(bytes: Uint8Array): Line {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r$/, "");
  } catch {
    return { problem: "The line is not UTF-8 text." };
  }
}

/** Collects the pieces of one line, of one that is too long only its length. */
function createPending(limit: number) {
  let pieces: Uint8Array[] = [];
  let length = 0;
  return {
    isEmpty: () => length === 0,
    add(piece: Uint8Array): void {
      length += piece.length;
      if (length <= limit) pieces.push(piece);
      else pieces = [];
    },
    take(): Line {
      const line = length > limit ? { problem: "The line is longer than any text that can be read." } : decode(Buffer.concat(pieces));
      pieces = [];
      length = 0;
      return line;
    },
  };
}

/**
 * The lines of a stream of bytes, split where a line ends in JSON lines and nowhere else: `readline` also splits at U+2028, which
 * may stand in a JSON text as it is.
 */
export async function* splitLines(input: AsyncIterable<Uint8Array>, limit = LINE_LIMIT): AsyncGenerator<Line> {
  const pending = createPending(limit);
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      pending.add(chunk.subarray(start, end));
      yield pending.take();
      start = end + 1;
    }
    pending.add(chunk.subarray(start));
  }
  if (!pending.isEmpty()) yield pending.take();
}
