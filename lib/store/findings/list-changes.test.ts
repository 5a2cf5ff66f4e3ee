import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { makeSnapshot } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";
import { countChanges } from "./count-changes";
import { listChanges } from "./list-changes";

const used = withDatabase("pglite");

it("takes what fails as soon as it can be judged for new, and only what failed before for reopened", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "c", name: "c", source: "demo" });
  const resources = [{ name: "a", content: "1" }];
  const both = { control: "known", on: "a" };
  const scans = [
    [both, { control: "unjudged", on: "a", state: "unknown" as const }],
    [{ control: "unjudged", on: "a", state: "unknown" as const }],
    [both, { control: "unjudged", on: "a" }],
  ];
  for (const verdicts of scans) await commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts }));
  const { counts, changes } = await listChanges(used.database.pool, id, 2, 3, 10);
  expect(counts).toMatchObject({ new: 1, reopened: 1 });
  expect(changes.map(({ change, finding }) => `${finding.controlId} ${change}`).sort()).toEqual(["known reopened", "unjudged new"]);
  const opened = await countChanges(used.database.pool, id, 2, 3);
  expect(opened.map(({ control, isNew }) => `${control} ${isNew}`).sort()).toEqual(["known false", "unjudged true"]);
});
