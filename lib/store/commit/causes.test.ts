import { describe, expect, it } from "vitest";
import type { Pool } from "pg";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { type ChangeKind, listChanges } from "../findings/list-changes";
import { countChanges } from "../findings/count-changes";
import { CONTROLS, type ControlName, isInForce, isRead, type Judged, judgeOne, makeMoments, type Moment, toKey, toSnapshot } from "../testing/random-causes";
import { makeSnapshot } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";

const SCANS = 30;
const SEEDS = (process.env.CONCENTRIC_MEMORY_SEEDS ?? "1,2,21,46,52,1009").split(",").map(Number);

/** A finding as somebody would follow it through a full copy of every snapshot. */
interface Followed {
  /** Open, as it was assessed last, with why it opened and why it has that severity; null = it is not. */
  readonly open: { readonly severity: string; readonly openCause: string; readonly gradeCause: string; readonly since: number } | null;
  readonly told: readonly string[];
}

interface Frame {
  readonly moments: readonly Moment[];
  readonly control: ControlName;
  readonly object: string;
}

/** The last snapshot before `seq` that could say something of the object by this control, or that it was not there. */
function lastTold({ moments, control, object }: Frame, seq: number): number | null {
  for (let at = seq - 1; at >= 1; at -= 1) {
    const world = moments[at - 1] as Moment;
    if (!["unknown", "unread"].includes(judgeOne(control, object, world).state)) return at;
  }
  return null;
}

const fieldsOf = (moment: Moment, object: string) => moment.objects.get(object);

/** Whether the release is another one than at `then`, and nobody changed the field that failed since. */
function isByRelease(frame: Frame, then: Moment, now: Moment, { field }: Judged): boolean {
  return then.rules.release !== now.rules.release && fieldsOf(then, frame.object)?.[field] === fieldsOf(now, frame.object)?.[field];
}

const failsBy = ({ control, object }: Frame, now: Moment, then: Moment): boolean =>
  judgeOne(control, object, now, { ...then.rules, release: now.rules.release }).state === "fail";

function whyOpened(frame: Frame, seq: number, judged: Judged): string {
  const { moments, control, object } = frame;
  const [now, last] = [moments[seq - 1] as Moment, moments[seq - 2]];
  if (!last) return "first-scan";
  const told = lastTold(frame, seq);
  const then = told === null ? last : (moments[told - 1] as Moment);
  const wasSeen = moments.slice(told ?? 0, seq - 1).some((moment) => judgeOne(control, object, moment).state === "unknown");
  if (told !== null && !wasSeen && !fieldsOf(then, object)) return "new-resource";
  const isKnown = told !== null && fieldsOf(then, object) !== undefined;
  if (!failsBy(frame, now, isKnown ? then : last)) return "settings";
  if (isKnown && then.rules.release !== now.rules.release) {
    if (!isInForce(control, then.rules)) return "new-control";
    if (isByRelease(frame, then, now, judged)) return "new-catalogue";
  }
  if (told !== seq - 1) return "assessed";
  if (judgeOne(control, object, last).state === "subsumed" && fieldsOf(last, object)?.b === fieldsOf(now, object)?.b) return "uncovered";
  return JSON.stringify(fieldsOf(then, object)) === JSON.stringify(fieldsOf(now, object)) ? "changed-context" : "changed-resource";
}

function whyClosed(frame: Frame, seq: number, judged: Judged): string {
  const { moments, control } = frame;
  const now = moments[seq - 1] as Moment;
  if (judged.state === "absent") return "resource-gone";
  if (!isInForce(control, now.rules)) return "control-off";
  const then = moments[(lastTold(frame, seq) ?? 1) - 1] as Moment;
  if (failsBy(frame, now, then)) return "settings";
  if (isByRelease(frame, then, now, judged)) return "control-changed";
  return judged.state === "subsumed" ? "subsumed" : "fixed";
}

function whyRegraded(frame: Frame, seq: number, judged: Judged): string {
  const [now, then] = [frame.moments[seq - 1] as Moment, frame.moments[(lastTold(frame, seq) ?? 1) - 1] as Moment];
  if (frame.control === "weighed" && then.rules.isHeavy !== now.rules.isHeavy) return "reweighted";
  return isByRelease(frame, then, now, judged) ? "regraded" : "changed";
}

