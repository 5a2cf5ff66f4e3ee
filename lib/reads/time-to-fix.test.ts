import { afterEach, beforeEach, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { FindingRow, ListFindingsResponse } from "@/lib/contracts/findings";
import type { OverviewResponse } from "@/lib/contracts/overview";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace } from "@/lib/inventory/testing";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeEach(async () => {
  cluster = await startScanned();
});
afterEach(() => cluster.stop());

async function date(...instants: readonly string[]): Promise<void> {
  for (const [at, instant] of instants.entries()) await getDatabase().pool.query("UPDATE snapshot SET taken_at = $2 WHERE seq = $1", [at + 1, instant]);
  await cluster.forget();
}

const world = (...bad: readonly boolean[]) => [
  namespace(),
  ...bad.map((privileged, at) => deployment({ name: `app-${at}`, container: { securityContext: { privileged } } })),
];

it("counts all that was fixed in the days of the overview, of which the trend shows one snapshot a day", async () => {
  const scans = [
    { at: "2026-08-01T10:00Z", bad: [true, true] },
    // The last one before the 90 days.
    { at: "2026-08-28T09:00Z", bad: [false, true] },
    { at: "2026-08-28T11:00Z", bad: [false, false] },
    { at: "2026-08-28T12:00Z", bad: [false, false] },
    { at: "2026-11-26T10:00Z", bad: [false, false] },
  ];
  for (const { bad } of scans) await cluster.scan(world(...bad));
  await date(...scans.map(({ at }) => at));
  const { timeToFix, trend }: OverviewResponse = await cluster.ask(getOverview);
  expect(trend.map(({ seq }) => seq)).toEqual([4, 5]);
  const critical = timeToFix.find(({ severity }) => severity === "critical");
  expect(critical?.fixed).toBe(1);
  expect(critical?.medianDays).toBeCloseTo(27 + 1 / 24, 6);
});

/** Its days, by what its container is allowed: the lesser failure is covered while the graver one is there. */
const LESSER = { capabilities: { add: ["SYS_ADMIN"] } };
const GRAVER = { ...LESSER, privileged: true };
const DAYS = ["2026-11-01T10:00Z", "2026-11-11T10:00Z", "2026-11-16T10:00Z", "2026-11-21T10:00Z"];

it("counts what a graver finding covered as fixed when it fails no more, from when it was open by itself", async () => {
  for (const securityContext of [LESSER, GRAVER, GRAVER, {}]) await cluster.scan([namespace(), deployment({ container: { securityContext } })]);
  await date(...DAYS);
  const fixes = async (at: number) => {
    const { timeToFix }: OverviewResponse = await cluster.ask(getOverview, `?at=${at}`);
    return timeToFix.filter(({ fixed }) => fixed > 0).map(({ severity, fixed, medianDays }) => [severity, fixed, medianDays]);
  };
  expect(await fixes(3)).toEqual([]);
  // The graver one took ten days, this one twenty.
  expect(await fixes(4)).toContainEqual(["critical", 2, 15]);
  const own: ListFindingsResponse = await cluster.ask(getFindings, "?at=1&control=capabilities-dangerous");
  const id = own.rows[0]?.id ?? "";
  const told = async (since: number, at: number) => {
    const { closed }: CompareResponse = await cluster.ask(getCompare, `?since=${since}&at=${at}`);
    return closed.flatMap((row) => (row.id === id ? [[row.change, row.after.state]] : []));
  };
  expect([await told(1, 2), await told(1, 3), await told(3, 4), await told(1, 4)]).toEqual([
    [["subsumed", "covered"]],
    [["subsumed", "covered"]],
    [],
    [["fixed", "clear"]],
  ]);
  const closed = await cluster.ask(getFindings, "?since=1&tab=closed&control=capabilities-dangerous");
  expect(closed.rows.map((row: FindingRow) => [row.id, row.closedAt])).toEqual([[id, new Date(DAYS[3] ?? "").toISOString()]]);
  expect(await cluster.ask(getFinding, "", { id })).toMatchObject({ state: "fixed", ageDays: 20 });
});

it("calls what was covered, fixed and fails once more not new, and not clear before", async () => {
  for (const securityContext of [LESSER, GRAVER, {}, LESSER]) await cluster.scan([namespace(), deployment({ container: { securityContext } })]);
  const told = async (since: number) => {
    const { opened }: CompareResponse = await cluster.ask(getCompare, `?since=${since}`);
    return opened.flatMap(({ control, change, before }) => (control === "capabilities-dangerous" ? [[change, before.state]] : []));
  };
  expect([await told(1), await told(2), await told(3)]).toEqual([[], [["uncovered", "covered"]], [["reopened", "clear"]]]);
});

it("calls what was covered gone with its object, which fixes nothing", async () => {
  for (const securityContext of [LESSER, GRAVER]) await cluster.scan([namespace(), deployment({ container: { securityContext } })]);
  await cluster.scan([namespace()]);
  const { timeToFix }: OverviewResponse = await cluster.ask(getOverview);
  expect(timeToFix.reduce((sum, { fixed }) => sum + fixed, 0)).toBe(0);
  const { closed }: CompareResponse = await cluster.ask(getCompare, "?since=1");
  expect(closed.filter(({ control }) => control === "capabilities-dangerous").map(({ change, after }) => [change, after.state])).toEqual([["gone", "absent"]]);
});
