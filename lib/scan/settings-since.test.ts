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
  await cluster.scan(world(1));
  for (const platformNamespaces of [["a"], ["b"]]) {
    await cluster.save({ platformNamespaces });
    for (const _ of [1, 2]) await cluster.scan(world(1));
  }
  await getDatabase().pool.query(`INSERT INTO catalogue (version, controls) SELECT '2026.09-1-abcd', controls - 0 FROM catalogue LIMIT 1`);
});
afterAll(() => cluster.stop());

it("judges once more for each set of settings since, however many releases and snapshots had it, and for a new release alone not at all", async () => {
  const { pool } = getDatabase();
  // Every second snapshot is of the release that had one control less.
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

it.each([
  ["nothing", "facts = s.facts", true],
  ["what the cluster's people made of the catalogue", "catalogue_version = '2026.09-1-abcd'", false],
  ["the lists of platform namespaces that its release knew", "facts = jsonb_set(s.facts, '{platformRules}', '1')", false],
  ["whose provider the cluster was recognised as", "facts = jsonb_set(s.facts, '{distribution}', '\"aks\"')", false],
])("tells one change of two snapshots by the same settings only where they differ in no more, as here in %s", async (_, differs, isOne) => {
  const { pool } = getDatabase();
  await pool.query("UPDATE snapshot n SET catalogue_version = s.catalogue_version, facts = s.facts FROM snapshot s WHERE s.seq = 4 AND n.seq = 5");
  await pool.query(`UPDATE snapshot n SET ${differs} FROM snapshot s WHERE s.seq = 4 AND n.seq = 5`);
  const inventory = createInventorySink({ kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS }).finish();
  const since = createSettingsSince(pool, 1, () => inventory, toSettingsEntries(DEFAULT_SETTINGS));
  const [one, other] = [await since(4), await since(5)];
  expect(one?.failsByOld).toBeInstanceOf(Set);
  expect(one === other).toBe(isOne);
});
