import { describe, expect, it } from "vitest";
import type { Severity } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { countReasons } from "../findings/count-reasons";
import { findFinding } from "../findings/find-finding";
import type { FindingRecord } from "../findings/finding-record";
import { listChanges } from "../findings/list-changes";
import { loadEnds } from "../findings/load-ends";
import { forgetCluster } from "../forget-cluster";
import { makeSnapshot, type World } from "../testing/make-snapshot";
import { DATABASE_KINDS } from "../testing/test-databases";
import { withCommits } from "../testing/with-commits";
import type { SnapshotInput, StoredState } from "./commit-input";

type Verdict = World["verdicts"][number];
type History = (clusterId: number) => readonly SnapshotInput[];

const NAMES = ["a", "b", "c"];
const CONTROLS = ["c1", "c2", "c3"];
const SCANS = 8;
/** As an earlier release did: such spans are never gone on with, so each time is a span of its own. */
const KEEP_IN_SPANS = `UPDATE finding_span s SET evidence = e.body, reason = e.reason FROM evidence e
  WHERE s.cluster_id = $1 AND s.evidence IS NULL AND e.cluster_id = $1 AND e.digest = s.digest`;

/** Verdicts of every state that drift, and of which some cannot be told for one of two reasons, in each scan others; beside all else that spans bear. */
function withDrift(seed: number): History {
  let state = seed;
  const below = (count: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % count;
  };
  const is = (percent: number): boolean => below(100) < percent;
  const pick = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];
  const lasting = new Map<string, Pick<Verdict, "state" | "note" | "severity"> | null>();
  const scopes = new Map<string, Scope>();
  const worlds = Array.from({ length: SCANS }, (_, at): World => {
    const why = at % 2 === 0 ? null : pick(["Nobody reads Secrets.", "Nobody reads Secrets.", "Nobody reads Pods."]);
    const untold = new Set(CONTROLS.filter(() => why !== null && is(70)));
    const gone = is(15) ? pick(["a", "b"]) : null;
    const staleKinds = is(15) ? ["apps/Deployment"] : [];
    const hasMoved = is(20);
    const names = staleKinds.length > 0 ? [] : NAMES.filter((name) => name !== gone);
    for (const name of NAMES) if (hasMoved && is(50)) scopes.set(name, pick(["workload", "platform"]));
    for (const control of CONTROLS)
      for (const name of NAMES)
        if (!lasting.has(`${control} ${name}`) || is(8)) {
          const state = pick<StoredState | null>([null, null, null, "fail", "fail", "waived", "manual", "unknown"]);
          const severity = pick<Severity>(["high", "low"]);
          lasting.set(`${control} ${name}`, state && { state, severity, note: pick(["x", "y"]) });
        }
    const verdicts = CONTROLS.flatMap((control) =>
      names.flatMap((on): Verdict[] => {
        const told = lasting.get(`${control} ${on}`);
        if (why !== null && untold.has(control)) return [{ control, on, state: "unknown", severity: "high", note: why }];
        return told ? [{ control, on, ...told }] : [];
      }),
    );
    return {
      resources: names.map((name) => ({ name, content: `${below(3)}`, scope: scopes.get(name) ?? "workload" })),
      verdicts,
      staleKinds,
      ...(hasMoved && { settingsChange: { fails: [`c1 ${pick(["a", "b"])}`] } }),
    };
  });
  return (clusterId) => worlds.map((world) => makeSnapshot(clusterId, world));
}

function tell({ spanId: _, findingId: __, publicId: ___, ...told }: FindingRecord): string {
  return JSON.stringify(told);
}

