import { describe, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { GET as getSnapshots } from "@/app/api/v1/clusters/[cluster]/snapshots/route";
import { closedGroups, openedGroups } from "@/components/compare/change-groups";
import type { ControlResponse, ListControlsResponse } from "@/lib/contracts/controls";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import type { FrameworkResponse } from "@/lib/contracts/frameworks";
import type { LayerResponse, OverviewResponse } from "@/lib/contracts/overview";
import type { ListResourcesResponse } from "@/lib/contracts/resources";
import type { CompareResponse, ListSnapshotsResponse } from "@/lib/contracts/snapshots";
import { FRAMEWORK_KEYS, FRAMEWORKS } from "@/lib/frameworks/frameworks";
import { LAYERS } from "@/lib/model/layer";
import { SCOPES } from "@/lib/model/verdict";
import { chooseHistories } from "./testing-histories";
import { createRandomClusters } from "./testing-random-cluster";
import { type ScannedCluster, startScanned } from "./testing-scanned";
import { askScores, becomeOtherRelease } from "./testing-scores";

/** Sums differed once in these clusters. */
const { seeds, scans, database } = chooseHistories({ seeds: [2, 8, 28], scans: 8 });
const SCAN_MS = 60_000;

type Counts = Readonly<Record<string, number>>;

const addUp = (numbers: Iterable<number>): number => [...numbers].reduce((sum, number) => sum + number, 0);
const total = (counts: Counts): number => addUp(Object.values(counts));
const byValue = (facet: readonly { readonly value: string; readonly count: number }[]): Counts =>
  Object.fromEntries(facet.map(({ value, count }) => [value, count]));
const sorted = (counts: Counts): Counts =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, n]) => n > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What every page of one moment counts, against the list of findings, which has them one by one. */
async function checkMoment(cluster: ScannedCluster, seq: number): Promise<void> {
  const list = async (query: string): Promise<ListFindingsResponse> => (await cluster.call(getFindings, `?at=${seq}&limit=500&${query}`)).body;
  const open = { workload: await list("scope=workload"), platform: await list("scope=platform") };
  const unknown = { workload: await list("scope=workload&state=unknown"), platform: await list("scope=platform&state=unknown") };
  for (const page of [...Object.values(open), ...Object.values(unknown)]) {
    expect(page.nextCursor ?? page.rows.length).toBe(page.nextCursor ?? page.matching);
    // A state is what the list is about: its facet tells of the others too.
    const { state: _, scope: __, ...facets } = page.facets;
    for (const [facet, values] of Object.entries(facets)) expect(`${facet} ${total(byValue(values))}`).toBe(`${facet} ${page.matching}`);
  }
  expect(await list("")).toMatchObject({ matching: open.workload.matching + open.platform.matching, totalPlatform: open.platform.matching });
  for (const narrowed of ["", "&layer=container", "&severity=high,medium"]) {
    const { matching, facets } = await list(`scope=platform${narrowed}`);
    const { critical = 0, high = 0 } = byValue(facets.severity);
    const worst = narrowed.includes("severity") ? { critical: 0, high } : { critical, high };
    expect((await list(narrowed)).platform).toEqual({ matching, ...worst });
  }

  const overview: OverviewResponse = (await cluster.call(getOverview, `?at=${seq}`)).body;
  expect(sorted(overview.open)).toEqual(sorted(byValue(open.workload.facets.severity)));
  expect(overview.platformOpen).toBe(open.platform.matching);
  expect(addUp(overview.ages.map((age) => total(age.open)))).toBe(open.workload.matching);
  expect(sorted(Object.fromEntries(overview.ages.map(({ bin, open: counts }) => [bin, total(counts)])))).toEqual(sorted(byValue(open.workload.facets.age)));
  expect(sorted(overview.stack.find((point) => point.seq === seq)?.open ?? {})).toEqual(sorted(overview.open));
  const { snapshots }: ListSnapshotsResponse = (await cluster.call(getSnapshots)).body;
  expect(snapshots.find((snapshot) => snapshot.seq === seq)?.open).toEqual(overview.open);

  const inNamespaces = new Map<string, number>();
  for (const layer of LAYERS) {
    const page: LayerResponse = (await cluster.call(getLayer, `?at=${seq}`, { layer })).body;
    const ofLayer = total(page.layer.open);
    expect([layer, ofLayer]).toEqual([layer, byValue(open.workload.facets.layer)[layer] ?? 0]);
    expect([layer, page.layer.open]).toEqual([layer, overview.layers.find((score) => score.layer === layer)?.open]);
    expect([layer, addUp(page.controls.map(({ failing }) => failing)) + page.rolledUp]).toEqual([layer, ofLayer]);
    expect([layer, addUp(page.namespaces.map(({ failing }) => failing))]).toEqual([layer, ofLayer]);
    for (const { namespace, failing } of page.namespaces) inNamespaces.set(namespace, (inNamespaces.get(namespace) ?? 0) + failing);
  }
  const { "": clusterWide = 0, ...named } = Object.fromEntries(inNamespaces);
  expect(sorted({ ...named, "-": clusterWide })).toEqual(sorted(byValue(open.workload.facets.namespace)));

  const countOf = (
    pages: Readonly<Record<"workload" | "platform", ListFindingsResponse>>,
    control: string,
    scopes: readonly ("workload" | "platform")[] = SCOPES,
  ) => addUp(scopes.map((scope) => byValue(pages[scope].facets.control)[control] ?? 0));
  const { controls }: ListControlsResponse = (await cluster.call(getControls, `?at=${seq}`)).body;
  for (const { id, counts } of controls) {
    const told = [id, counts?.failing ?? 0, counts?.unknown ?? 0];
    expect(told).toEqual([id, countOf(open, id, ["workload"]), countOf(unknown, id, ["workload"])]);
  }
  const known = new Set(controls.map(({ id }) => id));
  for (const page of Object.values({ ...open })) expect(page.facets.control.filter(({ value }) => !known.has(value))).toEqual([]);
  for (const id of ["container-privileged", "image-registry-untrusted", "run-as-non-root-missing"].filter((id) => known.has(id))) {
    const page: ControlResponse = (await cluster.call(getControl, `?at=${seq}`, { control: id })).body;
    expect([id, (page.counts?.failing ?? 0) + page.platform.failing, page.failing.length]).toEqual([id, countOf(open, id), countOf(open, id)]);
    expect([id, (page.counts?.unknown ?? 0) + page.platform.unknown, page.notAssessedTotal]).toEqual([id, countOf(unknown, id), countOf(unknown, id)]);
    const last = page.history.at(-1);
    if (last) expect([id, last.failing, last.unknown]).toEqual([id, page.counts?.failing ?? 0, page.counts?.unknown ?? 0]);
  }

  for (const framework of FRAMEWORK_KEYS) {
    const { clauses, framework: head }: FrameworkResponse = (await cluster.call(getFramework, `?at=${seq}`, { framework })).body;
    const narrowed = new Set(FRAMEWORKS[framework].clauses.flatMap(({ id, parts }) => (parts.length > 0 ? [id] : [])));
    for (const clause of clauses)
      for (const { id, counts } of clause.controls) {
        const [failing, untold] = [countOf(open, id), countOf(unknown, id)];
        // A clause that asks for a part has those findings of which the part fails, and what could not be told of it beside.
        if (!narrowed.has(clause.id)) expect([framework, id, counts.failing, counts.unknown]).toEqual([framework, id, failing, untold]);
        else expect([counts.failing >= 0, counts.unknown >= untold, counts.failing + counts.unknown <= failing + untold]).toEqual([true, true, true]);
      }
    expect(total(head.clauses)).toBe(clauses.length);
  }

  const resources: ListResourcesResponse = (await cluster.call(getResources, `?at=${seq}&limit=500`)).body;
  const onObjects = addUp(resources.rows.map((row) => total(row.open)));
  expect(onObjects + resources.openElsewhere).toBe(open.workload.matching + open.platform.matching);

  for (let since = 1; since < seq; since += 1) {
    const { ledger, balance, opened, closed, worsened }: CompareResponse = (await cluster.call(getCompare, `?at=${seq}&since=${since}`)).body;
    const named =
      ledger.replaced +
      ledger.finished +
      ledger.subsumed +
      ledger.notApplicable +
      ledger.exception +
      ledger.controlChanged +
      ledger.controlOff +
      ledger.settings;
    expect(ledger.openAfter).toBe(open.workload.matching);
    expect(ledger.notComparable).toBe(byValue(open.workload.facets.assessed).last ?? 0);
    const isOpened = ledger.new + ledger.reopened + ledger.assessed + ledger.uncovered + ledger.openedBySettings + ledger.newControl + ledger.openedByControl;
    expect(ledger.openBefore + isOpened - ledger.fixed - ledger.gone - ledger.otherClosed).toBe(ledger.openAfter);
    expect([since, ledger.otherClosed]).toEqual([since, named]);
    const moved = await Promise.all(["opened", "closed"].map((tab) => list(`since=${since}&scope=workload&tab=${tab}`)));
    // Of workloads and the platform together, what is open at one end alone.
    const ids = async (query: string): Promise<readonly string[]> =>
      (await cluster.call(getFindings, `?limit=500&${query}`)).body.rows.map((row: { id: string }) => row.id);
    const [then, now] = [await ids(`at=${since}`), await ids(`at=${seq}`)];
    const alone = { opened: now.filter((id) => !then.includes(id)), closed: then.filter((id) => !now.includes(id)) };
    for (const tab of ["opened", "closed"] as const)
      expect([since, tab, (await ids(`at=${seq}&since=${since}&tab=${tab}`)).toSorted()]).toEqual([since, tab, alone[tab].toSorted()]);
    const inLedger = [isOpened, ledger.fixed + ledger.gone + ledger.otherClosed];
    expect([since, ...moved.map(({ matching }) => matching)]).toEqual([since, ...inLedger]);
    expect([since, addUp(balance.map((row) => total(row.opened))), addUp(balance.map((row) => total(row.closed)))]).toEqual([since, ...inLedger]);
    // Nothing is new of which nobody could tell whether it failed before.
    for (const { change, before, control, resource } of opened) {
      const told = [since, control, resource.name, change, before.state];
      if (change === "new" || change === "reopened") expect([told, ["clear", "absent"].includes(before.state)]).toEqual([told, true]);
      if (change === "uncovered") expect([told, before.state]).toEqual([told, "covered"]);
      if (change === "assessed") expect([told, ["unknown", "not-judged"].includes(before.state)]).toEqual([told, true]);
    }
    const isWorse = ledger.worsened + ledger.worsenedBySettings + ledger.worsenedByControl;
    const shown = (rows: readonly unknown[], count: number | undefined) => rows.length === Math.min(100, count ?? 0);
    expect([shown(opened, inLedger[0]), shown(closed, inLedger[1]), worsened.length]).toEqual([true, true, Math.min(100, isWorse)]);
    const kinds = (change: string) => [...opened, ...closed].filter((row) => row.change === change).length;
    const groups = [...openedGroups({ ledger }), ...closedGroups({ ledger })];
    if (opened.length < 100 && closed.length < 100)
      expect([since, ...groups.map(({ change }) => [change, kinds(change)])]).toEqual([since, ...groups.map(({ change, count }) => [change, count])]);
  }
}

async function checkScores(cluster: ScannedCluster): Promise<void> {
  for (let seq = 1; seq <= scans; seq += 1) {
    const places = Object.entries(await askScores(cluster, seq, seq === scans));
    for (const [place, [shown, overview]] of places) expect([seq, place, shown]).toEqual([seq, place, overview]);
  }
}

describe("the sums of all pages", () => {
  it.each(seeds)("agree with each other as of every moment, with seed %i", { timeout: scans * SCAN_MS }, async (seed) => {
    const cluster = await startScanned(database);
    try {
      const world = createRandomClusters(seed);
      for (let scan = 1; scan <= scans; scan += 1) {
        const { objects, denied, settings } = world.next().value;
        await cluster.save(settings);
        await cluster.scan(objects, denied);
      }
      for (let seq = 1; seq <= scans; seq += 1) await checkMoment(cluster, seq);
      await checkScores(cluster);
      await becomeOtherRelease(cluster);
      await checkScores(cluster);
    } finally {
      await cluster.stop();
    }
  });
});
