import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { toFingerprint } from "../digests";
import { keyOf, makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";
import { countChanges } from "./count-changes";
import { listChanges } from "./list-changes";

const used = withDatabase("pglite");

it("calls nothing new that nobody could judge before, and only what failed before reopened", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "c", name: "c", source: "demo" });
  const resources = [{ name: "a", content: "1" }];
  const both = { control: "known", on: "a" };
  const scans = [
    [both, { control: "unjudged", on: "a", state: "unknown" as const }],
    [{ control: "unjudged", on: "a", state: "unknown" as const }],
    [both, { control: "unjudged", on: "a" }],
  ];
  for (const verdicts of scans) await commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts }));
  const { counts, changes } = await listChanges(used.database.pool, id, { fromSeq: 2, toSeq: 3, unread: [] }, 10);
  expect(counts.workload).toMatchObject({ new: 0, assessed: 1, reopened: 1 });
  expect(changes.map(({ change, finding }) => `${finding.controlId} ${change}`).sort()).toEqual(["known reopened", "unjudged assessed"]);
  const opened = await countChanges(used.database.pool, id, { fromSeq: 2, toSeq: 3, unread: [] });
  expect(opened.map(({ control, isNew }) => `${control} ${isNew}`).sort()).toEqual(["known false", "unjudged true"]);
});

it("counts what changed in each scope, however few are listed", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "scopes", name: "scopes", source: "demo" });
  const resources = ["a", "b", "c", "p", "q"].map((name) => ({ name, content: "1", scope: name < "p" ? ("workload" as const) : ("platform" as const) }));
  const scan = (severity: "low" | "high") =>
    commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts: resources.map(({ name }) => ({ control: "known", on: name, severity })) }));
  await scan("low");
  await scan("high");
  for (const [limit, listed] of [
    [0, 0],
    [1, 2],
    [10, 5],
  ] as const) {
    const { counts, changes } = await listChanges(used.database.pool, id, { fromSeq: 1, toSeq: 2, unread: [] }, limit);
    expect([counts.workload.worsened, counts.platform.worsened, counts.workload.new, changes.length]).toEqual([3, 2, 0, listed]);
  }
});

it("tells why a finding opened, whatever else was found of it since", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "since", name: "since", source: "demo" });
  const commit = (content: string, note: string | null, scope: "workload" | "platform" = "workload") =>
    commitSnapshot(
      used.database.pool,
      makeSnapshot(id, { resources: [{ name: "a", content, scope }], verdicts: note === null ? [] : [{ control: "known", on: "a", note }] }),
    );
  await commit("1", null);
  await commit("2", "one");
  await commit("3", "two");
  const range = { fromSeq: 1, toSeq: 3, unread: [] };
  expect((await listChanges(used.database.pool, id, range, 10)).counts.workload).toMatchObject({ new: 1, "opened-by-settings": 0 });
  expect(await countChanges(used.database.pool, id, range)).toMatchObject([{ change: "opened", cause: "changed-resource" }]);
  // It passes to the platform by what people did to the object, not by settings.
  await commit("4", "two", "platform");
  const moved = { fromSeq: 3, toSeq: 4, unread: [] };
  const { counts } = await listChanges(used.database.pool, id, moved, 10);
  expect([counts.workload["other-closed"], counts.platform["opened-by-settings"]]).toEqual([1, 0]);
});