/** What became of one finding, snapshot by snapshot. `sinceOf` = since when the store says that it fails, of what it says was covered before. */
function follow(frame: Frame, sinceOf: (seq: number) => number): readonly Followed[] {
  const begun = new Map<number, string>();
  let open: Followed["open"] = null;
  let last: Followed["open"] = null;
  let isCovered = false;
  return frame.moments.map((now, at) => {
    const seq = at + 1;
    const judged = judgeOne(frame.control, frame.object, now);
    const told: string[] = [];
    const isHidden = judged.state === "unknown" || (judged.state === "unread" && isInForce(frame.control, now.rules));
    if ((open || (isCovered && judged.state !== "subsumed")) && !isHidden && judged.state !== "fail") {
      const why = judged.state === "unread" ? "control-off" : whyClosed(frame, seq, judged);
      told.push(`closed ${why}`);
      isCovered = why === "subsumed";
      open = null;
    } else if (open && judged.state === "fail" && judged.severity !== open.severity) {
      const cause = whyRegraded(frame, seq, judged);
      told.push(`rated ${cause}`);
      open = { ...open, severity: judged.severity, gradeCause: cause };
    } else if (!open && judged.state === "fail") {
      const why = whyOpened(frame, seq, judged);
      isCovered = false;
      told.push(`opened ${why}`);
      const since = why === "uncovered" ? sinceOf(seq) : seq;
      if (since === seq) begun.set(seq, why);
      const openCause = begun.get(since) ?? why;
      open = { severity: judged.severity, openCause, gradeCause: last?.severity === judged.severity ? last.gradeCause : why, since };
    }
    last = open ?? last;
    return { open, told };
  });
}

async function readTold(pool: Pool, clusterId: number): Promise<ReadonlyMap<string, string[]>> {
  const { rows } = await pool.query<{ finding: string; seq: number; told: string }>(
    `WITH s AS (SELECT s.*, f.control_id || ' ' || r.key AS finding, lag(s.state) OVER w AS was, lag(s.closed_seq) OVER w AS until,
        lead(s.state) OVER w AS next, lead(s.opened_seq) OVER w AS after
      FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id WHERE s.cluster_id = $1
      WINDOW w AS (PARTITION BY s.finding_id ORDER BY s.opened_seq, s.id))
     SELECT finding, opened_seq AS seq, CASE WHEN was = 'fail' AND until = opened_seq THEN 'rated ' ELSE 'opened ' END || opened_cause AS told
     FROM s WHERE state = 'fail' AND opened_cause <> 'reread' AND opened_seq IS DISTINCT FROM closed_seq
     UNION ALL SELECT finding, closed_seq, 'closed ' || closed_cause FROM s
     WHERE state = 'fail' AND closed_seq IS NOT NULL AND (after IS DISTINCT FROM closed_seq OR next <> 'fail')`,
    [clusterId],
  );
  const told = new Map<string, string[]>();
  for (const row of rows) told.set(`${row.finding} ${row.seq}`, [...(told.get(`${row.finding} ${row.seq}`) ?? []), row.told].sort());
  return told;
}

/** Since when what was covered before fails, by finding and snapshot. */
async function readSince(pool: Pool, clusterId: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ finding: string; seq: number; since: number }>(
    `SELECT f.control_id || ' ' || r.key AS finding, s.opened_seq AS seq, s.open_since_seq AS since
     FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id WHERE s.cluster_id = $1
       AND s.opened_cause = 'uncovered' AND s.opened_seq IS DISTINCT FROM s.closed_seq`,
    [clusterId],
  );
  return new Map(rows.map(({ finding, seq, since }) => [`${finding} ${seq}`, since]));
}

/** Whether it failed then, and nothing that was read in between says that it did not. */
function hasFailedSince({ moments, control, object }: Frame, since: number, seq: number): boolean {
  const states = moments.slice(since - 1, seq).map((moment) => judgeOne(control, object, moment).state);
  return states[0] !== "unread" && states.every((state) => state === "fail" || state === "subsumed" || state === "unread");
}

const rank = (severity: string): number => ["critical", "high", "medium", "low"].indexOf(severity);

