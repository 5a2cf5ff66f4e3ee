import { describe, expect, it } from "vitest";
import { record } from "@/lib/model/json";
import { listClusters, saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { listManifestPage, listManifests } from "./list-manifests";
import { listTallies } from "./tallies";
import { makeSnapshot } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

const NAMES = ["ab", "b", "aa", "z", "a-1", "a"];

/** The server of the tests sorts by a language that puts "aa" behind "z". */
describe.each(DATABASE_KINDS)("the order of texts on %s", (kind) => {
  const used = withDatabase(kind);

  it("is that of their characters, for manifests and for statistics", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "c", name: "C", source: "demo" });
    const resources = NAMES.map((name) => ({ name, content: "x" }));
    const { seq } = await commitSnapshot(pool, makeSnapshot(id, { resources, verdicts: [], tallies: NAMES.map((key) => ({ key, n: 1 })) }));
    const kinds = ["Deployment"];
    const manifests = await listManifests(pool, id, seq, { kinds, namespace: null, limit: 10 });
    const sorted = NAMES.toSorted();
    expect(manifests?.map((manifest) => record(record(manifest).metadata).name)).toEqual(sorted);
    expect((await listTallies(pool, id, seq)).map(({ key }) => key)).toEqual(sorted);
  });

  it("leaves out no manifest between two pages", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "paged", name: "P", source: "demo" });
    const { seq } = await commitSnapshot(pool, makeSnapshot(id, { resources: NAMES.map((name) => ({ name, content: "x" })), verdicts: [] }));
    const found: unknown[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page = await listManifestPage(pool, id, seq, { kinds: ["Deployment"], after, limit: 2 });
      found.push(...page.manifests.map((manifest) => record(record(manifest).metadata).name));
      after = page.next;
    }
    expect(found.toSorted()).toEqual(NAMES.toSorted());
  });

  it("is that of people for clusters, the demo last", async () => {
    const { prisma } = used.database;
    await prisma.cluster.deleteMany();
    for (const name of ["Zoo", "aa", "yard", "Apple"])
      await saveCluster(prisma, { slug: name.toLowerCase(), name, source: "kubeconfig", isDemo: name === "aa" });
    expect((await listClusters(prisma)).map(({ name }) => name)).toEqual(["Apple", "yard", "Zoo", "aa"]);
  });
});
