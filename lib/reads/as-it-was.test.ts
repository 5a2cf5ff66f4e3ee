import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { deployment, namespace } from "@/lib/inventory/testing";
import type { OwnControl } from "@/lib/model/own-control";
import { addOwnControl, deleteOwnControl } from "@/lib/scan/save-own-control";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const app = (name: string, home: string, labels = {}) => deployment({ name, namespace: home, container: BAD, metadata: { labels } });
const SHOP = [namespace({ name: "shop" }), namespace({ name: "bank" }), app("cart", "shop"), app("ledger", "bank")];
const CART = { groupKind: "apps.Deployment", namespace: "shop", name: "cart" };

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());
const matching = async (query: string): Promise<number> => (await cluster.ask(getFindings, `?limit=1&${query}`)).matching;
const findingOf = async (at: number): Promise<string> => (await cluster.ask(getFindings, `?at=${at}&namespace=shop&control=container-privileged`)).rows[0].id;

/** What a snapshot shows wherever it matters on which side something counts, without whether it is now. */
async function pages(at: number) {
  const finding = { id: await findingOf(at) };
  const all = {
    overview: await cluster.ask(getOverview, `?at=${at}`),
    layer: await cluster.ask(getLayer, `?at=${at}`, { layer: "container" }),
    findings: await cluster.ask(getFindings, `?at=${at}&limit=500`),
    workloads: await cluster.ask(getFindings, `?at=${at}&limit=500&scope=workload`),
    resources: await cluster.ask(getResources, `?at=${at}`),
    resource: await cluster.ask(getResource, `?at=${at}`, CART),
    finding: await cluster.ask(getFinding, `?at=${at}`, finding),
  };
  return JSON.parse(JSON.stringify(all, (key, value) => (key === "isNow" || key === "story" ? undefined : value)));
}

it("counts every object and finding of a day to the side that it was on that day", async () => {
  const first = await cluster.scan(SHOP);
  const before = await pages(first);
  await cluster.save({ platformNamespaces: ["shop"] });
  const second = await cluster.scan(SHOP);
  expect(await pages(first)).toEqual(before);

  const { open, platformOpen } = await cluster.ask(getOverview);
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  expect([platformOpen, sum(open)]).toEqual([await matching("scope=platform"), await matching("scope=workload")]);
  expect(platformOpen).toBe(await matching("namespace=shop"));
  const after = await pages(second);
  expect(after.resource.versions).toEqual(before.resource.versions);
  expect(after.finding).toMatchObject({ scope: "platform", openedAt: before.finding.openedAt });

  const { ledger, opened, closed } = await cluster.ask(getCompare, `?since=${first}&at=${second}`);
  expect(ledger.openBefore + ledger.new + ledger.reopened - ledger.fixed - ledger.gone - ledger.otherClosed).toBe(ledger.openAfter);
  const moves = { opened: ledger.new + ledger.reopened, closed: ledger.fixed + ledger.gone + ledger.otherClosed };
  expect({ opened: opened.length, closed: closed.length }).toEqual(moves);
  for (const tab of ["opened", "closed"] as const) expect(await matching(`since=${first}&at=${second}&tab=${tab}&scope=workload`)).toBe(moves[tab]);
  expect(await matching(`since=${first}&at=${second}&tab=opened&scope=platform`)).toBe(platformOpen);
  // What is open at both moments neither opened nor closed, where both sides are asked for.
  const ids = async (query: string): Promise<readonly string[]> =>
    (await cluster.ask(getFindings, `?limit=500&${query}`)).rows.map(({ id }: { id: string }) => id);
  const [openThen, openNow] = [await ids(`at=${first}`), await ids(`at=${second}`)];
  const [opens, closes] = [openNow.filter((id) => !openThen.includes(id)), openThen.filter((id) => !openNow.includes(id))];
  for (const both of ["", "&scope=workload,platform"]) {
    const since = `since=${first}&at=${second}${both}`;
    expect(new Set(await ids(`${since}&tab=opened`))).toEqual(new Set(opens));
    expect(new Set(await ids(`${since}&tab=closed`))).toEqual(new Set(closes));
    const { tabs, openedSince, facets } = await cluster.ask(getFindings, `?${since}&tab=opened&limit=1`);
    expect({ opened: tabs.opened, closed: tabs.closed }).toEqual({ opened: opens.length, closed: closes.length });
    expect([openedSince, facets.scope]).toEqual([opens.length, [{ value: "platform", count: platformOpen }]]);
  }
  expect(await pages(second)).toEqual(after);
});

