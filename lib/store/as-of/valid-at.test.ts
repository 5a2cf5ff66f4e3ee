import type { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { countReasons } from "../findings/count-reasons";
import { loadFindingIndex } from "../findings/finding-index";
import { loadFailingStatistics } from "../findings/finding-statistics";
import { listNamespaceCounts, listTallies } from "../tallies";
import { makeSnapshot } from "../testing/make-snapshot";
import { DATABASE_KINDS } from "../testing/test-databases";
import { withDatabase } from "../testing/with-database";
import { loadResourceIndex } from "./resource-index";

/** Every number that is read of a snapshot row by row, in any order. */
async function readAll(pool: Pool, clusterId: number, seq: number) {
  const index = await loadFindingIndex(pool, clusterId, seq);
  return {
    findings: [...index.findingIds].sort((a, b) => a - b),
    stale: [...index.findingIds].filter((_, row) => index.stale[row] === 1).sort((a, b) => a - b),
    failing: (await loadFailingStatistics(pool, clusterId, seq)).ages,
    reasons: await countReasons(pool, clusterId, seq),
    resources: (await loadResourceIndex(pool, clusterId, seq)).names.map(({ key }) => key),
    tallies: (await listTallies(pool, clusterId, seq)).map(({ key, n }) => [key, n]).sort(),
    namespaces: (await listNamespaceCounts(pool, clusterId, seq)).map(({ key, n }) => [key, n]).sort(),
  };
}

/** A pool of its own for every cache, on which `act` happens after each first read of a table with periods. */
function interrupted(pool: Pool, act: () => Promise<void>): Pool {
  const seen = new Set<string>();
  let before: Promise<unknown> = Promise.resolve();
  const query = async (...asked: readonly [{ readonly text: string } | string, unknown[]?]): Promise<unknown> => {
    const [first, values] = asked;
    const text = typeof first === "string" ? first : first.text;
    const answer = await pool.query(first as string, values);
    const table = /finding_span|resource_version|tally/.exec(text)?.[0];
    if (table && !seen.has(table)) {
      seen.add(table);
      await act();
    }
    return answer;
  };
  // One after the other: what is asked at once may be answered in any order.
  return { query: (...asked: Parameters<typeof query>) => (before = before.then(() => query(...asked))) } as unknown as Pool; // all that reads use
}

describe.each(DATABASE_KINDS)("reading a snapshot while a scan is stored on %s", (kind) => {
  const used = withDatabase(kind);
  const full = {
    resources: ["a", "b", "c"].map((name) => ({ name, content: "1" })),
    verdicts: [
      { control: "x", on: "a" },
      { control: "x", on: "b", state: "unknown" as const, note: "Nobody told." },
      { control: "y", on: "c" },
    ],
    tallies: [
      { key: "x", n: 2, failing: 1 },
      { dimension: "namespace-control" as const, key: "shop|x", n: 2, failing: 1 },
    ],
  };
  const empty = { resources: [], verdicts: [], tallies: [] };

  it.each([
    ["something was there", 3, [full], [empty, full, empty]],
    ["nothing was", 0, [full, empty], [full, empty, full]],
  ])("finds each row once where %s", async (slug, findings, before, later) => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug, name: "c", source: "demo" });
    for (const world of before) await commitSnapshot(pool, makeSnapshot(id, world));
    const read = (act: () => Promise<void>) => readAll(interrupted(pool, act), id, before.length);
    const expected = await read(async () => {});
    expect([expected.findings.length, expected.tallies.length]).toEqual([findings, findings && 1]);
    const worlds = [...later];
    expect(await read(async () => void (await commitSnapshot(pool, makeSnapshot(id, worlds.shift() ?? full))))).toEqual(expected);
    expect(worlds).toEqual([]);
    expect(await read(async () => {})).toEqual(expected);
  });

  it.each([
    ["stored", "COMMIT"],
    ["undone", "ROLLBACK"],
  ])("finds what was stale although the scan that reads it again is %s", async (told, end) => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: told, name: told, source: "demo" });
    await commitSnapshot(pool, makeSnapshot(id, full));
    await commitSnapshot(pool, makeSnapshot(id, { ...empty, staleKinds: ["apps/Deployment"], tallies: full.tallies }));
    const read = async (act: () => Promise<void>) => {
      const { reasons, ...others } = await readAll(interrupted(pool, act), id, 2);
      return { ...others, reasons: reasons.map((reason) => JSON.stringify(reason)).sort() };
    };
    const expected = await read(async () => {});
    expect(expected.stale).toHaveLength(3);
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO stale_period (cluster_id, from_seq, to_seq, reason, first_id, findings)
       SELECT cluster_id, stale_since_seq, 3, stale_reason, finding_id, '\\x01' FROM finding_span WHERE cluster_id = $1`,
      [id],
    );
    await client.query("UPDATE finding_span SET stale_since_seq = NULL, stale_reason = NULL WHERE cluster_id = $1", [id]);
    const found = await read(async () => void (await client.query(end)));
    client.release();
    expect(found).toEqual(expected);
    if (end === "COMMIT") expect(await read(async () => {})).toEqual(expected);
  });

  it("finds each row although the scan is undone", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "d", name: "d", source: "demo" });
    await commitSnapshot(pool, makeSnapshot(id, full));
    const expected = await readAll(
      interrupted(pool, async () => {}),
      id,
      1,
    );
    const client = await pool.connect();
    await client.query("BEGIN");
    for (const [table, end] of Object.entries({ finding_span: "closed_seq", resource_version: "to_seq", tally: "to_seq" }))
      await client.query(`UPDATE ${table} SET ${end} = 2 WHERE cluster_id = $1`, [id]);
    const undo = async (): Promise<void> => void (await client.query("ROLLBACK"));
    const found = await readAll(interrupted(pool, undo), id, 1);
    client.release();
    expect(found).toEqual(expected);
  });
});
