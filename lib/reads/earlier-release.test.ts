import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import type { LayerScoreDto } from "@/lib/contracts/score";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace } from "@/lib/inventory/testing";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import { saveCatalogue } from "@/lib/store/catalogues";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";
import { askScores } from "./testing-scores";

const MOVED = "container-privileged";
const LATER = "host-pid";
/** Its release of then needed a source that nobody switched on. */
const WAITED = "ingress-risky-annotations";
const EARLIER = "2026.09-1-abcd";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());
const layerOf = async (layer: string) => (await cluster.ask(getLayer, "?at=1", { layer })).layer;
const listed = async (at: number, layer: string): Promise<readonly { id: string; layer: string; control: string }[]> =>
  (await cluster.ask(getFindings, `?at=${at}&layer=${layer}&control=${MOVED}`)).rows;

/** The first snapshot becomes one of a release that placed and weighed controls otherwise, and had one fewer. */
async function becomeEarlier(change: (entry: CatalogueEntry) => readonly CatalogueEntry[]): Promise<void> {
  const { pool } = getDatabase();
  const { rows } = await pool.query<{ controls: CatalogueEntry[] }>("SELECT c.controls FROM snapshot s JOIN catalogue c ON c.version = s.catalogue_version");
  expect(rows[0]?.controls.find(({ id }) => id === WAITED)?.needs).toEqual(["ingresses"]);
  await saveCatalogue(pool, EARLIER, rows[0]?.controls.flatMap(change));
  await pool.query("UPDATE snapshot SET catalogue_version = $1", [EARLIER]);
  await pool.query("UPDATE finding SET layer = 'code' WHERE control_id = $1", [MOVED]);
  await pool.query("DELETE FROM tally WHERE key = $1 OR key LIKE '%|' || $1", [LATER]);
  await cluster.forget();
}

it("shows a snapshot as the release of its time placed, weighed and asked, and the next one as today's does", async () => {
  const objects = [namespace(), deployment({ container: { image: "registry.example/app:latest", securityContext: { privileged: true } } })];
  await cluster.scan(objects);
  const { switchedOff } = await layerOf("cluster");
  await becomeEarlier((entry) => {
    if (entry.id === LATER) return [];
    if (entry.id === WAITED) return [{ ...entry, needs: ["secrets"] }];
    const { maxSeverity: _, ...rest } = entry;
    return [entry.id === MOVED ? { ...rest, layer: "code", severity: "low" } : entry];
  });

  expect((await cluster.ask(getControl, "?at=1", { control: MOVED })).control).toMatchObject({ layer: "code", severity: "low" });
  expect((await layerOf("cluster")).switchedOff).toBe(switchedOff + 1);
  expect([(await listed(1, "container")).length, (await listed(1, "code")).map(({ layer }) => layer)]).toEqual([0, ["code"]]);
  const clauses = async (at: number): Promise<readonly { id: string; state: string; controls: readonly { id: string }[] }[]> =>
    (await cluster.ask(getFramework, `?at=${at}`, { framework: "pss" })).clauses.filter(({ id }: { id: string }) => id === "baseline/hostNamespaces");
  expect((await clauses(1))[0]).toMatchObject({ state: "pass" });
  expect((await clauses(1))[0]?.controls.map(({ id }) => id)).not.toContain(LATER);
  for (const [place, [shown, overview]] of Object.entries(await askScores(cluster, 1, true))) expect([place, shown]).toEqual([place, overview]);

  await cluster.scan(objects);
  expect((await clauses(2))[0]?.controls.map(({ id }) => id)).toContain(LATER);
  const [now] = await listed(2, "container");
  expect([now?.layer, (await listed(2, "code")).length]).toEqual(["container", 0]);
  expect((await cluster.ask(getFinding, "?at=2", { id: now?.id ?? "" })).layer).toBe("container");
  expect([(await listed(1, "container")).length, (await listed(1, "code"))[0]?.layer]).toEqual([0, "code"]);
  const { rings } = await cluster.ask(getResource, "?at=2", { groupKind: "apps.Deployment", namespace: "shop", name: "app" });
  const shown = rings.flatMap(({ layer, findings }: { layer: string; findings: readonly { control: string }[] }) =>
    findings.map((row) => `${layer} ${row.control}`),
  );
  expect(shown.filter((text: string) => text.endsWith(MOVED))).toEqual([`container ${MOVED}`]);
  const compare: CompareResponse = await cluster.ask(getCompare, "?since=1&at=2");
  const told = [...compare.opened, ...compare.closed, ...compare.worsened].filter(({ control }) => control === MOVED);
  expect(told).toEqual([]);
  const scores = (layers: readonly LayerScoreDto[], of: "score" | "sinceScore") => layers.map((score) => score[of]);
  const [then, both] = [(await cluster.ask(getOverview, "?at=1")).layers, (await cluster.ask(getOverview, "?at=2&since=1")).layers];
  expect(scores(both, "sinceScore")).toEqual(scores(then, "score"));
  expect((await cluster.ask(getLayer, "?at=2&since=1", { layer: "code" })).layer.sinceScore).toBe((await layerOf("code")).score);
  for (const { layer, open } of (await cluster.ask(getOverview, "?at=2")).layers) {
    const { matching } = await cluster.ask(getFindings, `?at=2&limit=1&state=open&scope=workload&layer=${layer}`);
    expect(Object.values(open as Record<string, number>).reduce((sum, count) => sum + count, 0)).toBe(matching);
  }
});