it("lists what changed in one order, in whichever order it was found", async () => {
  const names = ["b", "a", "d", "c"];
  const listed = async (slug: string, found: readonly string[], limit: number) => {
    const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
    const resources = names.map((name) => ({ name, content: "1" }));
    const verdicts = found.flatMap((on) => ["k2", "k1"].map((control) => ({ control, on })));
    for (const now of [[], [{ control: "k3", on: "a" }], [{ control: "k3", on: "a" }, ...verdicts]])
      await commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts: now }));
    const { changes } = await listChanges(used.database.pool, id, { fromSeq: 1, toSeq: 3, unread: [] }, limit);
    return changes.map(({ finding }) => `${finding.resource.name} ${finding.controlId}`);
  };
  const order = ["a k1", "a k2", "b k1", "b k2", "c k1", "c k2", "d k1", "d k2", "a k3"];
  expect(await listed("one", names, 20)).toEqual(order);
  expect(await listed("other", names.toReversed(), 20)).toEqual(order);
  expect(await listed("few", names.toReversed(), 3)).toEqual(order.slice(0, 3));
});

it("lists the gravest first, and where there are too many those alone, however old they are", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "grave", name: "grave", source: "demo" });
  const resources = ["a", "b", "c"].map((name) => ({ name, content: "1" }));
  const verdicts = [
    { control: "known", on: "b", severity: "critical" as const },
    { control: "known", on: "a", severity: "low" as const },
    { control: "known", on: "c", severity: "high" as const },
  ];
  for (const found of [0, 1, 2, 3]) await commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts: verdicts.slice(0, found) }));
  const listed = async (limit: number) =>
    (await listChanges(used.database.pool, id, { fromSeq: 1, toSeq: 4, unread: [] }, limit)).changes.map(({ finding }) => finding.severity);
  expect([await listed(3), await listed(2), await listed(1)]).toEqual([["critical", "high", "low"], ["critical", "high"], ["critical"]]);
});

it("takes for gone what was not there at the end, and for replaced only what was there again by then", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "back", name: "back", source: "demo" });
  const resources = [{ name: "a", content: "1" }];
  for (const world of [
    { resources, verdicts: [{ control: "known", on: "a" }] },
    { resources: [], verdicts: [] },
    { resources, verdicts: [] },
  ])
    await commitSnapshot(used.database.pool, makeSnapshot(id, world));
  const causes = async (toSeq: number) => (await countChanges(used.database.pool, id, { fromSeq: 1, toSeq, unread: [] })).map(({ cause }) => cause);
  expect([await causes(2), await causes(3)]).toEqual([["resource-gone"], ["replaced"]]);
});

it.each([
  { told: "new changed-context", scope: "workload", scans: ["unknown", "", "unknown", "", "graver", "fail"] },
  { told: "opened-by-control new-catalogue", scope: "workload", scans: ["", "", "unknown", "graver", "fail"], release: "2" },
  { told: "opened-by-settings settings", scope: "platform", scans: ["", "fail", "", "unknown", "", "graver", "fail"] },
] as const)("tells $told of what began as a question, and failed only later under a graver finding", async ({ told, scope, scans, release = "1" }) => {
  const slug = told.replace(/.* /, "was-");
  const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  const [graver, lesser] = ["graver", "lesser"].map((control) => toFingerprint(control, keyOf("a"), ""));
  for (const [at, is] of scans.entries()) {
    const found = {
      unknown: [{ control: "lesser", on: "a", state: "unknown" }],
      graver: [{ control: "graver", on: "a" }],
      fail: [{ control: "lesser", on: "a" }],
      "": [],
    } as const;
    const world: World = {
      resources: [{ name: "a", content: "1", scope: at > 2 ? scope : "workload" }],
      verdicts: found[is],
      catalogueVersion: at > 1 ? release : "1",
    };
    await commitSnapshot(used.database.pool, {
      ...makeSnapshot(id, world),
      whyUnfixed: (fingerprint) => (is === "graver" && fingerprint === lesser ? "subsumed" : null),
      coveredBy: ({ controlId }) => (controlId === "lesser" && graver ? [{ fingerprint: graver }] : []),
    });
  }
  const { changes } = await listChanges(used.database.pool, id, { fromSeq: 2, toSeq: scans.length, unread: [] }, 10);
  expect(changes.filter(({ finding }) => finding.scope === scope).map(({ change, cause }) => `${change} ${cause}`)).toEqual([told]);
});
