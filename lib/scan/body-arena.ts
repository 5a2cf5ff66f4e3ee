import "server-only";
import { packManifest, unpackManifest } from "@/lib/store/manifest-body";

const SLAB_BYTES = 1 << 20;
/** So much is kept as it is, because reading it back is three times quicker; the rest of a large cluster is compressed. */
const PLAIN_BYTES = 64 << 20;

const LATIN1 = 0;
const UTF8 = 1;
const PACKED = 2;

/** Keeps the text of many small bodies outside the heap, side by side in large blocks. The first byte of each says how it is written. */
export interface BodyArena {
  readonly pack: (text: string) => Uint8Array;
  readonly unpack: (bytes: Uint8Array) => string;
}

export function createBodyArena(plainBytes = PLAIN_BYTES): BodyArena {
  let slab = Buffer.alloc(0);
  let used = 0;
  let total = 0;
  const place = (bytes: number): Buffer => {
    total += bytes;
    if (bytes > SLAB_BYTES / 4) return Buffer.allocUnsafeSlow(bytes);
    if (used + bytes > slab.length) {
      slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
      used = 0;
    }
    used += bytes;
    return slab.subarray(used - bytes, used);
  };
  return {
    pack(text) {
      if (total < plainBytes) {
        const bytes = Buffer.byteLength(text, "utf8");
        const isAscii = bytes === text.length;
        const copy = place(bytes + 1);
        copy[0] = isAscii ? LATIN1 : UTF8;
        copy.write(text, 1, isAscii ? "latin1" : "utf8");
        return copy;
      }
      const packed = packManifest(text);
      const copy = place(packed.length + 1);
      copy[0] = PACKED;
      copy.set(packed, 1);
      return copy;
    },
    unpack(bytes) {
      const { buffer, byteOffset, length } = bytes;
      const content = Buffer.from(buffer, byteOffset + 1, length - 1);
      if (bytes[0] === PACKED) return unpackManifest(content);
      return content.toString(bytes[0] === LATIN1 ? "latin1" : "utf8");
    },
  };
}