describe.each(DATABASE_KINDS)("spans that hold again on %s", (kind) => {
  const { used, addCluster, commit, list } = withCommits(kind);
  const count = async (table: string, clusterId: number): Promise<number> =>
    (await used.database.pool.query(`SELECT count(*)::int AS n FROM ${table} WHERE cluster_id = $1`, [clusterId])).rows[0].n;

  /** What is said of every snapshot, between any two of them, and of every finding as of each. */
  async function tellAll(clusterId: number): Promise<Record<string, unknown>> {
    const { pool } = used.database;
    const said: Record<string, unknown> = {};
    const { rows } = await pool.query<{ id: string; key: string }>(
      "SELECT f.public_id AS id, f.control_id || ' ' || r.key AS key FROM finding f JOIN resource r ON r.id = f.resource_id WHERE f.cluster_id = $1",
      [clusterId],
    );
    for (let seq = 1; seq <= SCANS; seq += 1) {
      said[`open at ${seq}`] = (await list(clusterId, seq)).rows.map(tell);
      said[`reasons at ${seq}`] = (await countReasons(pool, clusterId, seq)).map((reason) => JSON.stringify(reason)).sort();
      for (const { id, key } of rows) said[`${key} at ${seq}`] = (await findFinding(pool, clusterId, id, seq))?.spans.map(tell);
      for (let since = 1; since < seq; since += 1) {
        const { counts, changes } = await listChanges(pool, clusterId, { fromSeq: since, toSeq: seq, unread: [] }, 500);
        const ends = await loadEnds(
          pool,
          clusterId,
          changes.map(({ finding }) => finding.spanId),
          since,
        );
        said[`from ${since} to ${seq}`] = [
          counts,
          changes.map(({ change, cause, finding }) => {
            const end = ends.get(finding.spanId);
            return `${change} ${cause} ${tell(finding)} ${end?.finding && tell(end.finding)} ${end?.isThere}`;
          }),
        ];
        for (const tab of ["opened", "closed"] as const) said[`${tab} from ${since} to ${seq}`] = (await list(clusterId, seq, since, tab)).rows.map(tell);
      }
    }
    return said;
  }

  it("cost a few rows for all findings that come back together, each time", async () => {
    const clusterId = await addCluster();
    const names = Array.from({ length: 40 }, (_, at) => `app-${at}`);
    const resources = names.map((name) => ({ name, content: "1" }));
    const untold = names.map((on) => ({ control: "c1", on, state: "unknown" as const, note: "Nobody reads Secrets." }));
    await commit(clusterId, { resources, verdicts: [] });
    const written: number[] = [];
    for (const verdicts of [untold, [], untold, [], untold, untold, untold.slice(0, 10), []])
      written.push((await commit(clusterId, { resources, verdicts })).transitions);
    expect(written).toEqual([81, 40, 1, 1, 1, 0, 2, 1]);
    expect([await count("finding_span", clusterId), await count("span_again", clusterId)]).toEqual([40, 3]);
  });

  it("are of the scope that they are in by then, and stale for the reason of then", async () => {
    const clusterId = await addCluster();
    const asked: World = {
      resources: [{ name: "cart", content: "1" }],
      verdicts: [{ control: "c1", on: "cart", state: "unknown", note: "Nobody reads Secrets." }],
    };
    const answered = { ...asked, verdicts: [] };
    const moved: World = { ...asked, resources: [{ name: "cart", content: "1", scope: "platform" }] };
    const refused: World = { resources: [], verdicts: [], staleKinds: ["apps/Deployment"] };
    for (const world of [asked, answered, asked, refused, asked, answered, moved]) await commit(clusterId, world);
    const told = async (seq: number) => (await list(clusterId, seq)).rows.map(({ scope, staleSince, staleReason }) => [scope, staleSince?.seq, staleReason]);
    expect(await Promise.all([1, 3, 4, 5, 7].map(told))).toEqual([
      [["workload", undefined, null]],
      [["workload", undefined, null]],
      [["workload", 4, "apps/Deployment is refused."]],
      [["workload", undefined, null]],
      [["platform", undefined, null]],
    ]);
    expect(await count("span_again", clusterId)).toBe(1);
  });

  it.each([5, 7])("tell what spans of their own would, in made-up history %i", { timeout: 120_000 }, async (seed) => {
    const history = withDrift(seed);
    const { pool, prisma } = used.database;
    const [clusterId, plainId] = [await addCluster(), await addCluster()];
    const neighbour = await saveCluster(prisma, { slug: `n-${clusterId}`, name: "N", source: "demo" });
    const [own, plain, near] = [history(clusterId), history(plainId), history(neighbour.id).slice(0, SCANS / 2)];
    for (let at = 0; at < SCANS; at += 1) {
      for (const scan of [own[at], plain[at], near[at]]) if (scan) await commitSnapshot(pool, scan);
      await pool.query(KEEP_IN_SPANS, [plainId]);
      if (at === near.length) await forgetCluster(used.database, neighbour.slug, neighbour.slug);
    }
    expect(await tellAll(clusterId)).toEqual(await tellAll(plainId));
    expect([await count("span_again", clusterId), await count("span_again", plainId)]).toEqual([expect.toSatisfy((rows) => rows > 1), 0]);
  });
});