/** What a comparison of two snapshots says of one finding; null = nothing. */
function compare(frame: Frame, followed: readonly Followed[], since: number, at: number): ChangeKind | null {
  const [before, after] = [followed[since - 1]?.open ?? null, followed[at - 1]?.open ?? null];
  const then = frame.moments[since - 1] as Moment;
  const between = followed.slice(since, at).flatMap(({ told }) => told);
  const kind = frame.object.split("/")[0] ?? "";
  if (before && !after) {
    const cause = between.findLast((told) => told.startsWith("closed"))?.slice("closed ".length);
    const lastRead = frame.moments.slice(0, at).findLast((moment) => isRead(moment, kind));
    if (cause === "resource-gone" && !lastRead?.objects.has(frame.object)) return "gone";
    return cause === "fixed" ? "fixed" : "other-closed";
  }
  if (!after) return null;
  if (before) {
    if (rank(after.severity) >= rank(before.severity)) return null;
    if (["settings", "reweighted"].includes(after.gradeCause)) return "worsened-by-settings";
    return ["regraded", "new-control", "new-catalogue"].includes(after.gradeCause) ? "worsened-by-control" : "worsened";
  }
  // What ends though it was not open was covered: it failed then, whatever made it fail once more.
  const wasCovered = after.since <= since || between[0]?.startsWith("closed");
  if (wasCovered) return isRead(then, kind) ? "uncovered" : "assessed";
  const firstRead = frame.moments.findIndex((moment) => isRead(moment, kind) && moment.objects.has(frame.object)) + 1;
  const firstTold =
    followed.findIndex((_, index) => ["fail", "unknown"].includes(judgeOne(frame.control, frame.object, frame.moments[index] as Moment).state)) + 1;
  const isFirst = firstRead <= since || firstRead === firstTold;
  if (isFirst && after.openCause === "settings") return "opened-by-settings";
  if (isFirst && after.openCause === "new-control") return "new-control";
  if (isFirst && after.openCause === "new-catalogue") return "opened-by-control";
  const state = judgeOne(frame.control, frame.object, then).state;
  if (state === "unknown" || !isRead(then, kind)) return "assessed";
  return followed.slice(0, since).some(({ open }) => open !== null) ? "reopened" : "new";
}

