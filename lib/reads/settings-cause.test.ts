import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace } from "@/lib/inventory/testing";
import type { Settings } from "@/lib/inventory/inventory";
import type { OwnControl } from "@/lib/model/own-control";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const UNTRUSTED = "image-registry-untrusted";
const LIMITS = "resource-limits-missing";
const OWN: OwnControl = {
  id: "own-two-replicas",
  title: "Workloads run at least three replicas",
  layer: "container",
  severity: "high",
  subject: "Deployment",
  expression: "object.spec.replicas >= 3",
  message: "Too few replicas run.",
  fix: "Set `replicas` to 3 or more.",
};
const IMAGE = "registry.example/shop/app:1";
const LIMITED = { resources: { limits: { cpu: undefined } } };
const app = (name: string, image: string, labels = {}) => deployment({ name, container: { image, ...LIMITED }, metadata: { labels } });

describe("what closes or opens because the settings changed", () => {
  let cluster: ScannedCluster;
  let compare: CompareResponse;
  beforeAll(async () => {
    cluster = await startScanned();
    await cluster.save({ trustedRegistries: ["good.example"], ownControls: [OWN] });
    await cluster.scan([namespace(), app("same", IMAGE), app("touched", IMAGE), app("moved", "other.example/app:1")]);
    await cluster.save({ trustedRegistries: ["good.example", "registry.example"], requireCpuLimit: true, ownControls: [OWN] });
    await cluster.scan([namespace(), app("same", IMAGE), app("touched", IMAGE, { tier: "web" }), app("moved", "good.example/app:1"), app("late", IMAGE)]);
    compare = (await cluster.call(getCompare)).body;
  });
  afterAll(() => cluster.stop());

  const changesOf = ({ opened, closed }: CompareResponse, control: string): string[] =>
    [...opened, ...closed].flatMap((row) => (row.control === control ? [`${row.resource.name} ${row.change}`] : [])).sort();
  const find = async (control: string, name: string, query = "") => {
    const { rows } = (await cluster.call(getFindings, `?control=${control}&at=1`)).body;
    const { id } = rows.find(({ resource }: { resource: { name: string } }) => resource.name === name);
    return (await cluster.call(getFinding, query, { id })).body;
  };

  it("is told apart from what was fixed, also where the object changed too", () => {
    expect(changesOf(compare, UNTRUSTED)).toEqual(["moved fixed", "same settings", "touched settings"]);
    expect(changesOf(compare, LIMITS)).toEqual(["late new", "moved opened-by-settings", "same opened-by-settings", "touched opened-by-settings"]);
    expect(changesOf(compare, OWN.id)).toEqual(["late new"]);
    const { ledger } = compare;
    expect(ledger).toMatchObject({ fixed: 1, settings: 2, otherClosed: 2, openedBySettings: 3, reopened: 0 });
    expect(ledger.openBefore + ledger.new + ledger.openedBySettings - ledger.fixed - ledger.otherClosed).toBe(ledger.openAfter);
  });

  it("moves the score by the settings, not by fixes", () => {
    const points = Object.fromEntries(compare.waterfalls.find(({ layer }) => layer === "container")?.rows.map((row) => [row.cause, row.points]) ?? []);
    expect(points["newly-failing"]).toBe(0);
    expect(points.settings).not.toBe(0);
  });

  it("is no fix in the overview", async () => {
    const { timeToFix, movers } = (await cluster.call(getOverview)).body;
    expect(timeToFix.reduce((sum: number, { fixed }: { fixed: number }) => sum + fixed, 0)).toBe(1);
    expect(movers.filter(({ change }: { change: string }) => change === "fixed")).toHaveLength(1);
  });

  it("does not fail, says its page, and nobody fixed it", async () => {
    const finding = await find(UNTRUSTED, "touched");
    expect(finding).toMatchObject({ state: "not-failing", stateNow: "not-failing", spans: [{ cause: "settings" }] });
    expect(finding.story.join(" ")).toMatch(/no longer fails since [^.]+, because the settings of this cluster were changed; nobody fixed it\.$/);
    expect(await find(UNTRUSTED, "moved")).toMatchObject({ state: "fixed", spans: [{ cause: "fixed" }] });
    const { rows } = (await cluster.call(getFindings, `?control=${LIMITS}`)).body;
    const { id } = rows.find(({ resource }: { resource: { name: string } }) => resource.name === "same");
    expect((await cluster.call(getFinding, "", { id })).body.story[0]).toMatch(/^It opened on [^.]+, when the settings of this cluster were changed\.$/);
  });

  it("leaves what an own control no longer asks to the control", async () => {
    await cluster.save({ trustedRegistries: ["registry.example"], requireCpuLimit: true, ownControls: [{ ...OWN, expression: "object.spec.replicas >= 1" }] });
    await cluster.scan([namespace(), app("same", IMAGE), app("touched", IMAGE, { tier: "web" }), app("moved", "good.example/app:1")]);
    const body: CompareResponse = (await cluster.call(getCompare, "?since=2")).body;
    expect(changesOf(body, OWN.id)).toEqual(["late gone", "moved control-changed", "same control-changed", "touched control-changed"]);
    expect(changesOf(body, UNTRUSTED)).toEqual(["moved opened-by-settings"]);
    expect(await find(OWN.id, "same")).toMatchObject({ state: "not-failing" });
  });

  it("is told where a namespace became platform: it left the workloads by the settings", async () => {
    await cluster.save({ trustedRegistries: ["registry.example"], requireCpuLimit: true, platformNamespaces: ["shop"] });
    await cluster.scan([namespace(), app("same", IMAGE), app("touched", IMAGE, { tier: "web" }), app("moved", "good.example/app:1")]);
    const { ledger }: CompareResponse = (await cluster.call(getCompare, "?since=3")).body;
    expect(ledger).toMatchObject({ new: 0, reopened: 0, fixed: 0, gone: 0, otherClosed: ledger.settings });
    expect(ledger.settings).toBeGreaterThan(10);
    await cluster.save({ trustedRegistries: ["registry.example"], requireCpuLimit: true });
    await cluster.scan([namespace(), app("same", IMAGE), app("touched", IMAGE, { tier: "web" }), app("moved", "good.example/app:1")]);
    const back: CompareResponse = (await cluster.call(getCompare, "?since=4")).body;
    expect(back.ledger).toMatchObject({ new: 0, reopened: 0, fixed: 0, openedBySettings: ledger.settings, settings: ledger.openedBySettings });
    expect(new Set(back.opened.map(({ change }) => change))).toEqual(new Set(["opened-by-settings"]));
  });

  it("is told of what was open at both ends, in one scope and in the other, though it was mended in between", async () => {
    const trusted = { trustedRegistries: ["registry.example"] };
    const world = [namespace({ name: "till" }), deployment({ name: "cash", namespace: "till", container: { image: "other.example/app:1" } })];
    const mended = [namespace({ name: "till" }), deployment({ name: "cash", namespace: "till", container: { image: IMAGE } })];
    await cluster.save(trusted);
    const first = await cluster.scan(world);
    await cluster.scan(mended);
    await cluster.save({ ...trusted, platformNamespaces: ["till"] });
    const last = await cluster.scan(world);
    const changes = async (at: number, since: number) => changesOf((await cluster.call(getCompare, `?at=${at}&since=${since}`)).body, UNTRUSTED);
    expect(await changes(last, first)).toEqual(["cash settings"]);
    await cluster.scan(mended);
    await cluster.save(trusted);
    const back = await cluster.scan(world);
    expect(await changes(back, last)).toEqual(["cash opened-by-settings"]);
    expect(await changes(back, first)).toEqual([]);
  });
});

