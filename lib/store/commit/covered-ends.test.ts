import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { toFingerprint } from "../digests";
import { keyOf, makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";
import { listMayBeOver } from "./covered-ends";
import type { KnownResource, KnownSpan } from "./open-state";

type Verdict = World["verdicts"][number];

const used = withDatabase("pglite");

const [GRAVER, LESSER] = ["graver", "lesser"];
const printOf = (control: string): string => toFingerprint(control, keyOf("web"), "");
const WEB = [{ name: "web", content: "a" }];

/** The lesser failure of one object fails, is covered, and does neither any more: the end of its period. */
async function endBy(slug: string, last: Partial<World>, isJudged = (_control: string): boolean => true, state: Verdict["state"] = "fail"): Promise<unknown> {
  const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  const { settingsChange: _, ...same } = last;
  const worlds: readonly World[] = [
    { resources: WEB, verdicts: [{ control: LESSER, on: "web", state }] },
    { resources: WEB, verdicts: [{ control: GRAVER, on: "web" }] },
    { resources: WEB, verdicts: [], ...last },
    { resources: WEB, verdicts: [], ...same },
  ];
  const transitions: number[] = [];
  for (const [at, world] of worlds.entries()) {
    const committed = await commitSnapshot(used.database.pool, {
      ...makeSnapshot(id, world),
      whyUnfixed: (fingerprint) => (at === 1 && fingerprint === printOf(LESSER) ? "subsumed" : null),
      isJudged: (control) => at < 2 || isJudged(control),
      coveredBy: ({ controlId }) => (controlId === LESSER ? [{ fingerprint: printOf(GRAVER) }] : []),
      getWereCovered: () => ({ ofSubject: new Map([[GRAVER, [LESSER]]]), ofOthers: [], elsewhere: [] }),
    });
    transitions.push(committed.transitions);
  }
  const { rows } = await used.database.pool.query(
    `SELECT s.opened_seq, s.closed_seq, s.open_since_seq, s.closed_cause FROM finding_span s JOIN finding f ON f.id = s.finding_id
     WHERE s.cluster_id = $1 AND f.control_id = $2 ORDER BY s.opened_seq`,
    [id, LESSER],
  );
  expect(rows[0]).toEqual({ opened_seq: 1, closed_seq: 2, open_since_seq: 1, closed_cause: "subsumed" });
  return { ...rows[1], spans: rows.length, last: transitions.at(-1) };
}

const END = { opened_seq: 3, closed_seq: 3, open_since_seq: 1, spans: 2, last: 0 };

it("ends what was covered once, for what ended its graver finding", async () => {
  expect(await endBy("mended", {})).toEqual({ ...END, closed_cause: "fixed" });
  expect(await endBy("settings", { settingsChange: { fails: [`${GRAVER} web`] } })).toEqual({ ...END, closed_cause: "settings" });
  expect(await endBy("gone", { resources: [] })).toEqual({ ...END, closed_cause: "resource-gone" });
  expect(await endBy("off", {}, (control) => control !== GRAVER)).toEqual({ ...END, closed_cause: "fixed" });
});

it("ends nothing that cannot be told, its kind is refused, nothing that fails by itself, and nothing that was a question alone", async () => {
  expect(await endBy("asked", {}, () => true, "unknown")).toEqual({ spans: 1, last: 0 });
  expect(await endBy("refused", { staleKinds: [keyOf("web").split("/").slice(0, 2).join("/")] })).toEqual({ spans: 1, last: 0 });
  expect(await endBy("again", { verdicts: [{ control: LESSER, on: "web" }] })).toEqual({ ...END, closed_seq: null, closed_cause: null });
});

it("asks of what changed only for what its graver findings cover, part by part", () => {
  const resource = (id: number, change: string) => [id, { id, key: keyOf(`web-${id}`), change } as unknown as KnownResource] as const;
  const span = (controlId: string, resourceId: number, locator = "", state = "fail") =>
    ({ fingerprint: `${controlId} ${resourceId}`, controlId, resourceId, locator, state }) as unknown as KnownSpan;
  const resources = new Map([resource(1, "same"), resource(2, "changed"), resource(3, "same"), resource(4, "changed")]);
  const spans = [span(GRAVER, 1), span(GRAVER, 2), span(GRAVER, 3, "cluster"), span(GRAVER, 4, "", "unknown"), span(LESSER, 4)];
  const asked = listMayBeOver(
    { ofSubject: new Map([[GRAVER, [LESSER]]]), ofOthers: [], elsewhere: ["known"] },
    resources,
    spans,
    ({ resourceId }) => resourceId === 3,
  );
  expect(asked).toEqual(["known", toFingerprint(LESSER, keyOf("web-2"), ""), toFingerprint(LESSER, keyOf("web-3"), "cluster")]);
});
