import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { readAhead } from "./read-ahead";

describe("readAhead", () => {
  it("gives every page in order, whoever is slower", async () => {
    for (const limit of [1, 3, 100]) {
      const seen: number[] = [];
      for await (const page of readAhead([1, 2, 3, 4, 5], limit)) {
        seen.push(page);
        if (page % 2 === 0) await nextTurn();
      }
      expect(seen).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it("works ahead up to its limit before anybody asks, and no further", async () => {
    const made: number[] = [];
    function* pages() {
      for (let page = 1; page <= 50; page += 1) {
        made.push(page);
        yield page;
      }
    }
    const ahead = readAhead(pages(), 4);
    ahead.start();
    for (let turn = 0; turn < 100; turn += 1) await nextTurn();
    expect(made).toHaveLength(4);
    let count = 0;
    for await (const page of ahead) count += page > 0 ? 1 : 0;
    expect(count).toBe(50);
  });

  it("throws an error where its page would have been", async () => {
    function* pages() {
      yield 1;
      throw new Error("lost");
    }
    const seen: number[] = [];
    const read = async () => {
      for await (const page of readAhead(pages(), 5)) seen.push(page);
    };
    await expect(read()).rejects.toThrow("lost");
    expect(seen).toEqual([1]);
  });

  it("stops making pages when nobody takes them any more", async () => {
    let isClosed = false;
    function* pages() {
      try {
        for (;;) yield 1;
      } finally {
        isClosed = true;
      }
    }
    for await (const page of readAhead(pages(), 2)) if (page === 1) break;
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(isClosed).toBe(true);
  });
});
