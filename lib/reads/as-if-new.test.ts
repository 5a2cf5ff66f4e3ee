import { describe, expect, it } from "vitest";
import type { FindingRow, ListFindingsResponse } from "@/lib/contracts/findings";
import type { TrendPoint } from "@/lib/contracts/score";
import { createTestClock } from "@/lib/scan/testing-world";
import { getCluster } from "@/lib/store/clusters";
import { listTallies } from "@/lib/store/tallies";
import { startDatabases } from "@/lib/store/testing/test-databases";
import { LISTS, listDifferences, type Read } from "./testing-everything";
import { chooseHistories } from "./testing-histories";
import { type Answer, startScannedOn } from "./testing-scanned";
import { createVariedClusters } from "./testing-varied-cluster";

const { seeds, scans, database } = chooseHistories({ seeds: [3, 22], scans: 4 });
const SCAN_MS = 60_000;
/** A cluster of the same database that has a history of its own: the same objects, now and then without one. */
const NEIGHBOUR = "neighbour";

/** What tells where in a history a snapshot stands, or of which cluster it is. */
const OF_HISTORY = new Set([
  ...["moment", "cluster", "durationMs", "id", "finding", "href", "takenAt", "openedAt", "ageDays", "age", "firstSeenAt", "changedAt", "seq"],
  ...["openedSince", "tabs", "opened", "closed", "openBefore", "costBefore", "sinceScore", "sinceCoverage"],
  ...["movers", "markers", "stack", "timeToFix", "waterfall"],
]);
const READS = Object.entries(LISTS).filter(([name]) => !/^findings (?:of|that|as)/.test(name));
const EVERY_STATE = { ...LISTS.findings, query: "limit=500&state=open,unknown,manual,waived" } as Read; // safe: there is one of this name

interface Day {
  readonly seq: number;
  /** Of the cluster that was scanned on this day alone. */
  readonly slug: string;
  /** No kind was refused. */
  readonly isWhole: boolean;
}

/** A layer lists what counted at the earlier of two moments, too, and a trend goes back to the first scan. */
function withoutEarlier({ status, body }: Answer): Answer {
  const { controls, trend } = body;
  const counted = Array.isArray(controls) && { controls: controls.filter(({ n, unknown }) => n !== 0 || unknown !== 0) };
  return { status, body: { ...body, ...counted, ...(trend && { trend: trend.slice(-1) }) } };
}

/** What was assessed on the day, as texts by control and object, and of which of these memory holds what was known before, and says so. */
function toTold({ rows, matching }: ListFindingsResponse) {
  expect(rows.length).toBe(matching);
  const nameOf = ({ control, resource: { kind, namespace, name } }: FindingRow): string => `${control} ${kind}/${namespace}/${name}`;
  const isOther = (key: string): boolean => OF_HISTORY.has(key) || /^(?:points|isPointsBracketed)$/.test(key);
  const textOf = (row: FindingRow): string => JSON.stringify(row, (key, value) => (isOther(key) ? undefined : value));
  const told = new Map(rows.filter(({ isStale }) => !isStale).map((row) => [textOf(row), nameOf(row)]));
  return { told, kept: new Set(rows.filter(({ isStale }) => isStale).map(nameOf)) };
}

/** `known` = of the cluster with a history. */
function compareTold(known: ReturnType<typeof toTold>, fresh: ReturnType<typeof toTold>): readonly string[] {
  const added = [...known.told.keys()].filter((text) => !fresh.told.has(text)).map((text) => `is there alone: ${text}`);
  const missing = [...fresh.told].filter(([text, name]) => !known.told.has(text) && !known.kept.has(name)).map(([text]) => `is missing: ${text}`);
  return [...added, ...missing];
}

describe(`a cluster with a history on ${database}`, () => {
  it.each(seeds)("shows of each day what one that is scanned on that day alone would, with seed %i", { timeout: 2 * scans * SCAN_MS }, async (seed) => {
    const databases = await startDatabases(database);
    const clock = createTestClock();
    let looks = Number.POSITIVE_INFINITY;
    const now = (): Date => {
      looks -= 1;
      if (looks < 0) throw new Error("The clock stopped.");
      return clock();
    };
    const used = await databases.open();
    const cluster = await startScannedOn(used, { now });
    /** The scan reads, judges and writes all, and comes to no end: it looks at the clock twice before. */
    const scanInVain = async (objects: readonly unknown[]) => {
      looks = 2;
      await expect(cluster.scan(objects, ["pods"])).rejects.toThrow("The clock stopped.");
      looks = Number.POSITIVE_INFINITY;
    };
    const ask = ({ get, query = "", params }: Read, { seq, slug }: Pick<Day, "slug"> & { readonly seq?: number }) =>
      cluster.call(get, `?${query}${seq === undefined ? "" : `&at=${seq}`}`, { ...params, cluster: slug });
    try {
      for (const slug of ["c", NEIGHBOUR]) await cluster.add(slug);
      const { id: clusterId } = await getCluster(used.prisma, "c");
      const world = createVariedClusters(seed);
      const days: Day[] = [];
      for (let scan = 1; scan <= scans; scan += 1) {
        const { objects, settings, refusals } = world.next().value;
        await cluster.save(settings);
        await scanInVain(objects.slice(3));
        await cluster.scan(objects.slice(scan % 2), refusals[0], NEIGHBOUR);
        for (const refused of refusals) {
          const seq = await cluster.scan(objects, refused);
          const slug = `day-${seq}`;
          await cluster.add(slug);
          await cluster.save(settings, slug);
          await cluster.scan(objects, refused, slug);
          days.push({ seq, slug, isWhole: refused.length === 0 });
        }
      }
      let compared = 0;
      const differences: string[] = [];
      const note = (seq: number, what: string, found: readonly string[]) =>
        differences.push(...found.slice(0, 3).map((difference) => `${what} of snapshot ${seq}: ${difference}`));
      const { trend }: { trend: readonly TrendPoint[] } = (await ask(LISTS.overview as Read, { slug: "c" })).body;
      for (const { seq, slug, isWhole } of days) {
        const [known, fresh] = [{ seq, slug: "c" }, { slug }];
        const findings = [toTold((await ask(EVERY_STATE, known)).body), toTold((await ask(EVERY_STATE, fresh)).body)] as const;
        note(seq, "a finding", compareTold(...findings));
        // What nobody can tell any more, of policies that ask for what is not known or of a source that was switched off, counts as it last did.
        if (!isWhole || (await listTallies(used.pool, clusterId, seq)).some(({ stale }) => stale > 0)) continue;
        compared += 1;
        expect(findings[0].kept.size).toBe(0);
        for (const [name, read] of READS)
          note(seq, name, listDifferences(withoutEarlier(await ask(read, fresh)), withoutEarlier(await ask(read, known)), OF_HISTORY));
        const point = (await ask(LISTS.overview as Read, fresh)).body.trend[0].layers;
        note(seq, "the trend", listDifferences(point, trend.find((one) => one.seq === seq)?.layers));
      }
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(0);
    } finally {
      await cluster.stop();
      await databases.stop();
    }
  });
});
