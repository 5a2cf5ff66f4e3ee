import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";

const PIECE = 1 << 20;

/**
 * The bytes of a file or descriptor, or, of one that holds more, a few more than `limit`: devices and pipes may never end. Throws what reading throws.
 */
export function readAtMost(file: string | number, limit: number): Buffer {
  const descriptor = typeof file === "number" ? file : openSync(file, "r");
  try {
    const found = fstatSync(descriptor);
    if (found.isFile() && found.size <= limit) return readFileSync(descriptor);
    const pieces: Buffer[] = [];
    // A pipe gives a small part of a piece at a time: kept is what it gave.
    const piece = Buffer.allocUnsafe(PIECE);
    for (let length = 0; length <= limit; ) {
      const read = readSync(descriptor, piece);
      if (read === 0) break;
      pieces.push(Buffer.from(piece.subarray(0, read)));
      length += read;
    }
    return Buffer.concat(pieces);
  } finally {
    if (typeof file !== "number") closeSync(descriptor);
  }
}
