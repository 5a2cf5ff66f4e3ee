import { expect, test } from "vitest";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { NETWORK_LIMIT, weighNetwork } from "./network-at";

/** How many of as many snapshots as there are numbers were still kept once all of them were read. */
async function countKept(objects: number, namespaces: number, snapshots: readonly number[]): Promise<number> {
  const cache = new LruCache(NETWORK_LIMIT, weighNetwork);
  const network = { objects, matrix: { bytes: 16 * (namespaces + 1) ** 2 } };
  for (const seq of snapshots) await cache.get(`${seq}`, async () => network);
  let made = 0;
  for (const seq of snapshots.toReversed())
    await cache.get(`${seq}`, async () => {
      made += 1;
      return network;
    });
  return snapshots.length - made;
}

test("of a cluster with thousands of namespaces one table of pairs is kept, and of others many snapshots", async () => {
  expect(await countKept(6_750, 2_700, [1, 2, 3, 4, 5])).toBe(1);
  expect(await countKept(2_000, 60, [1, 2, 3, 4, 5])).toBe(5);
});
