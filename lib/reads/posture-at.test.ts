import type { Pool } from "pg";
import { expect, it } from "vitest";
import { loadPosture } from "./posture-at";

/** A database that knows snapshots of which nothing was counted, and how often it was asked for counts. */
function emptyDatabase() {
  const asked = { tallies: 0 };
  const query = async (sql: string) => {
    if (sql.includes("tally")) asked.tallies += 1;
    return { rows: [] };
  };
  return { asked, pool: { query } as unknown as Pool }; // safe: nothing else of it is asked
}
const snapshot = (seq: number) => ({ seq, facts: null, catalogueVersion: "1" });

it("keeps the posture of a snapshot of which nothing was counted, and forgets it with so many newer ones as of any other", async () => {
  const { asked, pool } = emptyDatabase();
  for (const seq of [1, 1]) await loadPosture(pool, 1, snapshot(seq));
  expect(asked.tallies).toBe(1);
  for (let seq = 2; seq <= 1_000; seq += 1) await loadPosture(pool, 1, snapshot(seq));
  asked.tallies = 0;
  await loadPosture(pool, 1, snapshot(1));
  expect(asked.tallies).toBe(1);
});
