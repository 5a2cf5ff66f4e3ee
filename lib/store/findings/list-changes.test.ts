import { afterAll, beforeAll, expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import type { Database } from "../open-database";
import { makeSnapshot } from "../testing/make-snapshot";
import { startDatabases, type TestDatabases } from "../testing/test-databases";
import { countChanges } from "./count-changes";
import { listChanges } from "./list-changes";

let databases: TestDatabases;
let database: Database;
beforeAll(async () => {
  databases = await startDatabases("pglite");
  database = await databases.open();
}, 60_000);
afterAll(() => databases.stop());

it("takes what fails as soon as it can be judged for new, and only what failed before for reopened", async () => {
  const { id } = await saveCluster(database.prisma, { slug: "c", name: "c", source: "demo" });
  const resources = [{ name: "a", content: "1" }];
  const both = { control: "known", on: "a" };
  const scans = [
    [both, { control: "unjudged", on: "a", state: "unknown" as const }],
    [{ control: "unjudged", on: "a", state: "unknown" as const }],
    [both, { control: "unjudged", on: "a" }],
  ];
  for (const verdicts of scans) await commitSnapshot(database.pool, makeSnapshot(id, { resources, verdicts }));
  const { counts, changes } = await listChanges(database.pool, id, 2, 3, 10);
  expect(counts).toMatchObject({ new: 1, reopened: 1 });
  expect(changes.map(({ change, finding }) => `${finding.controlId} ${change}`).sort()).toEqual(["known reopened", "unjudged new"]);
  const opened = await countChanges(database.pool, id, 2, 3);
  expect(opened.map(({ control, isNew }) => `${control} ${isNew}`).sort()).toEqual(["known false", "unjudged true"]);
});
