import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import { deployment, namespace } from "@/lib/inventory/testing";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  const SCANS = [
    { at: "2026-01-01T10:00Z", bad: ["first"] },
    { at: "2026-01-11T10:00Z", bad: ["first", "second"] },
    { at: "2026-01-16T10:00Z", bad: ["second"] },
    { at: "2026-03-01T10:00Z", bad: [] },
    { at: "2026-09-01T10:00Z", bad: [] },
  ];
  for (const { bad } of SCANS) {
    const apps = ["first", "second"].map((name) => deployment({ name, container: { securityContext: { privileged: bad.includes(name) } } }));
    await cluster.scan([namespace(), ...apps]);
  }
  for (const [at, scan] of SCANS.entries()) await getDatabase().pool.query("UPDATE snapshot SET taken_at = $2 WHERE seq = $1", [at + 1, scan.at]);
  await cluster.forget();
});
afterAll(() => cluster.stop());

const closed = async (query: string): Promise<ListFindingsResponse> => cluster.ask(getFindings, `?since=2&tab=closed&control=container-privileged&${query}`);
const told = async (query: string) => (await closed(query)).rows.map(({ resource, ageDays }) => [resource.name, ageDays]);

it("counts the age of what closed up to its end, in its row, its facet, its filter and its order", async () => {
  const [first, second] = [
    ["first", 15],
    ["second", 49],
  ];
  expect((await closed("")).facets.age).toEqual([
    { value: "8-30", count: 1 },
    { value: "31-90", count: 1 },
  ]);
  expect([await told("age=8-30"), await told("age=31-90"), await told("age=over-180")]).toEqual([[first], [second], []]);
  expect([await told("sort=age"), await told("sort=age&order=asc")]).toEqual([
    [second, first],
    [first, second],
  ]);
});
