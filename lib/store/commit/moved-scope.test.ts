import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { listFindings } from "../findings/list-findings";
import { makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";

const used = withDatabase("pglite");

it("does not call an object changed that settings moved to the platform", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "moved", name: "Moved", source: "demo" });
  const commit = (scope: "workload" | "platform", verdicts: World["verdicts"]) => {
    const resources = ["cart", "web"].map((name) => ({ name, content: name === "web" ? scope : "as it was", scope }));
    return commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts, settingsChange: { fails: ["c1 cart", "c1 web"] } }));
  };
  await commit("workload", []);
  const failing = ["cart", "web"].map((on) => ({ control: "c1", on }));
  await commit("platform", failing);
  const options = { seq: 2, sinceSeq: 1, filter: {}, tab: "opened", order: "object", isReversed: false, cursor: null, limit: 10 } as const;
  const { rows } = await listFindings(used.database.pool, id, options);
  expect(rows.map(({ resource, openedCause }) => `${resource.name} ${openedCause}`)).toEqual(["cart changed-context", "web changed-resource"]);
});
