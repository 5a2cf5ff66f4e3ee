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

type Said = Partial<World["verdicts"][number]>;
interface Move {
  readonly to?: "workload" | "platform";
  readonly before?: Said;
  readonly after?: Said;
  /** Nobody could read it just before. */
  readonly isRefused?: boolean;
  readonly settingsChange?: World["settingsChange"];
}
const FAILS = { fails: ["c1 cart"] };
const IN_DOUBT = "It may be as grave as it was.";

/** What is stored of a failure that was counted with the workloads, in a scan that counts it with the platform, or `to` where it says; where it is less grave, it may still be as it was. */
async function move(slug: string, { to = "platform", before, after, isRefused = false, settingsChange }: Move) {
  const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  const worldOf = (scope: "workload" | "platform", said: Said = {}): World => ({
    resources: [{ name: "cart", content: "a", scope }],
    verdicts: [{ control: "c1", on: "cart", ...said }],
  });
  const refused = { resources: [], verdicts: [], staleKinds: ["apps/Deployment"] };
  const worlds = [worldOf("workload", before), ...(isRefused ? [refused] : []), { ...worldOf(to, after), ...(settingsChange && { settingsChange }) }];
  let counted: readonly unknown[] = [];
  for (const world of worlds) {
    const { counts } = await commitSnapshot(used.database.pool, { ...makeSnapshot(id, world), findBlur: async () => IN_DOUBT });
    counted = [counts.closed.workload, counts.opened.workload, counts.closed.platform, counts.opened.platform];
  }
  const { rows } = await used.database.pool.query(
    "SELECT scope, open_since_seq AS since, opened_cause AS opened, closed_cause AS closed, stale_reason AS stale FROM finding_span WHERE cluster_id = $1 ORDER BY opened_seq",
    [id],
  );
  return [
    rows.map(({ scope, since, opened, closed, stale }) => `${scope} since ${since}: ${opened} to ${closed}${stale === null ? "" : `, ${stale}`}`),
    counted,
  ];
}

const spans = (closed: string, opened: string) => [`workload since 1: first-scan to ${closed}`, `platform since 1: ${opened} to null`];
const MOVED = [1, 0, 0, 1];

it.each<[string, Move, readonly [readonly string[], readonly number[]]]>([
  ["people count otherwise", { settingsChange: FAILS }, [spans("settings", "settings"), MOVED]],
  ["another release counts otherwise", { settingsChange: { ...FAILS, isByRelease: true } }, [spans("control-changed", "new-catalogue"), MOVED]],
  [
    "was accepted and is not any more",
    { to: "workload", before: { state: "waived" } },
    [
      ["workload since 1: first-scan to changed", "workload since 1: changed to null"],
      [0, 1, 0, 0],
    ],
  ],
  [
    "shows otherwise and stays, of which another release moves others,",
    { to: "workload", after: { note: "otherwise" }, settingsChange: { ...FAILS, isByRelease: true } },
    [
      ["workload since 1: first-scan to changed", "workload since 1: changed to null"],
      [0, 0, 0, 0],
    ],
  ],
  ["is on other objects now", {}, [spans("changed", "changed"), MOVED]],
  [
    "was not read when that was changed",
    { isRefused: true },
    [[`${spans("settings", "settings")[0]}, apps/Deployment is refused.`, spans("", "settings")[1] ?? ""], MOVED],
  ],
  ["is graver as well", { after: { severity: "critical" }, settingsChange: FAILS }, [spans("settings", "settings"), MOVED]],
  ["is less grave as well, by what people counted otherwise", { after: { severity: "low" }, settingsChange: FAILS }, [spans("settings", "settings"), MOVED]],
  ["may be less grave as well, by itself", { after: { severity: "low" } }, [[`workload since 1: first-scan to null, ${IN_DOUBT}`], [0, 0, 0, 0]]],
  ["people are asked to look at now", { after: { state: "manual" }, settingsChange: FAILS }, [spans("settings", "settings"), [1, 0, 0, 0]]],
  ["is accepted now", { after: { state: "waived" }, settingsChange: FAILS }, [spans("exception", "settings"), [1, 0, 0, 0]]],
  ["was accepted and is", { before: { state: "waived" }, after: { state: "waived" }, settingsChange: FAILS }, [spans("settings", "settings"), [0, 0, 0, 0]]],
])("tells what became of a failure that %s", async (title, moved, told) => {
  expect(await move(title, moved)).toEqual(told);
});
