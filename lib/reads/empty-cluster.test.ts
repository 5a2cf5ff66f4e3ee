import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import type { LayerResponse, OverviewResponse } from "@/lib/contracts/overview";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace } from "@/lib/inventory/testing";
import { hasNothingToJudge, type Layer } from "@/lib/model/layer";
import { findUnscanned } from "./list-clusters";
import { askScores } from "./testing-scores";
import { type ScannedCluster, startScanned } from "./testing-scanned";

/** What a cluster holds before anybody uses it. */
const EMPTY = [namespace({ name: "default" }), namespace({ name: "kube-system" })];
const FIRST = deployment({ name: "app", namespace: "default", container: { securityContext: { privileged: true } } });

let cluster: ScannedCluster;
const seqs: number[] = [];

/** Three scans: of nothing, with a first workload, and when that is gone again. */
beforeAll(async () => {
  cluster = await startScanned();
  for (const world of [EMPTY, [...EMPTY, FIRST], EMPTY]) seqs.push(await cluster.scan(world));
});
afterAll(() => cluster.stop());

const overviewAt = async (seq: number): Promise<OverviewResponse> => cluster.ask(getOverview, `?at=${seq}`);
const stand = async (seq: number, layer: Layer) => (await overviewAt(seq)).layers.find((score) => score.layer === layer);

test("without a workload no layer of which nothing was assessed has a score", async () => {
  const { layers, weakest, plan, heat, unassessed } = await overviewAt(1);
  const container = layers.find(({ layer }) => layer === "container");
  expect(container).toMatchObject({ score: null, raw: null, coverage: 1, capReason: null, isCapped: false });
  expect(container && hasNothingToJudge(container)).toBe(true);
  expect(weakest).toBe("cluster");
  expect(plan.map(({ layer }) => layer)).not.toContain("container");
  expect(heat.flatMap(({ cells }) => cells.filter(({ layer, isEmpty }) => layer === "container" && !isEmpty))).toEqual([]);
  // What is there, and could not be judged, is no empty layer.
  for (const { score, coverage, idle, layer } of layers)
    if (score === null && coverage < 1) expect({ layer, coverage, isIdle: idle > 0 }).toEqual({ layer, coverage: 0, isIdle: true });
  for (const { layer, coverage } of layers)
    expect(
      unassessed.reduce((sum, row) => sum + (row.layer === layer ? row.share : 0), 0),
      layer,
    ).toBeCloseTo(1 - coverage, 9);
  const page: LayerResponse = await cluster.ask(getLayer, "?at=1", { layer: "container" });
  expect(page.controls.filter(({ n, unknown }) => n + unknown > 0)).toEqual([]);
  expect(page.others.find(({ layer }) => layer === "container")).toEqual({ layer: "container", score: null, coverage: 1 });
});

test("the first workload brings a score, which fell from nowhere", async () => {
  expect((await stand(2, "container"))?.score).toBeLessThan(100);
  const { waterfalls, layers }: CompareResponse = await cluster.ask(getCompare, "?since=1&at=2");
  expect(waterfalls.find(({ layer }) => layer === "container")).toMatchObject({ from: null, rows: [] });
  expect(layers.find(({ layer }) => layer === "container")?.sinceScore).toBeNull();
  const { trend } = await overviewAt(2);
  expect(trend.map((point) => point.layers.find(({ layer }) => layer === "container")?.score ?? null)).toEqual([null, expect.any(Number)]);
});

test("no points are promised or told for the last workload that goes", async () => {
  const held = await stand(2, "container");
  const { waterfalls, layers }: CompareResponse = await cluster.ask(getCompare, "?since=2&at=3");
  expect(waterfalls.find(({ layer }) => layer === "container")).toEqual({ layer: "container", from: held?.score, to: null, rows: [] });
  expect(layers.find(({ layer }) => layer === "container")).toMatchObject({ score: null, sinceScore: held?.score });
  const { rows }: ListFindingsResponse = await cluster.ask(getFindings, "?at=3&layer=container&state=open");
  expect(rows).toEqual([]);
});

test("every place says the same of every snapshot", async () => {
  for (const seq of seqs)
    for (const [place, [said, meant]] of Object.entries(await askScores(cluster, seq, seq === seqs.at(-1)))) expect(said, `${place} ${seq}`).toEqual(meant);
});

test("a cluster without a snapshot is told from one that has some, and from none", async () => {
  await cluster.add("new");
  expect(await findUnscanned("new")).toMatchObject({ slug: "new", latest: null, scan: null });
  expect(await findUnscanned("c")).toBeNull();
  expect(await findUnscanned("nobody")).toBeNull();
});
