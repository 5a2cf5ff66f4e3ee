import { describe, expect, it } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import type { FindingResponse, FindingRow, ListFindingsResponse } from "@/lib/contracts/findings";
import { getDatabase } from "@/lib/store/database-handle";
import { chooseHistories } from "./testing-histories";
import { startScanned } from "./testing-scanned";
import { createVariedClusters } from "./testing-varied-cluster";

const { seeds, scans, database } = chooseHistories({ seeds: [601], scans: 4 });
const SCAN_MS = 60_000;
/** So many of all findings that were ever listed. */
const LINKS = 25;

/** How a row of a list says that it stands; undefined = it is not listed. */
const standsAs = (row: FindingRow | undefined) => row && [row.isStale ? "not-assessed" : row.state, row.severity].join();

/** What the timeline of a permalink says of a snapshot, in the same words: what another finding covered is in no list. */
function spanAt({ spans }: FindingResponse, seq: number): string | undefined {
  const span = spans.find(({ from, to }) => from.seq <= seq && (to === null || to.seq > seq));
  return span && span.state !== "covered" ? [span.state, span.severity].join() : undefined;
}

/** What a permalink says of its snapshot. */
function standingOf({ state, isStale, severity }: FindingResponse): string | undefined {
  if (isStale) return ["not-assessed", severity].join();
  return state === "open" || state === "manual" || state === "unknown" ? [state, severity].join() : undefined;
}

describe(`permalinks of a history on ${database}`, () => {
  it.each(seeds)(
    "say of each day what its list does, and of the end of each period what is stored, with seed %i",
    { timeout: 2 * scans * SCAN_MS },
    async (seed) => {
      const cluster = await startScanned(database);
      try {
        const world = createVariedClusters(seed);
        const days = new Map<number, ReadonlyMap<string, FindingRow>>();
        for (let scan = 1; scan <= scans; scan += 1) {
          const { objects, settings, refusals } = world.next().value;
          await cluster.save(settings);
          for (const refused of refusals) {
            const seq = await cluster.scan(objects, refused);
            const { rows, matching }: ListFindingsResponse = await cluster.ask(getFindings, `?limit=500&state=open,unknown,manual`);
            expect(rows.length).toBe(matching);
            days.set(seq, new Map(rows.map((row) => [row.id, row])));
          }
        }
        const ids = [...new Set([...days.values()].flatMap((rows) => [...rows.keys()]))];
        const differences: string[] = [];
        for (const id of ids.filter((_, at) => at % Math.ceil(ids.length / LINKS) === 0)) {
          const last: FindingResponse = await cluster.ask(getFinding, "", { id });
          for (const [seq, rows] of days) {
            const listed = standsAs(rows.get(id));
            const told = { "on that day": standingOf(await cluster.ask(getFinding, `?at=${seq}`, { id })), "in its timeline": spanAt(last, seq) };
            for (const [when, said] of Object.entries(told)) if (said !== listed) differences.push(`${id} of ${seq}: ${listed} in its list, ${said} ${when}`);
          }
          const { rows } = await getDatabase().pool.query<{ fixed: number; gone: number }>(
            `SELECT count(*) FILTER (WHERE closed_cause = 'fixed')::int AS fixed, count(*) FILTER (WHERE closed_cause = 'resource-gone')::int AS gone
           FROM finding_span s JOIN finding f ON f.id = s.finding_id WHERE f.public_id = $1 AND s.state = 'fail'`,
            [id],
          );
          const count = (begin: string) => last.story.filter((sentence) => sentence.startsWith(begin)).length;
          // What was mended before its object went is told to be gone, too.
          const isTold = count("It was fixed by") === rows[0]?.fixed && count("Its object was gone") >= rows[0].gone;
          if (!isTold) differences.push(`${id}: ${last.story.join(" ")} for ${JSON.stringify(rows[0])}`);
        }
        expect(differences).toEqual([]);
      } finally {
        await cluster.stop();
      }
    },
  );
});
