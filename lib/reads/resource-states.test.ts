import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { listControls } from "@/lib/controls/registry";
import { toDemoObjects } from "@/lib/demo/cluster-objects";
import { judge } from "@/lib/engine/judge";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { dig, type JsonRecord, text } from "@/lib/model/json";
import { LAYERS } from "@/lib/model/layer";
import { apiGroup, resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import { loadResourceIndex } from "@/lib/store/as-of/resource-index";
import { openFilledReader } from "./open-reader";
import { loadPosture } from "./posture-at";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const DAY_MS = 86_400_000;
const TODAY = Date.UTC(2026, 10, 26);
const instantOf = (day: number): string => new Date(TODAY - (90 - day) * DAY_MS).toISOString().replace(/\.\d+Z$/, "Z");
const OBJECTS: readonly JsonRecord[] = toDemoObjects({ day: 90, instantOf });
/** Which builds the pods of a workload run is not remembered, so that its page can only tell where they differ. */
const OF_RUNNING_PODS: ReadonlySet<string> = new Set(["image-tag-drift"]);

function judgeAll(): ReadonlyMap<string, readonly Verdict[]> {
  const kubeVersion = { major: 1, minor: 36, text: "v1.36.0" };
  const inventory = buildInventory(OBJECTS, { isComplete: true, kubeVersion, observedAt: new Date(TODAY).toISOString(), settings: DEFAULT_SETTINGS });
  return Map.groupBy(judge(inventory, listControls()), (verdict) => resourceKey(verdict.resource));
}

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan(OBJECTS);
});
afterAll(() => cluster.stop());

it("says of each object, ring by ring, what the scan found: only what passed is met", async () => {
  const reader = await openFilledReader("c", {});
  const { switchedOff } = await loadPosture(reader.pool, reader.cluster.id, reader.at);
  const { names } = await loadResourceIndex(reader.pool, reader.cluster.id, reader.at.seq);
  const rollUps = new Set(listControls().flatMap(({ id, isRollUp }) => (isRollUp ? [id] : [])));
  const verdicts = judgeAll();
  expect(names.length).toBeGreaterThan(100);
  for (const ref of names) {
    const params = { groupKind: [apiGroup(ref), ref.kind].filter(Boolean).join("."), namespace: ref.namespace ?? "-", name: ref.name };
    const { body } = await cluster.call(getResource, "", params);
    const told = (verdicts.get(resourceKey(ref)) ?? []).filter(({ control }) => !switchedOff.has(control) && !OF_RUNNING_PODS.has(control));
    const count = (layer: string, state: Verdict["state"], isIn: (verdict: Verdict) => boolean = () => true): number =>
      told.filter((verdict) => verdict.layer === layer && verdict.state === state && isIn(verdict)).length;
    const shown = body.rings.map(({ layer, met, failing, staleMet, staleFailing }: Record<string, number>) => [layer, met, failing, staleMet, staleFailing]);
    const found = LAYERS.map((layer) => [layer, count(layer, "pass", ({ control }) => !rollUps.has(control)), count(layer, "fail"), 0, 0]);
    expect([resourceKey(ref), shown]).toEqual([resourceKey(ref), found]);
  }
});

it("lists what fails of a node before what was not assessed, however grave that may be", async () => {
  const name =
    text(
      dig(
        OBJECTS.find(({ kind }) => kind === "Node"),
        "metadata",
        "name",
      ),
    ) ?? "";
  const { body } = await cluster.call(getResource, "", { groupKind: "Node", namespace: "-", name });
  const { findings } = body.rings.find(({ layer }: { layer: string }) => layer === "cluster");
  const states = findings.map(({ state }: { state: string }) => state);
  expect(new Set(states)).toEqual(new Set(["open", "unknown"]));
  expect(states.lastIndexOf("open")).toBeLessThan(states.indexOf("unknown"));
  expect(findings.map(({ severity }: { severity: string }) => severity).indexOf("critical")).toBeGreaterThan(states.lastIndexOf("open"));
});
