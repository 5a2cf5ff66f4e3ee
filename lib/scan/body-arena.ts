import "server-only";

const SLAB_BYTES = 1 << 20;

/**
 * Copies of small byte arrays, side by side in large blocks: a compressed body of its own would keep the 16 KiB that zlib wrote it into.
 */
export function createBodyArena(): (bytes: Uint8Array) => Uint8Array {
  let slab = new Uint8Array(0);
  let used = 0;
  return (bytes) => {
    if (bytes.length > SLAB_BYTES / 4) return bytes.slice();
    if (used + bytes.length > slab.length) {
      slab = new Uint8Array(SLAB_BYTES);
      used = 0;
    }
    const copy = slab.subarray(used, used + bytes.length);
    copy.set(bytes);
    used += bytes.length;
    return copy;
  };
}
