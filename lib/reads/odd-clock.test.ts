import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { deployment, namespace } from "@/lib/inventory/testing";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const world = (...bad: boolean[]) => [
  namespace(),
  ...bad.map((privileged, at) => deployment({ name: `app-${at}`, container: { securityContext: { privileged } } })),
];

describe("snapshots of a clock that was a month ahead, and was then put right", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
    for (const bad of [
      [true, true],
      [true, true],
      [true, false],
      [true, false],
      [false, false],
    ])
      await cluster.scan(world(...bad));
    // The last two of the same millisecond.
    const times = ["2026-12-20T10:00Z", "2026-12-27T10:00Z", "2026-11-26T10:00Z", "2026-11-26T11:00Z", "2026-11-26T11:00Z"];
    for (const [at, time] of times.entries()) await getDatabase().pool.query("UPDATE snapshot SET taken_at = $2 WHERE seq = $1", [at + 1, time]);
    await cluster.forget();
  });
  afterAll(() => cluster.stop());

  it("are each compared with an earlier one of their order, whatever their dates", async () => {
    const sinceOf = async (at: number) => {
      const { status, body } = await cluster.call(getOverview, `?at=${at}`);
      return [at, status, body.moment?.at?.seq, body.moment?.since?.seq ?? null, body.trend?.at(-1)?.seq];
    };
    expect(await Promise.all([1, 2, 3, 4, 5].map(sinceOf))).toEqual([
      [1, 200, 1, null, 1],
      [2, 200, 2, 1, 2],
      [3, 200, 3, 1, 3],
      [4, 200, 4, 1, 4],
      [5, 200, 5, 1, 5],
    ]);
    const compare = (await cluster.call(getCompare, "?since=4&at=5")).body;
    expect(compare.ledger).toMatchObject({ new: 0 });
    expect(compare.ledger.fixed).toBeGreaterThan(0);
  });

  it("make nothing younger than new, and no fix quicker than at once", async () => {
    const { timeToFix, ages, open } = (await cluster.call(getOverview)).body;
    for (const { medianDays } of timeToFix) expect(medianDays ?? 0).toBeGreaterThanOrEqual(0);
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
    expect(ages.reduce((n: number, age: { open: Record<string, number> }) => n + sum(age.open), 0)).toBe(sum(open));
    const { rows } = (await cluster.call(getFindings, "?at=4&sort=age")).body;
    expect(rows.length).toBeGreaterThan(0);
    for (const { ageDays } of rows) expect(ageDays).toBeGreaterThanOrEqual(0);
    expect((await cluster.call(getFinding, "?at=4", { id: rows[0].id })).body).toMatchObject({ state: "open", moment: { at: { seq: 4 } } });
  });

  it("are named by their number alone: one that is not there yet, or cannot be, is refused in a sentence, and never another one shown", async () => {
    const told = async (query: string) => {
      const answers = await Promise.all([
        cluster.call(getOverview, query),
        cluster.call(getFindings, query),
        cluster.call(getResources, query),
        cluster.call(getLayer, query, { layer: "container" }),
      ]);
      return new Set(answers.map(({ status, body }) => `${status} ${body.error?.message ?? body.message}`));
    };
    expect(await told("?at=6")).toEqual(new Set(["404 at=6: c has no snapshot 6; the newest is 5."]));
    expect(await told("?since=9")).toEqual(new Set(["404 since=9: c has no snapshot 9; the newest is 5."]));
    expect(await told("?at=2&since=3")).toEqual(new Set(["400 since=3 is later than at=2; a change is measured from the earlier snapshot."]));
    for (const at of ["0", "-1", "1.5", "2026-11-26", "2026-11-26T11:00Z", "1e3", ""])
      for (const answer of await told(`?at=${at}`)) expect(answer).toMatch(/^400 .*at/);
  });
});
