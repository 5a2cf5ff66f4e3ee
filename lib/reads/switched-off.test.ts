import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getSearch } from "@/app/api/v1/clusters/[cluster]/search/route";
import { GET as getSources } from "@/app/api/v1/clusters/[cluster]/sources/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, node } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const KUBELET = "kubelet-anonymous-auth";
let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

const layer = async () => (await cluster.call(getLayer, "", { layer: "cluster" })).body;
const kubelet = async () => (await cluster.call(getControl, "", { control: KUBELET })).body.counts;
const rowOf = (answer: { controls: { control: string }[] }) => answer.controls.find(({ control }) => control === KUBELET);

it("tells what nobody switched on from what was refused", async () => {
  const objects = [node({ name: "a" }), deployment()];
  await cluster.scan(objects);
  const off = await layer();
  const kinds = off.switchedOff.map(({ kinds: [kind] }: { kinds: string[] }) => kind);
  expect(kinds.sort()).toEqual(["APIServerMetrics", "APIServerProbe", "KubeletConfiguration", "Secret"]);
  expect(off.gaps).toEqual([]);
  expect(off.switchedOff.reduce((sum: number, { controls }: { controls: number }) => sum + controls, 0)).toBe(off.layer.switchedOff);
  expect(rowOf(off)).toMatchObject({ isInScope: false, isSwitchedOff: true, cost: 0 });
  expect(await kubelet()).toMatchObject({ n: 0, unknown: 1, isSwitchedOff: true });

  await cluster.scan(objects, ["nodes"]);
  const refused = await layer();
  expect(refused.gaps).toMatchObject([{ status: "forbidden", kinds: ["Node"] }]);
  expect(rowOf(refused)).toMatchObject({ isInScope: true, isSwitchedOff: false });
  expect(await kubelet()).toMatchObject({ isSwitchedOff: false });
  expect(refused.layer.coverage).toBeLessThan(off.layer.coverage);
  expect((await cluster.call(getSources)).body.switchedOff.map(({ kinds: [kind] }: { kinds: string[] }) => kind)).not.toContain("KubeletConfiguration");
});

it("puts the object of that very name before those that only begin or end with it", async () => {
  await cluster.scan(
    ["cart-debug", "cart", "my-cart"].map((name) => deployment({ name, container: name === "cart" ? {} : { securityContext: { privileged: true } } })),
  );
  const { hits } = (await cluster.call(getSearch, "?q=cart")).body;
  expect(hits.filter(({ kind }: { kind: string }) => kind === "resource").map(({ title }: { title: string }) => title)).toEqual([
    "cart",
    "cart-debug",
    "my-cart",
  ]);
});

it("finds a control by words of its title in any order", async () => {
  const titles = async (q: string) => (await cluster.call(getSearch, `?q=${encodeURIComponent(q)}`)).body.hits.map(({ note }: { note: string }) => note);
  expect(await titles("anonymous kubelet")).toContain(KUBELET);
  expect(await titles("anonymous nowhere")).toEqual([]);
});

it("lays what goes after its source was switched off at what went, not at the settings, which nobody changed", async () => {
  const answer = JSON.stringify({ kubeletconfig: { authentication: { anonymous: { enabled: true } }, readOnlyPort: 0 } });
  const nodes = await startScanned("pglite", { "/api/v1/nodes/a/proxy/configz": answer });
  await nodes.save({ optInSources: ["kubelet-config"] });
  await nodes.scan([node({ name: "a" }), deployment()]);
  await nodes.save({ optInSources: [] });
  const off = await nodes.scan([node({ name: "a" }), deployment()]);
  await nodes.scan([deployment()]);
  const compare: CompareResponse = await nodes.ask(getCompare, `?since=${off}`);
  const rows = compare.waterfalls.find(({ layer }) => layer === "cluster")?.rows ?? [];
  const pointsOf = (cause: string) => rows.find((row) => row.cause === cause)?.points;
  expect(pointsOf("gone-resources")).toBeGreaterThan(0);
  expect(pointsOf("settings")).toBe(0);
  // Without nodes, what is asked of them counts as met; what the kubelet passed has left with its node.
  expect(pointsOf("coverage")).toBeGreaterThan(0);
  await nodes.stop();
});
