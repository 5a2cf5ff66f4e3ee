import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import type { FindingRow, ListFindingsResponse } from "@/lib/contracts/findings";
import { clusterRole, clusterRoleBinding, deployment, namespace } from "@/lib/inventory/testing";
import { SEVERITIES } from "@/lib/model/severity";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const OPS = [
  clusterRole({ name: "ops", rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] }),
  clusterRoleBinding({
    name: "ops",
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ops" },
    subjects: [{ kind: "User", name: "shopkeeper" }],
  }),
];
const WORLD = [
  ...["shop", "bank", "kube-system"].flatMap((home) => [namespace({ name: home }), deployment({ name: `${home}-a`, namespace: home, container: BAD })]),
  ...OPS,
];
const LATER = [deployment({ name: "young", namespace: "bank" }), deployment({ name: "shopping", namespace: "bank", container: BAD })];

/** The day of each snapshot. The second is eight days before the last to the millisecond, and the first 91. */
const DAYS = ["2026-01-01T10:00Z", "2026-03-25T10:00Z", "2026-04-02T10:00Z"];

describe("the list of findings, filtered and put in order", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
    await cluster.scan(WORLD);
    await cluster.scan([...WORLD, ...LATER.slice(0, 1)]);
    await cluster.scan([...WORLD, ...LATER], ["networkpolicies.networking.k8s.io"]);
    for (const [at, day] of DAYS.entries()) await getDatabase().pool.query("UPDATE snapshot SET taken_at = $2 WHERE seq = $1", [at + 1, day]);
    await cluster.forget();
  });
  afterAll(() => cluster.stop());

  const ask = async (query: string): Promise<ListFindingsResponse> => cluster.ask(getFindings, `?limit=500&${query}`);
  const ids = (rows: readonly FindingRow[]) => rows.map(({ id }) => id);
  const homeOf = ({ resource: { namespace: home, kind, name } }: FindingRow) => home ?? (kind === "Namespace" ? name : "-");
  const ageOf = ({ ageDays }: FindingRow) => ["over-180", "91-180", "31-90", "8-30", "0-7"][[181, 91, 31, 8, 0].findIndex((days) => ageDays >= days)] ?? "";
  const VALUES: Readonly<Record<string, (row: FindingRow) => string>> = {
    severity: (row) => row.severity,
    layer: (row) => row.layer,
    state: (row) => row.state,
    age: ageOf,
    namespace: homeOf,
    kind: (row) => row.resource.kind,
    control: (row) => row.control,
    scope: (row) => row.scope,
    assessed: (row) => (row.state === "unknown" ? "not" : row.isStale ? "last" : "now"),
  };
  const EVERY = "state=open,manual,unknown";

  it.each(Object.entries(VALUES))("has by %s each row under its own value, and under no other", async (facet, toValue) => {
    const all = (await ask(EVERY)).rows;
    const values = [...new Set(all.map(toValue))];
    expect(values.length).toBeGreaterThan(1);
    const asked = async (wanted: readonly string[]) => ids((await ask(`${facet === "state" ? "" : EVERY}&${facet}=${wanted.join()}`)).rows);
    for (const wanted of [...values.map((value) => [value]), values.slice(0, 2)])
      expect([wanted, await asked(wanted)]).toEqual([wanted, ids(all.filter((row) => wanted.includes(toValue(row))))]);
  });

  it.each(["", "severity=critical,high&namespace=shop,bank", "kind=Deployment&layer=container&age=8-30,91-180", "scope=workload&q=shop"])(
    "counts beside %s what each value would list in place of those that are chosen, and names no other",
    async (query) => {
      const { facets } = await ask(query);
      for (const [facet, counts] of Object.entries(facets)) {
        const others = new URLSearchParams(query);
        others.delete(facet);
        const rest = (await ask(`${facet === "state" ? "" : "state=open&"}${others}${facet === "state" ? `&${EVERY}` : ""}`)).rows;
        const listed = Object.fromEntries([...Map.groupBy(rest, (row) => VALUES[facet]?.(row) ?? "")].map(([value, rows]) => [value, rows.length]));
        expect([facet, Object.fromEntries(counts.map(({ value, count }) => [value, count]))]).toEqual([facet, listed]);
      }
    },
  );

  it("has every word in the name, namespace or kind of the object, in the control's id, or all of them in what it asks", async () => {
    const all = (await ask("")).rows;
    const holds = (row: FindingRow, words: readonly string[]): boolean => {
      const { namespace: home, name, kind } = row.resource;
      const own = `${home ?? ""} ${name} ${kind} ${row.control}`.toLowerCase();
      return words.every((word) => own.includes(word)) || words.every((word) => `${row.title} ${row.control}`.toLowerCase().includes(word));
    };
    for (const words of [
      ["shop"],
      ["bank", "shop"],
      ["deployment", "privileged"],
      ["host"],
      ["clusterrolebinding"],
      ["must", "not"],
      ["young", "privileged"],
    ]) {
      const found = ids((await ask(`q=${words.join("+").toUpperCase()}`)).rows);
      expect([words, found]).toEqual([words, ids(all.filter((row) => holds(row, words)))]);
    }
    const inTitle = all.find(
      ({ title, control, resource }) => !`${control} ${resource.name} ${resource.kind}`.toLowerCase().includes(title.split(" ").at(-1) ?? ""),
    );
    expect(ids((await ask(`q=${inTitle?.title.split(" ").at(-1)}`)).rows)).toContain(inTitle?.id);
  });

  it("keeps to one object, and counts on its tabs what is listed of it", async () => {
    const { rows, tabs, total } = await ask("resource=apps/Deployment/bank/bank-a&since=1");
    const all = (await ask("")).rows;
    expect(ids(rows)).toEqual(ids(all.filter(({ resource }) => resource.name === "bank-a")));
    const grave = rows.filter(({ severity }) => severity === "critical" || severity === "high");
    expect([tabs.all, tabs.criticalHigh, total]).toEqual([rows.length, grave.length, all.length]);
    const { tabs: ofYoung } = await ask("resource=apps/Deployment/bank/young&since=1");
    expect([tabs.opened, ofYoung.opened, ofYoung.closed]).toEqual([0, ofYoung.all, 0]);
  });

  it.each<readonly [string, (a: FindingRow, b: FindingRow) => number]>([
    ["age", (a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt)],
    ["control", (a, b) => (a.control < b.control ? -1 : Number(a.control > b.control))],
    ["points", (a, b) => (b.points ?? 0) - (a.points ?? 0)],
    ["object", (a, b) => (a.resource.namespace ?? "").localeCompare(b.resource.namespace ?? "", "en") || a.resource.name.localeCompare(b.resource.name, "en")],
  ])("puts it in order by %s, both ways, and what is alike the gravest first", async (sort, compare) => {
    // An object has few findings, and those of a control are worth the same: only as old as each other are many.
    const byPoints = (a: FindingRow, b: FindingRow) => (sort === "age" ? (b.points ?? 0) - (a.points ?? 0) : 0);
    const byWeight = (a: FindingRow, b: FindingRow) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byPoints(a, b);
    const keyOf = (row: FindingRow) => [row.openedAt, row.control, row.points, row.resource.namespace, row.resource.name, row.severity];
    const [natural, reversed] = sort === "age" || sort === "points" ? ["desc", "asc"] : ["asc", "desc"];
    const { rows } = await ask(`${EVERY}&sort=${sort}&order=${natural}`);
    expect((await ask(`${EVERY}&sort=${sort}`)).rows).toEqual(rows);
    expect(rows.map(keyOf)).toEqual(rows.toSorted((a, b) => compare(a, b) || byWeight(a, b)).map(keyOf));
    expect(compare(rows[0] as FindingRow, rows.at(-1) as FindingRow)).toBeLessThan(0);
    const turned = (await ask(`${EVERY}&sort=${sort}&order=${reversed}`)).rows;
    expect(turned.map(keyOf)).toEqual(turned.toSorted((a, b) => compare(b, a) || byWeight(a, b)).map(keyOf));
    expect(new Set(ids(turned))).toEqual(new Set(ids(rows)));
    expect(compare(turned[0] as FindingRow, turned.at(-1) as FindingRow)).toBeGreaterThan(0);
  });

  it("has most points first also where the page of a finding, which asks for no points, was read before", async () => {
    const rows = ids((await ask("")).rows);
    await cluster.forget();
    await cluster.ask(getFinding, "", { id: rows[0] ?? "" });
    expect(ids((await ask("")).rows)).toEqual(rows);
  });
});
