import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getSnapshots } from "@/app/api/v1/clusters/[cluster]/snapshots/route";
import type { ListSnapshotsResponse } from "@/lib/contracts/snapshots";
import { namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

it("says on each page of the list where the history of the cluster begins and ends", async () => {
  const page = async (query: string) => {
    const { snapshots, earlier, nextBefore, oldest, newest }: ListSnapshotsResponse = (await cluster.call(getSnapshots, query)).body;
    return { seqs: snapshots.map(({ seq }) => seq), earlier: earlier?.seq ?? null, nextBefore, ends: [oldest, newest].map((end) => end?.seq ?? null) };
  };
  expect(await page("")).toEqual({ seqs: [], earlier: null, nextBefore: null, ends: [null, null] });
  for (let scans = 0; scans < 3; scans++) await cluster.scan([namespace({ name: "shop" })]);
  expect(await page("?limit=2")).toEqual({ seqs: [3, 2], earlier: 1, nextBefore: 2, ends: [1, 3] });
  expect(await page("?limit=2&before=2")).toEqual({ seqs: [1], earlier: null, nextBefore: null, ends: [1, 3] });
});

it("gives with a page the snapshot from which its last one moved, as the next page has it", async () => {
  const page: ListSnapshotsResponse = await cluster.ask(getSnapshots, "?limit=1");
  const next: ListSnapshotsResponse = await cluster.ask(getSnapshots, `?limit=1&before=${page.nextBefore}`);
  expect(page.earlier).not.toBeNull();
  expect(page.earlier).toEqual(next.snapshots[0]);
});
