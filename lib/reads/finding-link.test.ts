import { afterAll, beforeAll, expect, it } from "vitest";
import FindingLink from "@/app/f/[id]/page";
import { GET as listFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import { deployment, namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const OBJECTS = [namespace(), deployment({ name: "cart", container: { securityContext: { privileged: true } } })];

let clusters: ScannedCluster;
beforeAll(async () => {
  clusters = await startScanned();
  await clusters.add("second");
  await clusters.scan(OBJECTS);
  await clusters.scan(OBJECTS, [], "second");
});
afterAll(() => clusters.stop());

it("leads from an id alone to the cluster that has the finding, and keeps the moment", async () => {
  const ids = new Set<string>();
  for (const cluster of ["c", "second"]) {
    const { rows }: ListFindingsResponse = (await clusters.call(listFindings, "?control=container-privileged", { cluster })).body;
    const id = rows[0]?.id ?? "";
    ids.add(id);
    const link = (search: Record<string, string>) => FindingLink({ params: Promise.resolve({ id }), searchParams: Promise.resolve(search) });
    await expect(link({})).rejects.toMatchObject({ digest: expect.stringContaining(`;/c/${cluster}/findings/${id};`) });
    await expect(link({ at: "1" })).rejects.toMatchObject({ digest: expect.stringContaining(`;/c/${cluster}/findings/${id}?at=1;`) });
  }
  expect(ids.size).toBe(2);
});
