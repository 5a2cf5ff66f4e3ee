import { describe, expect, it } from "vitest";
import { askAgain, askEverything, listDifferences, type Recorded } from "./testing-everything";
import { chooseHistories } from "./testing-histories";
import { createRandomClusters } from "./testing-random-cluster";
import { startScanned } from "./testing-scanned";

const { seeds, scans, database } = chooseHistories({ seeds: [1], scans: 5 });
const SCAN_MS = 60_000;

describe(`every read, asked again later on ${database}`, () => {
  it.each(seeds)("answers as it did while its snapshot was the newest, with seed %i", { timeout: scans * SCAN_MS }, async (seed) => {
    const cluster = await startScanned(database);
    try {
      const recorded: Recorded[] = [];
      const ids = new Set<string>();
      const world = createRandomClusters(seed);
      for (let scan = 1; scan <= scans; scan += 1) {
        const { objects, denied, settings } = world.next().value;
        await cluster.save(settings);
        const seq = await cluster.scan(objects, denied);
        const answers = await askEverything(cluster, seq, [...ids]);
        for (const { name, answer } of answers) if (name === "finding") ids.add(answer.body.id);
        recorded.push(...answers);
        expect(answers.filter(({ answer }) => answer.status !== 200 && answer.status !== 404)).toEqual([]);
      }
      expect(recorded.some(({ name, answer }) => name === "compare" && answer.body.ledger.openAfter > 0)).toBe(true);
      // Once from what is kept in memory, and once from the database alone.
      for (const forget of [false, true]) {
        if (forget) await cluster.forget();
        const differences: string[] = [];
        for (const record of recorded) {
          const found = listDifferences(record.answer, await askAgain(cluster, record));
          const name = `${record.name} ${JSON.stringify(record.read.params ?? {})} of snapshot ${record.seq}`;
          differences.push(...found.slice(0, 3).map((difference) => `${name}: ${difference}`));
        }
        expect.soft(differences, forget ? "read anew" : "as kept").toEqual([]);
      }
    } finally {
      await cluster.stop();
    }
  });
});