describe("what passes and became of the platform", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
  });
  afterAll(() => cluster.stop());

  const within = (home: string, ...images: string[]) => [
    namespace({ name: home }),
    ...images.map((image, at) => deployment({ name: `app-${at}`, namespace: home, container: { image } })),
  ];
  const world = (...more: ReturnType<typeof within>) => [...within("pay", "other.example/app:1", IMAGE), ...within("shop", IMAGE, IMAGE, IMAGE), ...more];
  const causes = async (): Promise<ReadonlySet<string>> => {
    const { waterfalls }: CompareResponse = (await cluster.call(getCompare)).body;
    const rows = waterfalls.find(({ layer }) => layer === "container")?.rows ?? [];
    return new Set(rows.flatMap(({ cause, points }) => (Math.abs(points) > 1e-9 && !cause.endsWith("cap") ? [cause] : [])));
  };

  it("moves the score by the settings, and back; what comes and goes meanwhile is told as such", async () => {
    const trusted = { trustedRegistries: ["registry.example"] };
    await cluster.save(trusted);
    await cluster.scan(world());
    await cluster.save({ ...trusted, platformNamespaces: ["shop"] });
    await cluster.scan(world());
    const compared = await causes();
    expect(compared).toEqual(new Set(["settings"]));
    await cluster.save(trusted);
    const at = await cluster.scan(world(...within("late", IMAGE, IMAGE)));
    const back: CompareResponse = (await cluster.call(getCompare, `?since=${at - 1}`)).body;
    const moved = back.waterfalls.flatMap(({ rows }) => rows.filter(({ points }) => Math.abs(points) > 1e-9)).map(({ cause }) => cause);
    expect(new Set(moved).intersection(new Set(["gone-resources", "coverage"]))).toEqual(new Set());
    expect(moved).toEqual(expect.arrayContaining(["new-resources", "settings"]));
  });
});

