import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { findControl } from "@/lib/controls/registry";
import { deployment, namespace } from "@/lib/inventory/testing";
import { saveCatalogue } from "@/lib/store/catalogues";
import { getDatabase } from "@/lib/store/database-handle";
import { toFingerprint } from "@/lib/store/digests";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const KNOWN = "container-privileged";
const RETIRED = "container-almighty";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

/** The first snapshot becomes one of a release that had a control which this one does not have. */
async function retire(): Promise<void> {
  const { pool } = getDatabase();
  const { rows } = await pool.query<{ controls: { id: string }[] }>("SELECT c.controls FROM snapshot s JOIN catalogue c ON c.version = s.catalogue_version");
  await saveCatalogue(
    pool,
    "2026.09-1-abcd",
    rows[0]?.controls.map((entry) => (entry.id === KNOWN ? { ...entry, id: RETIRED } : entry)),
  );
  await pool.query("UPDATE snapshot SET catalogue_version = '2026.09-1-abcd'");
  const fingerprint = toFingerprint(RETIRED, "apps/Deployment/shop/bad", "");
  await pool.query("UPDATE finding SET control_id = $2, fingerprint = decode($3, 'hex') WHERE control_id = $1", [KNOWN, RETIRED, fingerprint]);
  await pool.query("UPDATE tally SET key = replace(key, $1, $2)", [KNOWN, RETIRED]);
  await cluster.forget();
}

async function read() {
  const { layers, heat, open, weakest } = await cluster.ask(getOverview, "?at=1");
  const { layer, controls, namespaces } = await cluster.ask(getLayer, "?at=1", { layer: "container" });
  const rows = controls.map(({ title: _, control, ...row }: { title: string; control: string }) => ({
    ...row,
    control: control === KNOWN ? RETIRED : control,
  }));
  const points = (await cluster.ask(getFindings, "?at=1&sort=object")).rows.map((row: { points: number }) => row.points).sort();
  return { layers, heat, open, weakest, layer, controls: rows, namespaces, points };
}

it("counts and weighs on an earlier day as it did there, and is met by nothing, once a release has it no more", async () => {
  const [bad, good] = ["bad", "good"].map((name) => deployment({ name, container: { securityContext: { privileged: name === "bad" } } }));
  const objects = [namespace(), bad, good];
  await cluster.scan(objects);
  const before = await read();
  expect(before.controls.find(({ control }: { control: string }) => control === RETIRED)).toMatchObject({ failing: 1, cost: expect.any(Number) });
  await retire();
  expect(await read()).toEqual(before);
  const page = await cluster.ask(getControl, "?at=1", { control: RETIRED });
  expect(page).toMatchObject({
    kept: null,
    control: { title: findControl(KNOWN)?.title, layer: "container", severity: "critical" },
    counts: { failing: 1, n: 2 },
    tuning: { next: "It is not judged any more from the next scan on." },
    failing: [{ control: RETIRED }],
  });
  const metOf = async (kind: string, name: string): Promise<number> => {
    const { rings } = await cluster.ask(getResource, "?at=1", { groupKind: kind, namespace: kind === "Namespace" ? "-" : "shop", name });
    return rings.find(({ layer }: { layer: string }) => layer === "container").met;
  };
  const then = await metOf("apps.Deployment", "good");

  await cluster.scan(objects);
  expect(await read()).toEqual(before);
  expect((await cluster.ask(getFindings, `?at=2&control=${RETIRED}`)).matching).toBe(0);
  // The finding is closed, and still leads to its control.
  expect(await cluster.ask(getControl, "?at=2", { control: RETIRED })).toMatchObject({ control: { title: page.control.title }, counts: null, failing: [] });
  const { rings } = await cluster.ask(getResource, "?at=2", { groupKind: "apps.Deployment", namespace: "shop", name: "good" });
  expect(rings.find(({ layer }: { layer: string }) => layer === "container").met).toBe(then + 1);
});
