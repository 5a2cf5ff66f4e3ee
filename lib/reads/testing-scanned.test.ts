import { expect, it } from "vitest";
import { GET as getSnapshots } from "@/app/api/v1/clusters/[cluster]/snapshots/route";
import { world } from "@/lib/scan/testing-world";
import { startScanned } from "./testing-scanned";

it("asks the cluster of its own test, whatever one that ran over its time starts and stops meanwhile", async () => {
  const own = await startScanned();
  try {
    await own.scan(world(1));
    const countSnapshots = async () => (await own.ask(getSnapshots)).snapshots.length;
    const late = await startScanned();
    expect(await countSnapshots()).toBe(1);
    await late.stop();
    expect(await countSnapshots()).toBe(1);
    await own.forget();
    await (await startScanned()).stop();
    expect(await countSnapshots()).toBe(1);
  } finally {
    await own.stop();
  }
});
