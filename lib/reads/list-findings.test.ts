import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { GET as exportFindings } from "@/app/api/v1/clusters/[cluster]/findings/export/route";
import type { FindingRow } from "@/lib/contracts/findings";
import { clusterRoleBinding, deployment, namespace } from "@/lib/inventory/testing";
import { SEVERITIES } from "@/lib/model/severity";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const HOMES = ["zoo", "shop", "kube-system", "bank"];
const WORLD = HOMES.flatMap((home) => [
  namespace({ name: home }),
  deployment({ name: "a", namespace: home, container: home === "zoo" ? BAD : {} }),
  deployment({ name: "b", namespace: home, container: BAD }),
]);

describe("the list of findings", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
    await cluster.scan(WORLD);
  });
  afterAll(() => cluster.stop());

  /** Page after page; `between` runs after the first. */
  async function readAll<Row = FindingRow>(query: string, limit: number, between?: () => Promise<unknown>, list = getFindings): Promise<Row[]> {
    const rows: Row[] = [];
    for (let cursor = ""; ; ) {
      const { body } = await cluster.call(list, `?limit=${limit}${query}${cursor}`);
      if (body.nextCursor || cursor) expect(body.rows).toHaveLength(body.nextCursor ? limit : body.matching % limit || limit);
      rows.push(...body.rows);
      if (!body.nextCursor) return rows;
      if (cursor === "") await between?.();
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
  }
  const ids = (rows: readonly FindingRow[]) => rows.map(({ id }) => id);
  const byName = (a: FindingRow, b: FindingRow) =>
    (a.resource.namespace ?? "").localeCompare(b.resource.namespace ?? "", "en") ||
    (a.resource.name < b.resource.name ? -1 : a.resource.name > b.resource.name ? 1 : 0);
  const bySeverity = (a: FindingRow, b: FindingRow) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  const byPoints = (a: FindingRow, b: FindingRow) => (b.points ?? 0) - (a.points ?? 0);

  it("has the gravest first, within a severity what gains most points, then namespace and name", async () => {
    const rows = await readAll("", 500);
    const sorted = rows.toSorted((a, b) => bySeverity(a, b) || byPoints(a, b) || byName(a, b));
    expect(ids(rows)).toEqual(ids(sorted));
    expect(ids(rows)).not.toEqual(ids(rows.toSorted((a, b) => bySeverity(a, b) || byName(a, b))));
  });

  it("counts on its tabs what is listed there", async () => {
    const { body } = await cluster.call(getFindings, "?limit=1");
    const [all, grave, unknown] = [await readAll("", 500), await readAll("&severity=critical,high", 500), await readAll("&state=unknown", 500)];
    expect(grave.filter(({ severity }) => severity === "high").length).toBeGreaterThan(0);
    expect(body.tabs).toMatchObject({ all: all.length, criticalHigh: grave.length, unknown: unknown.length });
  });

  it("turns the severities around when asked, and still has most points first within one", async () => {
    const rows = await readAll("&order=asc", 500);
    expect(ids(rows)).toEqual(ids(rows.toSorted((a, b) => -bySeverity(a, b) || byPoints(a, b) || byName(a, b))));
    expect(bySeverity(rows[0] as FindingRow, rows.at(-1) as FindingRow)).toBeGreaterThan(0);
  });

  it.each(["control", "object"] as const)("puts the findings of one %s side by side, in the order of the list", async (group) => {
    const groupOf = ({ control, resource }: FindingRow) => (group === "control" ? control : `${resource.namespace}/${resource.kind}/${resource.name}`);
    for (const filter of ["", "&severity=medium,low", "&namespace=zoo,bank"]) {
      const rows = await readAll(`${filter}&group=${group}`, 500);
      const list = await readAll(filter, 500);
      expect(ids(rows)).toEqual(ids([...Map.groupBy(list, groupOf).values()].flat()));
      expect(new Set(rows.map(groupOf)).size).toBeGreaterThan(1);
    }
    const rows = ids(await readAll(`&group=${group}`, 500));
    for (const other of [`&sort=${group}`, ""]) expect(rows).not.toEqual(ids(await readAll(other, 500)));
  });

  it.each(["", "&sort=age", "&sort=points", "&sort=control", "&sort=object", "&group=control", "&group=object", "&state=open,unknown"])(
    "gives every row once, page by page, also while a newer scan changes what is worth what: %s",
    async (query) => {
      const rows = ids(await readAll(query, 500));
      const paged = await readAll(query, 3, () => cluster.scan(WORLD.slice(0, 4)));
      expect(ids(paged)).toEqual(rows);
      expect(new Set(ids(paged)).size).toBe(rows.length);
      expect(rows.length).toBeGreaterThan(20);
      await cluster.scan(WORLD);
    },
  );

  it.each(["", "&sort=changed", "&sort=name"])("of objects does so too: %s", async (query) => {
    const keys = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key);
    const rows = keys(await readAll<{ readonly key: string }>(query, 500, undefined, getResources));
    const paged = await readAll<{ readonly key: string }>(query, 3, () => cluster.scan(WORLD.slice(0, 4)), getResources);
    expect(keys(paged)).toEqual(rows);
    expect(rows.length).toBeGreaterThan(10);
    await cluster.scan(WORLD);
  });

  it("refuses a cursor of another snapshot, or none of ours, in one sentence", async () => {
    const { body } = await cluster.call(getFindings, "?limit=1");
    await cluster.scan(WORLD);
    for (const cursor of [
      `${body.nextCursor}&at=${body.moment.at.seq + 1}`,
      "5",
      "1-",
      "zzzzzz-1",
      `${body.moment.at.seq.toString(36)}-zzzzz`,
      body.nextCursor.replace(/-.*-/, "-zzzzz-"),
    ]) {
      const { status, body: refusal } = await cluster.call(getFindings, `?cursor=${cursor}`);
      expect([status, refusal.message]).toEqual([400, "This cursor belongs to another list: start again from the first page."]);
    }
  });

  it.each([
    [getFindings, "&severity=high,critical", ["", "&severity=high", "&severity=high,critical&sort=age", "&severity=high,critical&order=asc"]],
    [getResources, "&sort=name", ["", "&sort=kind", "&sort=name&order=desc", "&sort=name&failing=true"]],
  ] as const)("refuses a cursor of the list in another order or with other filters: %#", async (list, own, others) => {
    const { body } = await cluster.call(list, `?limit=1${own}`);
    const page = (query: string) => cluster.call(list, `?cursor=${body.nextCursor}${query}`);
    expect((await page(`${own}&limit=2`)).status).toBe(200);
    for (const query of others) {
      const { status, body: refusal } = await page(query);
      const sentence = "This cursor belongs to a list with other filters or another order: send those of the first page with it, or start again.";
      expect([query, status, refusal.message]).toEqual([query, 400, sentence]);
    }
  });

  it("refuses a cursor of what opened since another moment, and heeds that moment nowhere else", async () => {
    const first = await cluster.scan(WORLD.slice(0, 2));
    await cluster.scan(WORLD.slice(0, 4));
    await cluster.scan(WORLD);
    const go = async (tab: string) => {
      const { body } = await cluster.call(getFindings, `?limit=1&tab=${tab}&since=${first}`);
      const page = async (since: number) => (await cluster.call(getFindings, `?limit=1&tab=${tab}&since=${since}&cursor=${body.nextCursor}`)).status;
      return [await page(first), await page(first + 1)];
    };
    expect([await go("opened"), await go("all")]).toEqual([
      [200, 400],
      [200, 200],
    ]);
  });

  it("heeds no state of what opened or closed, which has what failed", async () => {
    const since = await cluster.scan(WORLD);
    // Of no namespace, it is among the first of what is open.
    const power = clusterRoleBinding({ name: "a", roleRef: { kind: "ClusterRole", name: "cluster-admin" }, subjects: [{ kind: "User", name: "a" }] });
    await cluster.scan([...WORLD.slice(0, 4), power]);
    const closed = ids(await readAll(`&tab=closed&since=${since}`, 500));
    const opened = ids(await readAll(`&tab=opened&since=${since}`, 500));
    expect([closed.length > 0, opened.length > 0]).toEqual([true, true]);
    const page = async (tab: string) => (await cluster.call(getFindings, `?tab=${tab}&since=${since}`)).body;
    const { tabs, openedSince } = await page("all");
    expect([tabs.opened, tabs.closed, openedSince]).toEqual([opened.length, closed.length, opened.length]);
    expect([(await page("opened")).openedSince, (await page("closed")).openedSince]).toEqual([opened.length, 0]);
    for (const state of ["open", "unknown"]) expect(ids(await readAll(`&tab=opened&since=${since}&state=${state}`, 500))).toEqual(opened);
    for (const state of ["open", "unknown"]) expect(ids(await readAll(`&tab=closed&since=${since}&state=${state}`, 500))).toEqual(closed);
    await cluster.scan(WORLD);
  });

  it("takes nothing that closed for what is shown as it last was, also where it could not be assessed before", async () => {
    await cluster.scan(WORLD);
    const since = await cluster.scan(WORLD, ["deployments.apps", "pods"]);
    await cluster.scan([namespace({ name: "shop" }), deployment({ name: "b", namespace: "shop" })]);
    const list = async (query: string) => (await cluster.call(getFindings, `?since=${since}&control=container-privileged${query}`)).body;
    expect((await list(`&at=${since}&assessed=last`)).matching).toBe(5);
    expect(await list("&tab=closed")).toMatchObject({ matching: 5, facets: { assessed: [{ value: "now", count: 5 }] } });
    expect(await list("&tab=closed&assessed=last")).toMatchObject({ matching: 0, rows: [] });
    await cluster.scan(WORLD);
  });

  it("says in the name of its file of which snapshot it is", async () => {
    const seq = await cluster.scan(WORLD);
    await cluster.scan(WORLD);
    const nameAt = async (query: string) => {
      const { headers } = await exportFindings(new Request(`http://localhost/?format=csv${query}`), { params: Promise.resolve({ cluster: "c" }) });
      return headers.get("content-disposition");
    };
    const names = [seq, seq + 1].map((at) => `attachment; filename="findings-c-snapshot-${at}.csv"`);
    expect([await nameAt(`&at=${seq}`), await nameAt("")]).toEqual(names);
  });

  it("is the same as a file, however long it is", async () => {
    const many = Array.from({ length: 130 }, (_, i) => deployment({ name: `many-${i}`, container: BAD }));
    const long = await cluster.scan([...WORLD, ...many]);
    await cluster.scan(WORLD);
    const file = async (format: string, query: string) => (await cluster.call(exportFindings, `?format=${format}${query}`)).body;
    const sizes: number[] = [];
    for (const query of [`&at=${long}`, "&state=open,unknown&sort=age&order=asc", `&tab=closed&since=${long}&severity=critical`, "&q=nobody-is-called-so"]) {
      const rows = await readAll(query, 500);
      sizes.push(rows.length);
      const { at } = (await cluster.call(getFindings, `?limit=1${query}`)).body.moment;
      const place = (id: string) => ({ cluster: "c", snapshot: at.seq, takenAt: at.takenAt, link: `http://localhost/f/${id}?at=${at.seq}` });
      expect(await file("json", query)).toEqual(rows.map((row) => ({ ...row, wasAssessed: null, ...place(row.id) })));
      const lines: string[] = (await file("csv", query)).split("\r\n");
      expect(lines[0]).toMatch(/^id,state,severity,layer,control,control title,what was read,.*,cluster,snapshot,taken at \(UTC\),link$/);
      expect(lines.slice(1, -1).map((line) => line.split(",").slice(-4).join(","))).toEqual(rows.map(({ id }) => Object.values(place(id)).join(",")));
      const told = rows.map(({ id, isOpen, state, severity }) => `${id},${isOpen ? state : "closed"},${severity}`);
      expect(lines.slice(1, -1).map((line) => line.split(",", 3).join(","))).toEqual(told);
    }
    await cluster.scan(WORLD, ["deployments.apps"]);
    const stale = (await readAll("", 500)).filter(({ isStale }) => isStale);
    const reason = (stale[0]?.staleReason ?? "-").replaceAll('"', '""');
    const reasons = (await file("csv", "")).split("\r\n").filter((line: string) => line.includes(reason));
    expect([stale.length > 0, reasons.length]).toEqual([true, stale.length]);
    expect(sizes).toEqual([expect.toSatisfy((size) => size > 500), expect.toSatisfy((size) => size > 20), many.length, 0]);
  });
});
