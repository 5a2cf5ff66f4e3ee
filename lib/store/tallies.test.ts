import type { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { fc } from "../model/testing-properties";
import type { TallyInput } from "./commit/commit-input";
import { commitSnapshot } from "./commit-snapshot";
import { listNamespaceCounts, listTallies, listTallyHistory, listTallySpans } from "./tallies";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withCommits } from "./testing/with-commits";

type Counted = Pick<TallyInput, "dimension" | "key" | "scope" | "n" | "failing" | "worst">;
/** What a snapshot counted; no key is there twice. */
type Day = readonly Counted[];

const DAYS = fc.array(
  fc.uniqueArray(
    fc.record({
      dimension: fc.constantFrom("control" as const, "namespace-control" as const),
      key: fc.constantFrom("a", "b|a", "c"),
      scope: fc.constantFrom("workload", "platform"),
      n: fc.constantFrom(1, 2),
      failing: fc.constantFrom(0, 1),
      worst: fc.constantFrom("high" as const, null),
    }),
    { selector: ({ dimension, key, scope }) => `${dimension} ${key} ${scope}`, maxLength: 12 },
  ),
  { minLength: 1, maxLength: 14 },
);

const textOf = ({ key, scope, n, failing, worst }: Omit<Counted, "dimension">) => `${key} ${scope} ${n} ${failing} ${worst}`;

describe.each(DATABASE_KINDS)("statistics on %s", (kind) => {
  const { used, addCluster, commit } = withCommits(kind);
  const count = async (table: string, clusterId: number): Promise<number> =>
    (await used.database.pool.query(`SELECT count(*)::int AS n FROM ${table} WHERE cluster_id = $1`, [clusterId])).rows[0].n;
  const take = (clusterId: number, day: Day) => commit(clusterId, { resources: [], verdicts: [], tallies: day });

  it("cost one row for all that come back together, each time", async () => {
    const clusterId = await addCluster();
    const day = (n: number): Day =>
      Array.from({ length: 40 }, (_, at) => ({ dimension: "control" as const, key: `c${at}`, scope: "workload", n, failing: 0, worst: null }));
    await take(clusterId, day(1));
    for (let round = 0; round < 3; round += 1) {
      await take(clusterId, day(2));
      await take(clusterId, day(1));
    }
    expect([await count("tally", clusterId), await count("tally_pause", clusterId)]).toEqual([80, 5]);
  });

  it("are what they were to whoever asks between two statements of a scan that brings them back", async () => {
    const { pool } = used.database;
    const clusterId = await addCluster();
    const day = (n: number): Day => ["a", "b"].map((key) => ({ dimension: "control", key, scope: "workload", n, failing: 0, worst: null }));
    const days = [1, 2, 2, 1, 2];
    for (const n of days) await take(clusterId, day(n));
    const seen: string[] = [];
    const look = async () => {
      const told = await Promise.all(days.map((_, at) => listTallies(pool, clusterId, at + 1)));
      seen.push(told.map((rows) => rows.map(({ n }) => n).join()).join(" "));
    };
    const connect = async () => {
      const client = await pool.connect();
      const query = async (...asked: Parameters<typeof client.query>): Promise<unknown> => {
        if (String(asked[0]) !== "BEGIN") await look();
        return client.query(...asked);
      };
      return new Proxy(client, { get: (target, name) => (name === "query" ? query : Reflect.get(target, name)) });
    };
    const watched = { connect, query: pool.query.bind(pool) } as unknown as Pool; // all that a commit uses
    await commitSnapshot(watched, makeSnapshot(clusterId, { resources: [], verdicts: [], tallies: day(1) }));
    await look();
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen)).toEqual(new Set(["1,1 2,2 2,2 1,1 2,2"]));
  });

  it("cost no row where they are others each time", async () => {
    const clusterId = await addCluster();
    for (let n = 1; n < 30; n += 1) await take(clusterId, [{ dimension: "control", key: "c", scope: "workload", n: n % 15, failing: 0, worst: null }]);
    expect([await count("tally", clusterId), await count("tally_pause", clusterId)]).toEqual([29, 0]);
  });

  it("are told of every snapshot, and of all together, as full copies of each would", async () => {
    const { pool } = used.database;
    await fc.assert(
      fc.asyncProperty(DAYS, fc.infiniteStream(fc.boolean()), async (days, chosen) => {
        const clusterId = await addCluster();
        for (const day of days) await take(clusterId, day);
        const told = (seq: number, dimension: Counted["dimension"]) =>
          (days[seq - 1] ?? [])
            .filter((one) => one.dimension === dimension)
            .map(textOf)
            .sort();
        const seqs = days.map((_, at) => at + 1);
        for (const seq of seqs) {
          expect((await listTallies(pool, clusterId, seq)).map(textOf)).toEqual(told(seq, "control"));
          expect((await listNamespaceCounts(pool, clusterId, seq)).map(textOf).sort()).toEqual(told(seq, "namespace-control"));
        }
        const some = seqs.filter(() => chosen.next().value);
        const spans = some.length === 0 ? [] : await listTallySpans(pool, clusterId, some);
        for (const seq of some) {
          const held = spans.filter(({ fromSeq, toSeq }) => fromSeq <= seq && (toSeq === null || toSeq > seq));
          expect(held.map(textOf)).toEqual(told(seq, "control"));
        }
        for (const untilSeq of seqs) {
          const history = await listTallyHistory(pool, clusterId, { dimension: "control", key: "a", scope: "workload" }, untilSeq);
          expect(history.map(({ fromSeq, toSeq, ...one }) => `${fromSeq} to ${toSeq}: ${textOf(one)}`)).toEqual(periodsOf(days, untilSeq));
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** The periods of a control in which it came to the same, those that began by a snapshot. */
function periodsOf(days: readonly Day[], untilSeq: number): readonly string[] {
  const all = [...days.map((day) => day.find(({ dimension, key, scope }) => dimension === "control" && key === "a" && scope === "workload")), undefined];
  const texts = all.map((one) => (one ? textOf(one) : null));
  const starts = texts.flatMap((text, at) => (text !== null && text !== texts[at - 1] ? [at] : []));
  return starts.flatMap((at) => {
    const end = texts.findIndex((text, later) => later > at && text !== texts[at]);
    return at < untilSeq ? [`${at + 1} to ${end === days.length ? null : end + 1}: ${texts[at]}`] : [];
  });
}
