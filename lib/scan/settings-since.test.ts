import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULT_SETTINGS, type Inventory } from "@/lib/inventory/inventory";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getDatabase } from "@/lib/store/database-handle";
import { createInventorySink } from "./inventory-sink";
import { createSettingsSince } from "./settings-since";
import { world } from "./testing-world";
import { toSettingsEntries } from "./to-settings-entries";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

it("judges once more for each set of settings since, however many releases and snapshots had it, and for a new release alone not at all", async () => {
  await cluster.scan(world(1));
  for (const platformNamespaces of [["a"], ["b"]]) {
    await cluster.save({ platformNamespaces });
    for (const _ of [1, 2]) await cluster.scan(world(1));
  }
  const { pool } = getDatabase();
  // Every second snapshot is of a release that had one control less.
  await pool.query(`INSERT INTO catalogue (version, controls) SELECT '2026.09-1-abcd', controls - 0 FROM catalogue LIMIT 1`);
  await pool.query("UPDATE snapshot SET catalogue_version = '2026.09-1-abcd' WHERE seq % 2 = 1");
  const { slices, ...rest } = createInventorySink({ kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS }).finish();
  let judgings = 0;
  const inventory: Inventory = {
    ...rest,
    get slices() {
      judgings += 1;
      return slices;
    },
  };
  const since = createSettingsSince(pool, 1, () => inventory, toSettingsEntries(DEFAULT_SETTINGS));
  expect([await since(1), judgings]).toEqual([null, 0]);
  for (const seq of [2, 3, 4, 5]) expect((await since(seq))?.failsByOld).toBeInstanceOf(Set);
  expect(judgings).toBe(2);
});
