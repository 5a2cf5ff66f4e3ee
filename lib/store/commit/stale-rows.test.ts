import { describe, expect, it } from "vitest";
import { findFinding } from "../findings/find-finding";
import type { World } from "../testing/make-snapshot";
import { DATABASE_KINDS } from "../testing/test-databases";
import { withCommits } from "../testing/with-commits";

const NAMES = Array.from({ length: 30 }, (_, at) => `app-${at}`);
const failing = (names: readonly string[] = NAMES): World => ({
  resources: names.map((name) => ({ name, content: "a" })),
  verdicts: names.map((on) => ({ control: "c1", on })),
});
const refused: World = { resources: [], verdicts: [], staleKinds: ["apps/Deployment"] };
const REFUSED = "apps/Deployment is refused.";
/** Of some nobody can tell, for a reason of their own. */
const untold = (names: readonly string[], note: string): World => ({
  ...failing(),
  verdicts: NAMES.map((on) => (names.includes(on) ? { control: "c1", on, state: "unknown", note } : { control: "c1", on })),
});

describe.each(DATABASE_KINDS)("what is stale for a while on %s", (kind) => {
  const { used, addCluster, commit, list } = withCommits(kind);
  const count = async (table: string, clusterId: number): Promise<number> =>
    (await used.database.pool.query(`SELECT count(*)::int AS n FROM ${table} WHERE cluster_id = $1`, [clusterId])).rows[0].n;
  const reasonsAt = async (clusterId: number, seq: number) => {
    const { rows } = await list(clusterId, seq);
    return Object.fromEntries(rows.map(({ resource, staleReason, staleSince }) => [resource.name, staleReason && `${staleReason} ${staleSince?.seq}`]));
  };
  /** The history of one finding up to a snapshot. */
  const tell = async (clusterId: number, publicId = "", seq: number) =>
    (await findFinding(used.database.pool, clusterId, publicId, seq))?.spans.map(
      ({ openedSeq, openedCause, closedSeq, closedCause, staleSince, openSinceSeq }) =>
        `${openedSeq} ${openedCause} to ${closedSeq} ${closedCause}, stale ${staleSince?.seq}, since ${openSinceSeq}`,
    );
  const all = (told: string | null, other: Readonly<Record<string, string>> = {}) => ({ ...Object.fromEntries(NAMES.map((name) => [name, told])), ...other });

  it("costs one row each time, however many findings it is of", async () => {
    const clusterId = await addCluster();
    const worlds = [failing(), refused, failing(), refused, refused, failing()];
    for (const world of worlds) await commit(clusterId, world);
    expect([await count("finding_span", clusterId), await count("stale_period", clusterId)]).toEqual([NAMES.length, 2]);
    const told = await Promise.all(worlds.map((_, at) => reasonsAt(clusterId, at + 1)));
    expect(told).toEqual([null, `${REFUSED} 2`, null, `${REFUSED} 4`, `${REFUSED} 4`, null].map((reason) => all(reason)));
  });

  it("is told of each finding as it was, whichever of them are back and for whatever reason the others are not", async () => {
    const clusterId = await addCluster();
    const few = NAMES.slice(0, 2);
    for (const world of [failing(), refused, untold(few, "Nobody told."), untold(few, "Nobody told."), refused, failing()]) await commit(clusterId, world);
    const other = (reason: string) => Object.fromEntries(few.map((name) => [name, reason]));
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map((seq) => reasonsAt(clusterId, seq)))).toEqual([
      all(null),
      all(`${REFUSED} 2`),
      all(null, other("Nobody told. 3")),
      all(null, other("Nobody told. 3")),
      all(`${REFUSED} 5`),
      all(null),
    ]);
    const [row] = (await list(clusterId, 1)).rows;
    const partsAt = (seq: number) => tell(clusterId, row?.publicId, seq);
    const parts = [
      "1 first-scan to 3 reread, stale 2, since 1",
      "3 reread to 5 reread, stale 3, since 1",
      "5 reread to 6 reread, stale 5, since 1",
      "6 reread to null null, stale undefined, since 1",
    ];
    expect(await partsAt(6)).toEqual(parts);
    expect(await partsAt(5)).toEqual([...parts.slice(0, 2), "5 reread to null null, stale 5, since 1"]);
    expect(await partsAt(2)).toEqual(["1 first-scan to null null, stale 2, since 1"]);
  });

  it("is told with the reason of each where several went stale together for others", async () => {
    const clusterId = await addCluster();
    const [one = "", other = ""] = NAMES;
    const verdicts = failing().verdicts.map((verdict) =>
      verdict.on === one || verdict.on === other ? { ...verdict, state: "unknown" as const, note: `Nobody told of ${verdict.on}.` } : verdict,
    );
    for (const world of [failing(), { ...failing(), verdicts }, failing()]) await commit(clusterId, world);
    expect(await reasonsAt(clusterId, 2)).toEqual(all(null, { [one]: `Nobody told of ${one}. 2`, [other]: `Nobody told of ${other}. 2` }));
  });

  it("is told apart from what ends while it is stale, and from what comes later", async () => {
    const clusterId = await addCluster();
    const [gone = "", ...others] = NAMES;
    for (const world of [failing(), refused, failing(others), failing()]) await commit(clusterId, world);
    expect((await list(clusterId, 2)).rows.filter(({ isStale }) => isStale)).toHaveLength(NAMES.length);
    expect((await list(clusterId, 3, 2, "closed")).rows).toMatchObject([{ closedSeq: 3, isStale: false, staleSince: { seq: 2 } }]);
    const [back] = (await list(clusterId, 4)).rows.filter(({ resource }) => resource.name === gone);
    expect(back).toMatchObject({ openSinceSeq: 4, isStale: false, staleSince: null });
    expect(await count("finding_span", clusterId)).toBe(NAMES.length + 1);
  });

  it("is told of the period in which it was, not of the next one of the same finding", async () => {
    const clusterId = await addCluster();
    const { verdicts: _, ...passing } = failing();
    for (const world of [failing(), refused, failing(), { ...passing, verdicts: [] }, failing()]) await commit(clusterId, world);
    expect(await Promise.all([2, 3, 5].map((seq) => reasonsAt(clusterId, seq)))).toEqual([all(`${REFUSED} 2`), all(null), all(null)]);
    const [row] = (await list(clusterId, 5)).rows;
    expect(await tell(clusterId, row?.publicId, 5)).toEqual([
      "1 first-scan to 3 reread, stale 2, since 1",
      "3 reread to 4 fixed, stale undefined, since 1",
      "5 changed-context to null null, stale undefined, since 5",
    ]);
  });

  it("is asked of the snapshot that assessed it last, through reasons that followed each other, also as an earlier release stored them", async () => {
    for (const isEarlier of [false, true]) {
      const clusterId = await addCluster();
      const cart = { control: "c1", on: "cart" };
      const resources = [{ name: "cart", content: "a" }];
      await commit(clusterId, { resources, verdicts: [cart] });
      await commit(clusterId, refused);
      if (isEarlier) {
        const { pool } = used.database;
        await pool.query("UPDATE finding_span SET stale_reason = 'Something else.' WHERE cluster_id = $1", [clusterId]);
        await commit(clusterId, { resources, verdicts: [{ ...cart, state: "unknown", note: "Something else." }] });
        await pool.query(
          `INSERT INTO finding_span (finding_id, cluster_id, opened_seq, open_since_seq, scope, state, severity, reason, digest, opened_cause, stale_since_seq, stale_reason)
           SELECT finding_id, cluster_id, 3, 1, scope, state, severity, reason, digest, 'reread', 3, 'Nobody told.' FROM finding_span WHERE cluster_id = $1`,
          [clusterId],
        );
        await pool.query("UPDATE finding_span SET closed_seq = 3, closed_cause = 'reread' WHERE cluster_id = $1 AND opened_seq = 1", [clusterId]);
      } else await commit(clusterId, { resources, verdicts: [{ ...cart, state: "unknown", note: "Nobody told." }] });
      await commit(clusterId, refused);
      expect((await list(clusterId, 3)).rows).toMatchObject([{ staleReason: "Nobody told.", staleSince: { seq: 3 } }]);
      const told = ["1 reread", "3 reread", "4 null"];
      const { publicId = "" } = (await list(clusterId, 4)).rows[0] ?? {};
      const history = await findFinding(used.database.pool, clusterId, publicId, 4);
      expect(history?.spans.map(({ openedSeq, closedCause }) => `${openedSeq} ${closedCause}`)).toEqual(told);
      const settingsChange = (since: number) => (since === 1 ? { fails: ["c1 cart"] } : undefined);
      await commit(clusterId, { resources, verdicts: [], settingsChange });
      expect((await list(clusterId, 5, 4, "closed")).rows).toMatchObject([{ closedCause: "settings" }]);
    }
  });
});
