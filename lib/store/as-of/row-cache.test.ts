import { expect, it } from "vitest";
import { RowCache } from "./row-cache";

const take = async (missing: readonly number[], rows: Map<number, string>): Promise<void> => {
  for (const id of missing) rows.set(id, `row ${id}`);
};

it("reads only what it does not have", async () => {
  const cache = new RowCache<string>(10);
  await cache.load(new Set([1, 2]), take);
  const read: number[][] = [];
  const rows = await cache.load(new Set([2, 3]), async (missing, found) => {
    read.push([...missing]);
    await take(missing, found);
  });
  expect(read).toEqual([[3]]);
  expect([2, 3].map((id) => rows.get(id))).toEqual(["row 2", "row 3"]);
});

it("forgets the rows that nobody asks for once there are too many", async () => {
  const cache = new RowCache<string>(3);
  await cache.load(new Set([1, 2, 3]), take);
  const rows = await cache.load(new Set([3, 4, 5]), take);
  expect([...rows.keys()]).toEqual([3, 4, 5]);
});

it("leaves whole what is being read while others make it forget", async () => {
  const cache = new RowCache<string>(3);
  await cache.load(new Set([1, 2]), take);
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = cache.load(new Set([1, 2, 3]), async (missing, rows) => {
    await promise;
    await take(missing, rows);
  });
  await cache.load(new Set([7, 8, 9]), take);
  resolve();
  expect([...(await first).keys()]).toEqual([1, 2, 3]);
});
