import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { World } from "../testing/make-snapshot";
import { DATABASE_KINDS } from "../testing/test-databases";
import { withCommits } from "../testing/with-commits";

const NAMES = ["cart", "web"];
const failing = (note: string): World => ({
  resources: NAMES.map((name) => ({ name, content: "a" })),
  verdicts: NAMES.map((on) => ({ control: "c1", on, note })),
});
const unknown = (names: readonly string[]): World => ({
  resources: names.map((name) => ({ name, content: "a" })),
  verdicts: names.map((on) => ({ control: "c1", on, state: "unknown", note: "Nobody told." })),
});
const refused: World = { resources: [], verdicts: [], staleKinds: ["apps/Deployment"] };

describe.each(DATABASE_KINDS)("the evidence of findings on %s", (kind) => {
  const { used, addCluster, commit, list } = withCommits(kind);
  const count = async (clusterId: number): Promise<number> =>
    (await used.database.pool.query("SELECT count(*)::int AS n FROM evidence WHERE cluster_id = $1", [clusterId])).rows[0].n;
  const shown = async (clusterId: number, seq: number) => (await list(clusterId, seq)).rows.map(({ evidence }) => evidence[0]?.value);

  it("is stored once where findings fail alike, also when they can be read again, and told as of each moment", async () => {
    const clusterId = await addCluster();
    for (const world of [failing("old"), refused, failing("old"), failing("new"), failing("old")]) await commit(clusterId, world);
    expect(await count(clusterId)).toBe(2);
    const told = await Promise.all([1, 2, 3, 4, 5].map((seq) => shown(clusterId, seq)));
    expect(told).toEqual(["old", "old", "old", "new", "old"].map((value) => [value, value]));
  });

  it("is each cluster's own", async () => {
    const [first, second] = [await addCluster(), await addCluster()];
    for (const clusterId of [first, second]) await commit(clusterId, failing("same"));
    expect([await count(first), await count(second)]).toEqual([1, 1]);
    expect(await shown(second, 1)).toEqual(["same", "same"]);
  });

  it("is told where an earlier release stored it, and goes on with what is stale for another reason", async () => {
    const clusterId = await addCluster();
    await commit(clusterId, failing("new"));
    const { pool } = used.database;
    await pool.query(`UPDATE finding_span SET evidence = '[{"path":"spec","value":"then","message":"It fails."}]' WHERE cluster_id = $1`, [clusterId]);
    await pool.query("DELETE FROM evidence WHERE cluster_id = $1", [clusterId]);
    await commit(clusterId, refused);
    await pool.query("UPDATE finding_span SET stale_reason = 'Something else.' WHERE cluster_id = $1", [clusterId]);
    await commit(clusterId, refused);
    expect(await Promise.all([1, 2, 3].map((seq) => shown(clusterId, seq)))).toEqual(Array.from({ length: 3 }, () => ["then", "then"]));
  });

  it("is told with its reason of what an earlier release kept the reason in the span of, and of what says the same since", async () => {
    const clusterId = await addCluster();
    const [first = "", ...others] = NAMES;
    await commit(clusterId, { ...unknown([first]), verdicts: [...unknown([first]).verdicts, { control: "c2", on: first }] });
    const { pool } = used.database;
    await pool.query("UPDATE finding_span SET reason = 'Nobody told.' WHERE cluster_id = $1 AND state = 'unknown'", [clusterId]);
    await pool.query("UPDATE evidence SET reason = NULL WHERE cluster_id = $1", [clusterId]);
    const sql = readFileSync(new URL("../../../prisma/migrations/20261129213830_reason_of_a_digest/migration.sql", import.meta.url), "utf8");
    await pool.query(sql.slice(sql.indexOf("UPDATE")));
    await commit(clusterId, unknown([first, ...others]));
    const reasons = async (seq: number) => (await list(clusterId, seq)).rows.map(({ controlId, reason }) => [controlId, reason]);
    expect(await reasons(1)).toEqual([
      ["c1", "Nobody told."],
      ["c2", null],
    ]);
    expect(await reasons(2)).toEqual(NAMES.map(() => ["c1", "Nobody told."]));
    expect(await count(clusterId)).toBe(2);
  });
});
