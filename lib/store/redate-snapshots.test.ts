import { describe, expect, it } from "vitest";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { redateSnapshots } from "./redate-snapshots";
import { listMoments } from "./snapshots";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

const NOW = new Date("2026-11-26T12:00:00Z");

describe.each(DATABASE_KINDS)("a snapshot that a wrong clock dated on %s", (kind) => {
  const used = withDatabase(kind);

  it("gets its true time, and those after it are moved by as much", async () => {
    const { pool, prisma } = used.database;
    const commit = async (slug: string, times: readonly string[]) => {
      const { id } = await saveCluster(prisma, { slug, name: slug, source: "demo" });
      for (const time of times) await commitSnapshot(pool, makeSnapshot(id, { resources: [], verdicts: [], takenAt: new Date(time) }));
      return { id, read: async () => (await listMoments(pool, id, 9, 9)).map(({ takenAt }) => takenAt.toISOString()).reverse() };
    };
    const wrong = await commit("wrong", ["2026-11-26T09:00:00Z", "2027-11-26T10:00:00Z", "2027-11-26T11:00:00Z"]);
    const other = await commit("other", ["2026-11-26T09:00:00Z", "2027-11-26T10:00:00Z"]);
    const redate = (seq: number, takenAt: string, cluster = "wrong") => redateSnapshots(pool, { cluster, seq, takenAt: new Date(takenAt) }, NOW);

    await expect(redate(2, "2026-11-26T09:00:00Z")).rejects.toThrow("Snapshot 1 was taken at 26 Nov 2026, 09:00 UTC: snapshot 2 was taken after it.");
    await expect(redate(2, "2026-11-26T11:01:00Z")).rejects.toThrow("The last snapshot would be of 26 Nov 2026, 12:01 UTC, which is still to come");
    await expect(redate(4, "2026-11-26T10:00:00Z")).rejects.toThrow("There is no snapshot 4 of this cluster.");
    await expect(redate(1, "2026-11-26T10:00:00Z", "none")).rejects.toThrow("There is no cluster named none.");
    expect(await wrong.read()).toEqual(["2026-11-26T09:00:00.000Z", "2027-11-26T10:00:00.000Z", "2027-11-26T11:00:00.000Z"]);

    expect(await redate(2, "2026-11-26T10:30:00Z")).toEqual({ seq: 3, takenAt: new Date("2026-11-26T11:30:00Z") });
    expect(await wrong.read()).toEqual(["2026-11-26T09:00:00.000Z", "2026-11-26T10:30:00.000Z", "2026-11-26T11:30:00.000Z"]);
    expect(await redate(1, "2026-11-25T09:00:00Z")).toMatchObject({ seq: 3 });
    expect((await wrong.read())[2]).toBe("2026-11-25T11:30:00.000Z");
    expect(await other.read()).toEqual(["2026-11-26T09:00:00.000Z", "2027-11-26T10:00:00.000Z"]);
  });
});
