import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { toFingerprint } from "../digests";
import { keyOf, makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";
import { countChanges } from "./count-changes";
import { loadEnds } from "./load-ends";

const used = withDatabase("pglite");

const [KIND, TOLD] = ["apps/Deployment", "apps/Deployment known"];
const REFUSED: World = { resources: [], verdicts: [], staleKinds: [KIND] };
const FAILS: World = { resources: [{ name: "a", content: "1" }], verdicts: [{ control: "known", on: "a" }] };

async function makeCluster(slug: string, worlds: readonly World[]): Promise<number> {
  const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  const graver = toFingerprint("graver", keyOf("a"), "");
  for (const world of worlds) {
    const coveredBy = () => [{ fingerprint: graver }];
    await commitSnapshot(used.database.pool, { ...makeSnapshot(id, world), coveredBy });
  }
  return id;
}

it.each<[string, string, readonly World[], { readonly unread?: readonly string[]; readonly told?: readonly string[] }]>([
  [
    "nobody could read, and settings made fail",
    "settings",
    [REFUSED, { ...FAILS, returnedKinds: { [KIND]: null }, settingsChange: { fails: [] } }],
    { unread: [KIND] },
  ],
  ["nobody could read", "assessed", [REFUSED, { ...FAILS, returnedKinds: { [KIND]: null } }], { unread: [KIND] }],
  // An account that rights name is judged by them, listed or not.
  [
    "nobody could read, and its control told all the same",
    "changed-context",
    [REFUSED, { ...FAILS, returnedKinds: { [KIND]: null, [TOLD]: 1 } }],
    { unread: [KIND], told: [TOLD] },
  ],
  ["a graver finding covered since that very snapshot", "uncovered", [{ ...FAILS, verdicts: [{ control: "graver", on: "a" }] }, FAILS], {}],
])("tells of what %s at the earlier of two snapshots: %s", async (slug, cause, worlds, { unread = [], told = [] }) => {
  const counted = await countChanges(used.database.pool, await makeCluster(slug, worlds), { fromSeq: 1, toSeq: 2, unread, told });
  expect(counted.filter(({ change }) => change === "opened")).toMatchObject([{ control: "known", cause }]);
});

it("knows an account that is only named from the day on which it was", async () => {
  const named: World = { resources: [], verdicts: [{ control: "known", on: "a" }] };
  const { pool } = used.database;
  const id = await makeCluster("named", [{ resources: [], verdicts: [] }, named, FAILS]);
  const { rows } = await pool.query<{ id: number }>("SELECT id FROM finding_span WHERE cluster_id = $1 LIMIT 1", [id]);
  const span = rows[0]?.id ?? 0;
  const ends = await Promise.all([1, 2, 3].map(async (seq) => (await loadEnds(pool, id, [span], seq)).get(span)));
  expect(ends.map((end) => [end?.isThere, end?.manifest !== null])).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
});
