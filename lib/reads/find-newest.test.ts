import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { commitSnapshot } from "@/lib/store/commit-snapshot";
import { setDatabase } from "@/lib/store/database-handle";
import { makeSnapshot } from "@/lib/store/testing/make-snapshot";
import { withDatabase } from "@/lib/store/testing/with-database";
import { getShell } from "./get-shell";
import { openReader } from "./open-reader";

interface Kept {
  readonly read: unknown;
  readonly asked: readonly unknown[];
  readonly answer: unknown;
}

/** What is kept for the page that is being made; null = none is, as in the API. */
const page = vi.hoisted((): { kept: Kept[] | null } => ({ kept: null }));

// Outside of a server component React keeps nothing: here it keeps for one page, by the very arguments, as it does there.
vi.mock("react", async (load) => ({
  ...(await load<object>()),
  cache:
    <A extends readonly unknown[], T>(read: (...asked: A) => T) =>
    (...asked: A): T => {
      const known = page.kept?.find((one) => one.read === read && one.asked.every((part, at) => Object.is(part, asked[at])));
      if (known) return known.answer as T; // safe: what `read` answered
      const answer = read(...asked);
      page.kept?.push({ read, asked, answer });
      return answer;
    },
}));

const used = withDatabase("pglite");
let id = 0;
const scan = (day: number) => commitSnapshot(used.database.pool, makeSnapshot(id, { resources: [], verdicts: [], takenAt: new Date(Date.UTC(2026, 10, day)) }));

beforeAll(async () => {
  setDatabase(used.database);
  id = (await saveCluster(used.database.prisma, { slug: "c", name: "c", source: "demo" })).id;
  await scan(1);
});
afterAll(() => setDatabase(null));

const frame = async () => (await getShell("c")).shell.snapshots.map(({ seq }) => seq);

it("shows one snapshot as the newest in a page and in its frame, whichever is read first, though a scan is done in between", async () => {
  page.kept = [];
  expect(await frame()).toEqual([1]);
  await scan(2);
  expect(await openReader("c", {})).toMatchObject({ at: { seq: 1 }, isNow: true });
  page.kept = [];
  expect(await openReader("c", {})).toMatchObject({ at: { seq: 2 }, isNow: true });
  await scan(3);
  expect(await frame()).toEqual([2, 1]);
});

it("asks for the newest snapshot once while a page is made, and anew each time elsewhere", async () => {
  const query = vi.spyOn(used.database.pool, "query");
  const asked = () => query.mock.calls.filter(([sql]) => String(sql).includes("WHERE cluster_id = $1 ORDER BY seq DESC LIMIT 1")).length;
  page.kept = [];
  await Promise.all([getShell("c"), openReader("c", {}), openReader("c", { at: 1 })]);
  expect(asked()).toBe(1);
  page.kept = null;
  await openReader("c", {});
  await openReader("c", {});
  expect(asked()).toBe(3);
  query.mockRestore();
});
