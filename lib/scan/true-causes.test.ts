import { describe, expect, it } from "vitest";
import { toClusterCatalogue } from "@/lib/controls/cluster-catalogue";
import { judge } from "@/lib/engine/judge";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { parseKubeVersion } from "@/lib/inventory/values/kube-version";
import type { JsonRecord } from "@/lib/model/json";
import { resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import { chooseHistories } from "@/lib/reads/testing-histories";
import { createCoveringObjects, createRandomClusters } from "@/lib/reads/testing-random-cluster";
import { startScanned } from "@/lib/reads/testing-scanned";
import { getDatabase } from "@/lib/store/database-handle";

/** In its cluster, graver findings are mended that covered others. In the other, a policy of administrators closes for a time what one covers. */
const usual = 6;
const { seeds, scans, database } = chooseHistories({ seeds: [usual, 5], scans: 10 });

type Told = ReadonlyMap<string, Verdict>;

/** What the real controls say of a whole cluster, by finding. */
function judgeAll(objects: readonly JsonRecord[]): Told {
  const inventory = buildInventory(objects, {
    isComplete: true,
    kubeVersion: parseKubeVersion("v1.36.0"),
    observedAt: "2026-11-26T00:00:00Z",
    settings: DEFAULT_SETTINGS,
  });
  const { controls } = toClusterCatalogue(DEFAULT_SETTINGS, () => performance.now());
  return new Map([...judge(inventory, controls)].map((verdict) => [`${verdict.control} ${resourceKey(verdict.resource)} ${verdict.locator}`, verdict]));
}

/** Which cause the end of a finding must have, by what its control says then. */
function endOf(verdict: Verdict | undefined): string {
  if (verdict === undefined || verdict.state === "pass" || verdict.isSafe) return "fixed";
  return verdict.state;
}

describe("the causes that a scan stores", () => {
  it.each(seeds)("are what its controls say of the cluster then and before, with seed %i", { timeout: scans * 60_000 }, async (seed) => {
    const cluster = await startScanned(database);
    try {
      const [world, covering] = [createRandomClusters(seed), createCoveringObjects(seed)];
      const told: Told[] = [];
      for (let scan = 1; scan <= scans; scan += 1) {
        const objects = [...world.next().value.objects, ...covering.next().value];
        told.push(judgeAll(objects));
        await cluster.scan(objects);
      }
      const { rows } = await getDatabase().pool.query<{ finding: string; seq: number; closed: string | null; opened: string | null; since: number }>(
        `WITH s AS (SELECT s.*, f.control_id || ' ' || r.key || ' ' || f.locator AS finding FROM finding_span s
           JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id WHERE s.state = 'fail')
         SELECT finding, closed_seq AS seq, closed_cause AS closed, NULL AS opened, open_since_seq AS since FROM s WHERE closed_seq IS NOT NULL
         UNION ALL SELECT finding, opened_seq, NULL, opened_cause, open_since_seq FROM s WHERE closed_seq IS DISTINCT FROM opened_seq`,
      );
      const ends = rows.filter(({ closed }) => closed !== null && !["changed", "resource-gone"].includes(closed));
      // What a finding of the same object covered has an end, too, as soon as it passes.
      const last = new Map(rows.filter(({ closed }) => closed !== null).map((row) => [`${row.finding} ${row.since}`, row]));
      const endless = [...last.values()].filter(({ finding, seq, closed }) => {
        const after = told.slice(seq - 1).map((verdicts) => verdicts.get(finding));
        return closed === "subsumed" && after[0]?.coveredBy === undefined && after.find((verdict) => verdict?.state !== "subsumed")?.state === "pass";
      });
      expect(endless).toEqual([]);
      const untrue = ends.flatMap(({ finding, seq, closed }) => {
        const should = endOf(told[seq - 1]?.get(finding));
        return should === closed ? [] : [`${seq} ${finding}: ${closed}, not ${should}`];
      });
      expect(untrue).toEqual([]);
      const uncovered = rows.filter(({ opened }) => opened === "uncovered");
      const stateOf = (finding: string, seq: number) => told[seq - 1]?.get(finding)?.state;
      expect(uncovered.filter(({ finding, seq }) => stateOf(finding, seq - 1) !== "subsumed")).toEqual([]);
      // And the other way round, where its object is as it was.
      expect(rows.filter(({ finding, seq, opened }) => opened === "changed-context" && stateOf(finding, seq - 1) === "subsumed")).toEqual([]);
      const passed = uncovered.filter(({ finding, seq, since }) =>
        told.slice(since - 1, seq).some((_, at) => !["fail", "subsumed"].includes(stateOf(finding, since + at) ?? "")),
      );
      expect(passed).toEqual([]);
      if (seed === usual) expect([ends.length > 20, uncovered.length]).toEqual([true, 12]);
    } finally {
      await cluster.stop();
    }
  });
});