it("shows an object that came back as gone while it was", async () => {
  const there = await cluster.scan(SHOP);
  const id = await findingOf(there);
  const gone = await cluster.scan(SHOP.filter((object) => object !== SHOP[2]));
  const read = async (at: number) => ({
    resource: await cluster.ask(getResource, `?at=${at}`, CART),
    finding: await cluster.ask(getFinding, `?at=${at}`, { id }),
  });
  const meanwhile = await read(gone);
  expect(meanwhile).toMatchObject({ resource: { goneAt: expect.any(String) }, finding: { state: "gone" } });
  const back = await cluster.scan([...SHOP.filter((object) => object !== SHOP[2]), app("cart", "shop", { again: "true" })]);
  const later = await read(gone);
  expect(later.resource.goneAt).toBe(meanwhile.resource.goneAt);
  expect(later.finding.state).toBe("gone");
  expect((await read(there)).resource.labels).not.toHaveProperty("again");
  expect((await read(back)).resource.labels).toMatchObject({ again: "true" });
  const versionsAt = async (at: number) => {
    const { versions, versionsTotal } = await cluster.ask(getResource, `?at=${at}`, CART);
    return [versionsTotal, ...versions.map(({ fromSeq, goneAt }: { fromSeq: number; goneAt: string | null }) => [fromSeq, goneAt])];
  };
  const { goneAt } = meanwhile.resource;
  const first = later.resource.versions.at(-1).fromSeq;
  expect([await versionsAt(there), await versionsAt(gone), await versionsAt(back)]).toEqual([
    [1, [first, null]],
    [1, [first, goneAt]],
    [2, [back, null], [first, goneAt]],
  ]);
  const moved = async (since: number, at: number) => {
    const { resourcesAdded, resourcesGone } = await cluster.ask(getCompare, `?since=${since}&at=${at}`);
    return [resourcesAdded, resourcesGone];
  };
  expect([await moved(there, gone), await moved(gone, back), await moved(there, back)]).toEqual([
    [0, 1],
    [1, 0],
    [0, 0],
  ]);
});

it("counts what could not be assessed again as the list has it, without what went with its object", async () => {
  await cluster.save({ platformNamespaces: [] });
  await cluster.scan([...SHOP, app("vault", "bank")]);
  await cluster.scan(SHOP, ["networkpolicies.networking.k8s.io"]);
  const { controls } = await cluster.ask(getControls);
  const control = "netpol-egress-open";
  const { counts } = controls.find(({ id }: { id: string }) => id === control);
  expect(counts).toMatchObject({ failing: 2, stale: 2 });
  expect(await matching(`control=${control}&scope=workload`)).toBe(2);
});

it("tells of an own control that was gone what it said last, and not what it was made to say later", async () => {
  const own = (title: string): OwnControl => ({
    id: "two-replicas",
    title,
    layer: "container",
    severity: "high",
    subject: "Deployment",
    expression: "object.spec.replicas >= 2",
    message: "Only one replica runs.",
    fix: "Set `replicas` to 2.",
  });
  await addOwnControl("c", own("First"));
  await cluster.scan(SHOP);
  await deleteOwnControl("c", "two-replicas");
  const without = await cluster.scan(SHOP);
  const titleAt = async (query: string): Promise<string> => (await cluster.ask(getControl, query, { control: "two-replicas" })).control.title;
  expect(await titleAt("")).toBe("First");
  await addOwnControl("c", own("Second"));
  expect(await titleAt("")).toBe("Second");
  await cluster.scan(SHOP);
  expect(await titleAt(`?at=${without}`)).toBe("First");
  await deleteOwnControl("c", "two-replicas");
});
