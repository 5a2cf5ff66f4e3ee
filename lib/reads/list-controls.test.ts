import { expect, it } from "vitest";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { deployment, namespace } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

it("tells a control that was asked and found nothing from one that was not asked", { timeout: 60_000 }, async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan([namespace(), deployment()]);
    const { controls } = (await cluster.call(getControls)).body;
    const unasked = controls.filter(({ counts }: { counts: object | null }) => counts === null);
    expect(unasked.map(({ id }: { id: string }) => id)).toEqual([]);
    const asked = (await cluster.call(getControl, "", { control: "webhook-fail-open" })).body;
    expect(asked.counts).toMatchObject({ n: 0, failing: 0, unknown: 0, cost: 0 });
    expect((await cluster.call(getControl, "", { control: "container-privileged" })).body.counts.n).toBe(1);
  } finally {
    await cluster.stop();
  }
});
