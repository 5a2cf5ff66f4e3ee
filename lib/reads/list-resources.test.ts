import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import type { ListResourcesResponse, ResourceRow } from "@/lib/contracts/resources";
import { deployment, namespace } from "@/lib/inventory/testing";
import { SEVERITIES } from "@/lib/model/severity";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const WORLD = [
  ...["shop", "bank", "kube-system"].map((name) => namespace({ name })),
  deployment({ name: "cart", namespace: "shop" }),
  deployment({ name: "bankrupt", namespace: "shop", container: BAD }),
  deployment({ name: "proxy", namespace: "kube-system", container: BAD }),
];
const CHANGED = deployment({ name: "cart", namespace: "shop", metadata: { labels: { tier: "web" } } });

describe("the list of objects", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
    await cluster.scan(WORLD);
    await cluster.scan([...WORLD.filter((_, at) => at !== 3), CHANGED, deployment({ name: "ledger", namespace: "bank" })]);
    await cluster.scan([...WORLD.filter((_, at) => at !== 3), CHANGED, deployment({ name: "ledger", namespace: "bank" })], ["namespaces"]);
  });
  afterAll(() => cluster.stop());

  const ask = async (query = ""): Promise<ListResourcesResponse> => cluster.ask(getResources, `?limit=500&${query}`);
  const keys = (rows: readonly ResourceRow[]) => rows.map(({ key }) => key);
  const homeOf = ({ ref }: ResourceRow) => ref.namespace ?? (ref.kind === "Namespace" ? ref.name : "-");
  const isFailing = ({ open }: ResourceRow) => SEVERITIES.some((severity) => open[severity] > 0);
  const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  const countBy = (rows: readonly ResourceRow[], toValue: (row: ResourceRow) => string) =>
    Object.fromEntries([...Map.groupBy(rows, toValue)].map(([value, of]) => [value, of.length]));
  const toCounts = (facet: ListResourcesResponse["facets"]["kind"]) => Object.fromEntries(facet.map(({ value, count }) => [value, count]));

  it.each<readonly [string, (row: ResourceRow) => boolean]>([
    ["kind=Deployment", ({ ref }) => ref.kind === "Deployment"],
    ["kind=Deployment,Namespace&namespace=shop,bank", (row) => ["Deployment", "Namespace"].includes(row.ref.kind) && ["shop", "bank"].includes(homeOf(row))],
    ["namespace=-", (row) => homeOf(row) === "-"],
    ["failing=true", isFailing],
    ["scope=platform", ({ scope }) => scope === "platform"],
    ["q=BANK", ({ key }) => key.includes("bank")],
    ["q=bank+shop", ({ key }) => key.includes("bank") && key.includes("shop")],
  ])("has by %s what is so, counts it, and says what is stale or fails of it", async (query, isAsked) => {
    const all = await ask();
    const { rows, matching, failing, stale, total } = await ask(query);
    expect(keys(rows)).toEqual(keys(all.rows.filter(isAsked)));
    expect([matching, total]).toEqual([rows.length, all.rows.length]);
    expect([failing, stale]).toEqual([rows.filter(isFailing).length, rows.filter(({ isStale }) => isStale).length]);
    if (query !== "namespace=-") expect(matching).toBeGreaterThan(0);
  });

  it("counts beside a list what each kind and namespace would list in place of those that are chosen", async () => {
    const all = (await ask()).rows;
    expect([all.some(isFailing), all.every(isFailing), all.filter(({ isStale }) => isStale).length]).toEqual([true, false, 3]);
    const { facets } = await ask("kind=Deployment&namespace=shop");
    expect(toCounts(facets.kind)).toEqual(
      countBy(
        all.filter((row) => homeOf(row) === "shop"),
        ({ ref }) => ref.kind,
      ),
    );
    expect(toCounts(facets.namespace)).toEqual(
      countBy(
        all.filter(({ ref }) => ref.kind === "Deployment"),
        homeOf,
      ),
    );
  });

  it.each<readonly [string, (a: ResourceRow, b: ResourceRow) => number]>([
    ["findings", (a, b) => SEVERITIES.map((severity) => b.open[severity] - a.open[severity]).find((more) => more !== 0) ?? 0],
    ["changed", (a, b) => byText(b.changedAt, a.changedAt)],
    ["name", (a, b) => byText(a.ref.name, b.ref.name)],
    ["kind", (a, b) => byText(a.ref.kind, b.ref.kind)],
  ])("puts them in order by %s, both ways, and what is alike by namespace, kind and name", async (sort, compare) => {
    const byPlace = (a: ResourceRow, b: ResourceRow) =>
      byText(a.ref.namespace ?? "", b.ref.namespace ?? "") || byText(a.ref.kind, b.ref.kind) || byText(a.ref.name, b.ref.name);
    const [natural, reversed] = sort === "findings" || sort === "changed" ? ["desc", "asc"] : ["asc", "desc"];
    const { rows } = await ask(`sort=${sort}`);
    expect(keys(rows)).toEqual(keys(rows.toSorted((a, b) => compare(a, b) || byPlace(a, b))));
    expect(keys((await ask(`sort=${sort}&order=${natural}`)).rows)).toEqual(keys(rows));
    expect(keys((await ask(`sort=${sort}&order=${reversed}`)).rows)).toEqual(keys(rows.toSorted((a, b) => compare(b, a) || byPlace(a, b))));
    expect(compare(rows[0] as ResourceRow, rows.at(-1) as ResourceRow)).toBeLessThan(0);
  });

  it("says since when an object is there, and since when it is as it is", async () => {
    const [first, second] = [(await ask("at=1")).moment.at?.takenAt, (await ask("at=2")).moment.at?.takenAt];
    const { rows } = await ask("kind=Deployment&sort=name");
    expect(rows.map(({ ref, firstSeenAt, changedAt }) => [ref.name, firstSeenAt, changedAt])).toEqual([
      ["bankrupt", first, first],
      ["cart", first, second],
      ["ledger", second, second],
      ["proxy", first, first],
    ]);
    expect((await ask("at=1&kind=Deployment&sort=name")).rows.map(({ ref, changedAt }) => [ref.name, changedAt])).toEqual([
      ["bankrupt", first],
      ["cart", first],
      ["proxy", first],
    ]);
  });

  it("ends with the page that has the last of them", async () => {
    const { rows } = await ask();
    const page = async (limit: number) => (await cluster.ask(getResources, `?limit=${limit}`)).nextCursor;
    expect([await page(rows.length), await page(rows.length - 1)]).toEqual([null, expect.any(String)]);
  });
});