describe("the causes of all that opens, ends and is rated otherwise", () => {
  const used = withDatabase("pglite");

  it.each(SEEDS)("are those that a full copy of every snapshot tells, with seed %i", async (seed) => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: `causes-${seed}`, name: "C", source: "demo" });
    const ids = JSON.stringify(CONTROLS.map((control) => ({ id: control })));
    await pool.query(
      `INSERT INTO catalogue (version, controls) SELECT 'r' || n, CASE WHEN n = 1 THEN $1::jsonb ELSE $2::jsonb END FROM generate_series(1, 3) AS n
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(CONTROLS.filter((control) => control !== "late").map((control) => ({ id: control }))), ids],
    );
    // Every moment is scanned twice: nothing changed the second time.
    const moments = makeMoments(seed, SCANS).flatMap((moment) => [moment, moment]);
    const unchanged: number[] = [];
    for (let seq = 1; seq <= moments.length; seq += 1) {
      const { transitions } = await commitSnapshot(pool, toSnapshot(id, moments.slice(0, seq), new Date(Date.UTC(2026, 0, 1, seq))));
      if (seq % 2 === 0) unchanged.push(transitions);
    }
    expect(new Set(unchanged)).toEqual(new Set([0]));
    const told = await readTold(pool, id);
    const objects = [...new Set(moments.flatMap((moment) => [...moment.objects.keys()]))].filter((object) => !object.startsWith("Policy/"));
    const frames = CONTROLS.flatMap((control) => objects.map((object): Frame => ({ moments, control, object })));
    const since = await readSince(pool, id);
    const all = frames.map((frame) => {
      const name = `${frame.control} ${toKey(frame.object)}`;
      return { frame, followed: follow(frame, (seq) => since.get(`${name} ${seq}`) ?? seq) };
    });
    const claimed = frames.flatMap((frame) =>
      moments.flatMap((_, at) => {
        const from = since.get(`${frame.control} ${toKey(frame.object)} ${at + 1}`);
        return from === undefined ? [] : [[frame.object, at + 1, from, hasFailedSince(frame, from, at + 1)] as const];
      }),
    );
    expect(claimed.filter(([, , , isTrue]) => !isTrue)).toEqual([]);
    const [expected, found]: string[][] = [[], []];
    for (const { frame, followed } of all)
      for (const [at, { told: should }] of followed.entries()) {
        const name = `${frame.control} ${toKey(frame.object)} ${at + 1}`;
        expected?.push(`${name}: ${[...should].sort().join(", ")}`);
        found?.push(`${name}: ${(told.get(name) ?? []).join(", ")}`);
      }
    expect(found).toEqual(expected);

    for (let since = 1; since < moments.length; since += 6)
      for (let at = since + 1; at <= moments.length; at += 5) {
        const then = moments[since - 1] as Moment;
        const unread = ["Deployment", "StatefulSet", "Source"].filter((kind) => !isRead(then, kind)).map((kind) => `apps/${kind}`);
        const range = { fromSeq: since, toSeq: at, unread };
        const {
          changes,
          counts: { workload: counts },
        } = await listChanges(pool, id, range, 500);
        const shown = changes.map(({ change, finding }) => `${finding.controlId} ${finding.resourceKey} ${change}`).sort();
        const should = all.flatMap(({ frame, followed }) => {
          const change = compare(frame, followed, since, at);
          return change === null ? [] : [`${frame.control} ${toKey(frame.object)} ${change}`];
        });
        expect([since, at, shown]).toEqual([since, at, should.sort()]);
        const counted = await countChanges(pool, id, range);
        const sumOf = (change: string, ...causes: string[]) =>
          counted.filter((row) => row.change === change && causes.includes(row.cause)).reduce((sum, { count }) => sum + count, 0);
        expect(counted.filter(({ change, cause }) => change === "regraded" && cause === "uncovered")).toEqual([]);
        expect([
          sumOf("opened", "settings"),
          sumOf("opened", "new-control"),
          sumOf("opened", "new-catalogue"),
          sumOf("opened", "assessed"),
          sumOf("opened", "uncovered"),
        ]).toEqual([counts["opened-by-settings"], counts["new-control"], counts["opened-by-control"], counts.assessed, counts.uncovered]);
      }
  });

  it("asks of an open question that is answered what judged its object before it, unless nothing ever did", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "questions", name: "C", source: "demo" });
    const of = (names: readonly string[], content = "a") => names.map((name) => ({ name, content }));
    const say = (state: "fail" | "unknown", names: readonly string[]) => names.map((on) => ({ control: "c1", on, state }));
    const all = ["late", "moved", "same"];
    await commitSnapshot(pool, makeSnapshot(id, { resources: of(["moved", "same"]), verdicts: [] }));
    await commitSnapshot(pool, makeSnapshot(id, { resources: of(all), verdicts: say("unknown", all) }));
    const changed = [...of(["late", "same"]), ...of(["moved"], "b")];
    await commitSnapshot(pool, makeSnapshot(id, { catalogueVersion: "2", resources: changed, verdicts: say("unknown", all) }));
    await commitSnapshot(pool, makeSnapshot(id, { catalogueVersion: "2", resources: changed, verdicts: say("fail", all) }));
    const { rows } = await pool.query<{ told: string }>(
      `SELECT r.name || ' ' || s.opened_cause AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
       WHERE s.cluster_id = $1 AND s.opened_seq = 4 ORDER BY 1`,
      [id],
    );
    // Another release judged "same" when it passed, and nobody touched it since; somebody changed the very field of "moved"; nothing ever judged "late".
    expect(rows.map(({ told }) => told)).toEqual(["late assessed", "moved assessed", "same new-catalogue"]);
  });

  it("are asked of the very snapshot that told last: what was gone in it, changed by it or never told is known for no time before", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "told-last", name: "C", source: "demo" });
    const say = (state: "fail" | "unknown", ...names: readonly string[]) => names.map((on) => ({ control: "c1", on, state }));
    const there = (...contents: readonly (readonly [string, string])[]) => contents.map(([name, content]) => ({ name, content }));
    const now = there(["back", "a"], ["changed", "b"], ["late", "a"]);
    const days = [
      { resources: there(["back", "a"], ["changed", "a"], ["late", "a"]), verdicts: say("unknown", "late") },
      { resources: there(["changed", "b"], ["late", "a"]), verdicts: say("unknown", "late") },
      { resources: now, verdicts: say("unknown", "back", "changed", "late") },
      { resources: now, verdicts: say("fail", "back", "changed", "late"), catalogueVersion: "2" },
    ];
    for (const day of days) await commitSnapshot(pool, makeSnapshot(id, day));
    const { rows } = await pool.query<{ told: string }>(
      `SELECT r.name || ' ' || s.opened_cause AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
       WHERE s.cluster_id = $1 AND s.opened_seq = 4 ORDER BY 1`,
      [id],
    );
    expect(rows.map(({ told }) => told)).toEqual(["back assessed", "changed new-catalogue", "late assessed"]);
  });
});
