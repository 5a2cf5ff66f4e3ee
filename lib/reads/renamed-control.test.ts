import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { AnyControl } from "@/lib/controls/define";
import type { Settings } from "@/lib/inventory/inventory";
import { deployment } from "@/lib/inventory/testing";
import { createTestClock } from "@/lib/scan/testing-world";
import { type DatabaseConfig, openDatabase } from "@/lib/store/open-database";
import { DATABASE_KINDS, startDatabases, type TestDatabases, testConfig } from "@/lib/store/testing/test-databases";
import { createRandomClusters } from "./testing-random-cluster";
import type { Recorded } from "./testing-everything";
import type { ScannedCluster } from "./testing-scanned";

const [OLD, NEW] = ["host-pid-namespace", "host-pid"];
const MIGRATION = "29990101000000_rename_host_pid_namespace";
const SCANS = 3;

const onLost = (error: Error) => {
  throw error;
};

/** All that a release is made of, with that control called so. */
async function loadRelease(name: Pick<AnyControl, "id" | "aliases">) {
  vi.resetModules();
  vi.doMock("@/lib/controls/registry.generated", async (importActual) => {
    const actual = await importActual<typeof import("@/lib/controls/registry.generated")>();
    return { ...actual, ALL_CONTROLS: actual.ALL_CONTROLS.map((control) => (control.id === NEW ? { ...control, ...name } : control)) };
  });
  const { startScannedOn } = await import("./testing-scanned");
  const everything = await import("./testing-everything");
  const { GET: getControl } = await import("@/app/api/v1/clusters/[cluster]/controls/[control]/route");
  const { GET: getFindings } = await import("@/app/api/v1/clusters/[cluster]/findings/route");
  return { startScannedOn, ...everything, getControl, getFindings };
}

type Release = Awaited<ReturnType<typeof loadRelease>>;

/** All that every day shows, and what it shows of the control by each of its names. */
async function askEveryDay(release: Release, cluster: ScannedCluster, seqs: readonly number[], ids: readonly string[], names: readonly string[]) {
  const days: (readonly Recorded[])[] = [];
  for (const seq of seqs) {
    const asOf: ScannedCluster = {
      ...cluster,
      call: (get, query = "", params = {}) => cluster.call(get, `?at=${seq}${query === "" ? "" : `&${query.slice(1)}`}`, params),
    };
    const all = await release.askEverything(asOf, seq, ids);
    const lists = names.flatMap((name): Recorded["read"][] => [
      { get: release.getControl, params: { control: name } },
      { get: release.getFindings, query: `control=${name}&state=open,unknown,manual` },
      { get: release.getFindings, query: `control=${name}&tab=closed&since=1` },
      { get: release.getFindings, query: `q=${name}` },
    ]);
    const of = await Promise.all(
      lists.map(async (read) => ({ name: "the control", seq, read, answer: await asOf.call(read.get, `?${read.query ?? ""}`, read.params) })),
    );
    days.push([...all, ...of]);
  }
  return days;
}

/** As the other release says it. */
function renamed<T>(value: T, from: string, to: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(new RegExp(`\\b${from}\\b(?!-)`, "g"), to));
}

/** Which names a control had before is told by the release that renames it alone. */
function withoutAliases<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, part) => (key === "aliases" ? undefined : part)));
}

describe.each(DATABASE_KINDS)("a control that a release renames, on %s", (kind) => {
  let databases: TestDatabases;
  let renaming: string;
  beforeAll(async () => {
    databases = await startDatabases(kind);
    renaming = mkdtempSync(path.join(os.tmpdir(), "concentric-renaming-"));
    cpSync(testConfig({}).migrationsDir, renaming, { recursive: true });
    mkdirSync(path.join(renaming, MIGRATION));
    writeFileSync(path.join(renaming, MIGRATION, "migration.sql"), `SELECT rename_control('${OLD}', '${NEW}');\n`);
  });
  afterEach(() => {
    vi.doUnmock("@/lib/controls/registry.generated");
    vi.resetModules();
  });
  afterAll(async () => {
    await databases.stop();
    rmSync(renaming, { recursive: true, force: true });
  });

  it("keeps every page of every day, its links and ages, and opens and closes nothing", { timeout: 400_000 }, async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const config: DatabaseConfig = await databases.createConfig();
    const now = createTestClock();
    const before = await openDatabase(config, { onLost });
    const first = await loadRelease({ id: OLD });
    const then = await first.startScannedOn(before, { now });
    await then.add("c");
    const world = createRandomClusters(1);
    const seqs: number[] = [];
    const app = (name: string, hostPID: boolean) => deployment({ name, podSpec: { hostPID } });
    let objects: readonly unknown[] = [];
    let last = world.next().value;
    for (let scan = 1; scan <= SCANS; scan += 1) {
      // Its people give it another weight halfway.
      const tuned: Partial<Settings> = scan > SCANS / 2 ? { reweightedControls: { [OLD]: { severity: "medium", reason: "Talked about." } } } : {};
      await then.save(renamed({ ...last.settings, ...tuned }, NEW, OLD));
      objects = [...last.objects, app("stays", true), app("mended", scan === 1)];
      seqs.push(await then.scan(objects, last.denied));
      if (scan < SCANS) last = world.next().value;
    }
    const { rows: findings } = await before.pool.query<{ id: string }>("SELECT public_id AS id FROM finding WHERE control_id = $1 ORDER BY id", [OLD]);
    expect(findings.length).toBeGreaterThan(1);
    const ids = findings.map(({ id }) => id);
    const recorded = await askEveryDay(first, then, seqs, ids, [OLD, OLD]);
    await then.stop();
    await before.close();

    const after = await openDatabase({ ...config, migrationsDir: renaming }, { onLost });
    const second = await loadRelease({ id: NEW, aliases: [OLD] });
    const today = await second.startScannedOn(after, { now });
    const { pool } = after;
    try {
      // By the name that links of before hold, and by the one of today.
      const answers = (await askEveryDay(second, today, seqs, ids, [OLD, NEW])).flat();
      const expected = recorded.flat();
      expect(answers.map(({ name, seq }) => `${name} ${seq}`)).toEqual(expected.map(({ name, seq }) => `${name} ${seq}`));
      const differences = answers.flatMap(({ name, seq, read, answer }, at) => {
        const found = second.listDifferences(withoutAliases(renamed(expected[at]?.answer, OLD, NEW)), withoutAliases(answer));
        return found.slice(0, 3).map((difference) => `${name} ${read.query ?? ""} ${JSON.stringify(read.params ?? {})} of snapshot ${seq}: ${difference}`);
      });
      expect(differences).toEqual([]);

      const next = await today.scan(objects, last.denied);
      const { rows: moved } = await pool.query(
        `SELECT 'finding' AS what, control_id AS of FROM finding WHERE first_seq = $1
         UNION ALL SELECT 'span', f.control_id FROM finding_span s JOIN finding f ON f.id = s.finding_id WHERE s.opened_seq = $1 OR s.closed_seq = $1 OR s.stale_since_seq = $1
         UNION ALL SELECT 'tally', key FROM tally WHERE from_seq = $1 OR to_seq = $1`,
        [next],
      );
      expect(moved).toEqual([]);
      const versions = await pool.query<{ release: string }>("SELECT DISTINCT split_part(catalogue_version, '+', 1) AS release FROM snapshot");
      expect(versions.rows.length).toBe(2);
    } finally {
      await today.stop();
      await after.close();
    }
    await expect(openDatabase(config, { onLost })).rejects.toThrow(`migration ${MIGRATION}`);
  });
});
