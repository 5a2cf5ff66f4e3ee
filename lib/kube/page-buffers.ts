import "server-only";

/** Memory for answers, used again: a page of its own for each would keep the garbage collector busy. */
export interface PageBuffers {
  /** A buffer of at least so many bytes. */
  take(bytes: number): Buffer;
  /** Nobody reads it any more. Buffers that are never given back are collected as usual. */
  give(buffer: Buffer): void;
}

const KEPT = 8;
const LARGEST_KEPT = 32 << 20;

export function createPageBuffers(): PageBuffers {
  const free: Buffer[] = [];
  return {
    take(bytes) {
      const at = free.findIndex((buffer) => buffer.length >= bytes);
      const [found] = at < 0 ? [] : free.splice(at, 1);
      if (found) return found;
      free.shift(); // the smallest kept ones were too small: make room for what is needed now
      return Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.25));
    },
    give(buffer) {
      const whole = Buffer.from(buffer.buffer);
      if (free.length < KEPT && whole.length <= LARGEST_KEPT) free.push(whole);
    },
  };
}
