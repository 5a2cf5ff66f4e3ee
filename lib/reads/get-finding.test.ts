import { expect, it } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { deployment, namespace } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };

it("ends one look of a finding where the next begins, and keeps its age", { timeout: 60_000 }, async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan([namespace(), deployment({ container: BAD })]);
    await cluster.scan([namespace(), deployment({ container: { ...BAD, name: "other" } })]);
    const { rows } = (await cluster.call(getFindings, "?control=container-privileged")).body;
    const { body } = await cluster.call(getFinding, "", { id: rows[0].id });
    const [first, second] = body.spans;
    expect(body.spans).toHaveLength(2);
    expect(second.from).toEqual(first.to);
    expect(first.from.seq).toBe(1);
    expect(second.from.takenAt > first.from.takenAt).toBe(true);
    expect(body.openedAt).toBe(first.from.takenAt);
  } finally {
    await cluster.stop();
  }
});
