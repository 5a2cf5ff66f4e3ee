import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as listFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import { DAY_MS } from "@/lib/model/day-ms";
import { startDatabases, type TestDatabases } from "@/lib/store/testing/test-databases";
import { type ScannedCluster, startScannedOn } from "./testing-scanned";

const START_MS = Date.UTC(2026, 0, 1);
/** Daily, then for forty days nobody, then for twenty. */
const DAYS = [0, 1, 2, 3, 4, 5, 45, 46, 47, 48, 68, 69, 70, 71];
const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "a", namespace: "shop" }, spec: { hostNetwork: true, containers: [{ name: "a", image: "a" }] } };

let databases: TestDatabases;
let cluster: ScannedCluster;
let now = START_MS;

beforeAll(async () => {
  databases = await startDatabases("pglite");
  cluster = await startScannedOn(await databases.open(), { now: () => new Date(now) });
  await cluster.add("c");
  for (const day of DAYS) {
    now = START_MS + day * DAY_MS;
    await cluster.scan([{ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }, POD]);
  }
});

afterAll(async () => {
  await cluster.stop();
  await databases.stop();
});

type Answer = { readonly silent: readonly { readonly from: { readonly takenAt: string }; readonly to: { readonly takenAt: string } }[] };

const daysOf = ({ silent }: Answer) => silent.map(({ from, to }) => [from, to].map(({ takenAt }) => (Date.parse(takenAt) - START_MS) / DAY_MS));

it("says the same of silent times on every page, however far its picture reaches back", async () => {
  const both = [
    [5, 45],
    [48, 68],
  ];
  expect(daysOf(await cluster.ask(getOverview))).toEqual(both);
  expect(daysOf(await cluster.ask(getControl, "", { control: "host-network" }))).toEqual(both);
  const { rows }: ListFindingsResponse = await cluster.ask(listFindings, "?control=host-network");
  const finding = { id: rows[0]?.id ?? "" };
  expect(daysOf(await cluster.ask(getFinding, "", finding))).toEqual(both);
  expect(daysOf(await cluster.ask(getFinding, "?at=10", finding))).toEqual(both.slice(0, 1));
  for (const days of [90, 365]) expect(daysOf(await cluster.ask(getLayer, `?days=${days}`, { layer: "container" }))).toEqual(both);
  // Days 41 to 71: the picture begins with the last snapshot before them.
  expect(daysOf(await cluster.ask(getLayer, "?days=30", { layer: "container" }))).toEqual(both);
  expect(daysOf(await cluster.ask(getLayer, "?days=7", { layer: "container" }))).toEqual([[48, 68]]);
});

it("knows of no silence that is not over", async () => {
  expect(daysOf(await cluster.ask(getOverview, "?at=10"))).toEqual([[5, 45]]);
  expect(daysOf(await cluster.ask(getOverview, "?at=6"))).toEqual([]);
});
