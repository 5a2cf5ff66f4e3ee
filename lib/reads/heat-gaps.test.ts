import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { deployment, namespace } from "@/lib/inventory/testing";
import type { Layer } from "@/lib/model/layer";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const WORLD = [namespace({ name: "shop" }), namespace({ name: "empty" }), deployment({ name: "good", namespace: "shop" })];

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan(WORLD, ["deployments.apps"]);
  await cluster.scan(WORLD);
  await cluster.scan(WORLD, ["cronjobs.batch"]);
  await cluster.scan(WORLD, ["nodes"]);
});
afterAll(() => cluster.stop());

async function cellOf(seq: number, name: string, layer: Layer): Promise<string> {
  const { heat }: OverviewResponse = await cluster.ask(getOverview, `?at=${seq}`);
  const cell = heat.find(({ namespace: own }) => own === name)?.cells.find((own) => own.layer === layer);
  if (cell === undefined) return "no row";
  return cell.isEmpty ? "nothing there" : cell.isAssessed ? "assessed" : "not assessed";
}

test("a namespace is said to have nothing in a layer only where all that the layer judges there was listed", async () => {
  const said = async (seq: number) => [await cellOf(seq, "shop", "container"), await cellOf(seq, "empty", "container")];
  expect(await said(1), "without Deployments").toEqual(["not assessed", "not assessed"]);
  expect(await said(2), "with everything").toEqual(["assessed", "nothing there"]);
  expect(await said(3), "without CronJobs").toEqual(["assessed", "not assessed"]);
  expect(await said(4), "without nodes, which no namespace holds").toEqual(["assessed", "nothing there"]);
});