describe("what settings judge for the first time, or no more", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
  });
  afterAll(() => cluster.stop());

  const secret = (name: string) => ({
    ...{ apiVersion: "v1", kind: "Secret", type: "Opaque" },
    metadata: { name, namespace: "shop", creationTimestamp: "2020-01-01T00:00:00Z" },
  });
  const world = [
    ...[namespace(), app("same", IMAGE), app("good", "good.example/app:1"), secret("forgotten"), secret("left")],
    ...[namespace({ name: "pay" }), deployment({ name: "root", namespace: "pay", container: { image: IMAGE, securityContext: { privileged: true } } })],
  ];
  it.each<[string, Partial<Settings>, Partial<CompareResponse["ledger"]>]>([
    ["trusted registries", { trustedRegistries: ["good.example"] }, { openedBySettings: 2 }],
    ["a control that covers another", { disabledControls: { "container-privileged": "We know." } }, { openedBySettings: 1, controlOff: 1 }],
    ["a weight", { reweightedControls: { "container-privileged": { severity: "low", reason: "We know." } } }, {}],
    ["a namespace of the platform, with all that a control applies to", { platformNamespaces: ["pay"] }, {}],
    ["a source", { optInSources: ["secret-metadata"] }, { openedBySettings: 2 }],
  ])("moves the score under the name that its findings have: %s", async (_, settings, ledger) => {
    const scan = async (set: Partial<Settings>): Promise<number> => {
      await cluster.save(set);
      return cluster.scan(world);
    };
    const causesSince = async (since: number) => {
      const compare: CompareResponse = await cluster.ask(getCompare, `?since=${since}`);
      const moved = compare.waterfalls.flatMap(({ rows }) => rows.filter(({ cause, points }) => Math.abs(points) > 1e-9 && !cause.endsWith("cap")));
      return { causes: [...new Set(moved.map(({ cause }) => cause))], ledger: compare.ledger };
    };
    const [before, changed] = [await scan({}), await scan(settings)];
    const none = { new: 0, reopened: 0, assessed: 0, fixed: 0, gone: 0 };
    expect(await causesSince(before)).toMatchObject({ causes: ["settings"], ledger: { ...none, ...ledger } });
    await scan({});
    expect(await causesSince(changed)).toMatchObject({ causes: ["settings"], ledger: none });
  });
});

describe("what settings closed or opened while it was refused", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
  });
  afterAll(() => cluster.stop());

  it("is closed or opened by them once it is read again, not fixed or broken; what was mended meanwhile is fixed", async () => {
    const world = (moved: string) => [namespace(), app("same", IMAGE), app("moved", moved), app("bad", "bad.example/app:1")];
    await cluster.save({ trustedRegistries: ["good.example"] });
    await cluster.scan(world("bad.example/app:1"));
    await cluster.save({ trustedRegistries: ["good.example", "registry.example"], requireCpuLimit: true });
    for (const denied of [["deployments.apps"], ["deployments.apps", "pods"]]) await cluster.scan(world("good.example/app:1"), denied);
    await cluster.scan(world("good.example/app:1"));
    const compare: CompareResponse = (await cluster.call(getCompare)).body;
    const told = (rows: CompareResponse["closed"], of: string) =>
      rows.filter(({ control }) => control === of).map(({ resource, change }) => `${resource.name} ${change}`);
    expect(told(compare.closed, UNTRUSTED).sort()).toEqual(["moved fixed", "same settings"]);
    expect(told(compare.opened, LIMITS).sort()).toEqual(["bad opened-by-settings", "moved opened-by-settings", "same opened-by-settings"]);
  });
});
