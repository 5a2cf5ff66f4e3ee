import { findLastScanId, startScan, waitForScan } from "../bench/server-client";

/** Has the demo cluster scanned once more, to the end: what a page hears of a scan comes after its snapshot is there. Gives the number of that. */
export async function scanAnew(base = ""): Promise<number> {
  const known = await findLastScanId(base);
  await startScan(base, "harbour-demo");
  return (await waitForScan(base, known)).snapshotSeq ?? 0;
}
