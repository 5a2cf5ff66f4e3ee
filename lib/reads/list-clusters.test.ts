import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { commitSnapshot } from "@/lib/store/commit-snapshot";
import { setDatabase } from "@/lib/store/database-handle";
import { finishScan, startScan } from "@/lib/store/scans";
import { makeSnapshot } from "@/lib/store/testing/make-snapshot";
import { withDatabase } from "@/lib/store/testing/with-database";
import { getShell } from "./get-shell";
import { getCluster, listClusters } from "./list-clusters";

const used = withDatabase("pglite");

/** With so many snapshots, the last of which fails more, and a scan in this state; null = it was never scanned. */
async function add(slug: string, failing: readonly number[], scanned: "done" | "failed" | "running" | null): Promise<void> {
  const { pool, prisma } = used.database;
  const { id } = await saveCluster(prisma, { slug, name: slug, source: "kubeconfig" });
  const tally = { key: "host-pid", n: 9, worst: "high" as const };
  for (const [day, count] of failing.entries()) {
    const takenAt = new Date(Date.UTC(2026, 10, 1 + day));
    await commitSnapshot(pool, makeSnapshot(id, { resources: [], verdicts: [], tallies: [{ ...tally, failing: count }], takenAt }));
  }
  if (scanned === null) return;
  const scan = await startScan(pool, id, "manual", "us");
  if (scanned !== "running") await finishScan(pool, scan.id, { state: scanned });
}

async function countStatements(work: () => Promise<unknown>): Promise<number> {
  await work(); // what never changes is kept from now on
  const query = vi.spyOn(used.database.pool, "query");
  await work();
  const { length } = query.mock.calls;
  query.mockRestore();
  return length;
}

beforeAll(async () => {
  setDatabase(used.database);
  await add("one", [1, 5], "done");
  await add("new", [], null);
  await add("two", [3], "running");
});
afterAll(() => setDatabase(null));

it("says of each cluster in the list what it says of it alone", async () => {
  const { clusters } = await listClusters();
  expect(clusters.map(({ slug, latest, scan }) => [slug, latest?.seq ?? null, scan?.state ?? null])).toEqual([
    ["new", null, null],
    ["one", 2, "done"],
    ["two", 1, "running"],
  ]);
  for (const cluster of clusters) expect(await getCluster(cluster.slug)).toEqual(cluster);
  const { shell } = await getShell("new");
  expect(shell.clusters).toEqual(clusters.map(({ slug, name, scores }) => ({ slug, name, scores })));
  expect(new Set(clusters.map(({ weakest }) => weakest?.score)).size).toBe(3);
});

it("reads the list, and the frame of each page, in as many statements however many clusters there are", async () => {
  const count = async () => [await countStatements(listClusters), await countStatements(() => getShell("one"))];
  const few = await count();
  for (let i = 0; i < 4; i += 1) await add(`more-${i}`, [i], i % 2 === 0 ? "failed" : "running");
  expect(await count()).toEqual(few);
});
