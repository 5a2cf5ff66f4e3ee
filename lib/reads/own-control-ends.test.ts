import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { findControl } from "@/lib/controls/registry";
import { deployment, namespace } from "@/lib/inventory/testing";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import { saveCatalogue } from "@/lib/store/catalogues";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const [OWN, TAKEN, EARLIER] = ["shares-the-team", "host-ipc", "2026.09-1-abcd"];
const SPEC = {
  id: OWN,
  title: "Every workload names its team",
  layer: "code",
  severity: "low",
  subject: "workload",
  expression: "has(object.metadata.labels) && 'team' in object.metadata.labels",
  message: "It names no team.",
  fix: "Add the label team.",
} as const;

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
}, 300_000);
afterAll(() => cluster.stop());

/** The first snapshot becomes one of a release that had no control of that id, under which people had written one of their own. */
async function takeId(): Promise<void> {
  const { pool } = getDatabase();
  const { rows } = await pool.query<{ controls: CatalogueEntry[] }>("SELECT c.controls FROM snapshot s JOIN catalogue c ON c.version = s.catalogue_version");
  const entries = rows[0]?.controls.filter(({ id }) => id !== TAKEN);
  await saveCatalogue(
    pool,
    EARLIER,
    entries?.map((entry) => (entry.own ? { ...entry, own: { ...entry.own, id: TAKEN } } : entry)),
  );
  await pool.query("DELETE FROM catalogue WHERE version <> $1", [EARLIER]);
  await pool.query("UPDATE snapshot SET catalogue_version = $1", [EARLIER]);
  await pool.query("DELETE FROM tally WHERE key = $1 OR key LIKE '%|' || $1", [TAKEN]);
  await pool.query("SELECT rename_control($1, $2)", [OWN, TAKEN]);
  await cluster.save({ ownControls: [{ ...SPEC, id: TAKEN }] });
  await cluster.forget();
}

async function readFirstDay(control: string) {
  const { rows } = await cluster.ask(getFindings, `?at=1&control=${control}`);
  const { title, layer, severity, why, fix } = (await cluster.ask(getControl, "?at=1", { control })).control;
  const { story: _story, tuning: _tuning, ...finding } = await cluster.ask(getFinding, "?at=1", { id: rows[0]?.id });
  const { rings } = await cluster.ask(getResource, "?at=1", { groupKind: "apps.Deployment", namespace: "shop", name: "good" });
  // The ring of the control alone: the earlier release asked nothing by the id in another.
  const ring = rings.find((one: { layer: string }) => one.layer === SPEC.layer);
  return JSON.parse(JSON.stringify({ rows, finding, title, layer, severity, why, fix, ring }).replaceAll(OWN, TAKEN));
}

it("stays what people wrote on the days that it judged, and says that it is not judged any more, once a release has its id", { timeout: 300_000 }, async () => {
  await cluster.save({ ownControls: [SPEC] });
  const objects = [namespace(), deployment({ name: "bad" }), deployment({ name: "good", metadata: { labels: { team: "shop" } } })];
  await cluster.scan(objects);
  const before = await readFirstDay(OWN);
  expect(before).toMatchObject({ rows: [{ resource: { name: "bad" }, layer: "code", severity: "low" }], title: SPEC.title });
  await takeId();
  expect(await readFirstDay(TAKEN)).toEqual(before);
  expect((await cluster.ask(getControl, "", { control: TAKEN })).tuning).toMatchObject({
    own: { message: SPEC.message },
    next: "A built-in control has its id now and takes its place from the next scan on.",
  });

  await cluster.scan(objects);
  const { control, tuning } = await cluster.ask(getControl, "", { control: TAKEN });
  expect([control.title, control.layer, tuning.own]).toEqual([findControl(TAKEN)?.title, "container", null]);
  const compare: CompareResponse = await cluster.ask(getCompare, "?since=1&at=2");
  expect(compare.closed.map((row) => `${row.title}: ${row.resource.name} ${row.change}`)).toEqual([`${SPEC.title}: bad control-changed`]);
  expect((await readFirstDay(TAKEN)).title).toBe(SPEC.title);
});

it("is called by its title where it ended, once it is taken away", { timeout: 300_000 }, async () => {
  await cluster.save({ ownControls: [{ ...SPEC, id: OWN }] });
  const objects = [namespace(), deployment({ name: "bad" })];
  const since = await cluster.scan(objects);
  const keptAs = async (control: string) => (await cluster.ask(getControl, `?at=${since}`, { control })).kept;
  expect([await keptAs(OWN), await keptAs(TAKEN)]).toEqual(["own", "built-in"]);
  await cluster.save({ ownControls: [] });
  expect(await keptAs(OWN)).toBeNull();
  await cluster.scan(objects);
  const { closed }: CompareResponse = await cluster.ask(getCompare, `?since=${since}`);
  const { rows } = await cluster.ask(getFindings, `?since=${since}&tab=closed`);
  for (const ended of [closed, rows as CompareResponse["closed"]]) expect(ended.map(({ control, title }) => [control, title])).toEqual([[OWN, SPEC.title]]);
});
