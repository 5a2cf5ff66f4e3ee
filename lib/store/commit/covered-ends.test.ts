import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { toFingerprint } from "../digests";
import type { UnfixedCause } from "./commit-input";
import { keyOf, makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";
import { listMayBeOver } from "./covered-ends";
import type { KnownResource, KnownSpan } from "./open-state";

const used = withDatabase("pglite");

const [GRAVER, LESSER] = ["graver", "lesser"];
const printOf = (control: string): string => toFingerprint(control, keyOf("web"), "");
const WEB = [{ name: "web", content: "a" }];

interface Ending {
  readonly isJudged?: (control: string) => boolean;
  /** What is said of the lesser one at first. */
  readonly state?: World["verdicts"][number]["state"];
  /** It failed for a while before, too. */
  readonly isAgain?: boolean;
  /** What is said of it once its graver one has ended: it is covered by another, or does not apply. */
  readonly why?: UnfixedCause;
}

/** The lesser failure of one object fails, is covered, and does neither any more: the end of its period. */
async function endBy(slug: string, last: Partial<World>, { isJudged = () => true, state = "fail", isAgain = false, why }: Ending = {}): Promise<unknown> {
  const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  const { settingsChange: _, ...same } = last;
  const alone: World = { resources: WEB, verdicts: [{ control: LESSER, on: "web", state }] };
  const before: readonly World[] = isAgain ? [alone, { resources: WEB, verdicts: [] }] : [];
  const worlds: readonly World[] = [
    ...before,
    alone,
    { resources: WEB, verdicts: [{ control: GRAVER, on: "web" }] },
    { resources: WEB, verdicts: [], ...last },
    { resources: WEB, verdicts: [], ...same },
  ];
  const transitions: number[] = [];
  for (const [at, world] of worlds.entries()) {
    const day = at - before.length;
    const whyNow = day === 1 ? "subsumed" : day > 1 ? why : undefined;
    const committed = await commitSnapshot(used.database.pool, {
      ...makeSnapshot(id, world),
      whyUnfixed: (fingerprint) => (fingerprint === printOf(LESSER) && whyNow) || null,
      isJudged: (control) => day < 2 || isJudged(control),
      coveredBy: ({ controlId }) => (controlId === LESSER ? [{ fingerprint: printOf(GRAVER) }] : []),
      getWereCovered: () => ({ ofSubject: new Map([[GRAVER, [LESSER]]]), ofOthers: [], elsewhere: [] }),
    });
    transitions.push(committed.transitions);
  }
  const { rows } = await used.database.pool.query(
    `SELECT s.opened_seq - $3 AS opened_seq, s.closed_seq - $3 AS closed_seq, s.open_since_seq - $3 AS open_since_seq, s.closed_cause
     FROM finding_span s JOIN finding f ON f.id = s.finding_id
     WHERE s.cluster_id = $1 AND f.control_id = $2 AND s.opened_seq > $3 ORDER BY s.opened_seq`,
    [id, LESSER, before.length],
  );
  expect(rows[0]).toEqual({ opened_seq: 1, closed_seq: 2, open_since_seq: 1, closed_cause: "subsumed" });
  return { ...rows[1], spans: rows.length, last: transitions.at(-1) };
}

const END = { opened_seq: 3, closed_seq: 3, open_since_seq: 1, spans: 2, last: 0 };

it("ends what was covered once, for what ended its graver finding", async () => {
  expect(await endBy("mended", {})).toEqual({ ...END, closed_cause: "fixed" });
  expect(await endBy("mended again", {}, { isAgain: true })).toEqual({ ...END, closed_cause: "fixed" });
  expect(await endBy("settings", { settingsChange: { fails: [`${GRAVER} web`] } })).toEqual({ ...END, closed_cause: "settings" });
  expect(await endBy("edited", { settingsChange: { fails: [`${GRAVER} web`], controls: [GRAVER] } })).toEqual({ ...END, closed_cause: "control-changed" });
  const both = { fails: [`${GRAVER} web`, `${LESSER} web`], controls: [LESSER] };
  expect(await endBy("edited itself", { settingsChange: both })).toEqual({ ...END, closed_cause: "control-changed" });
  const eased = { settingsChange: { fails: [`${GRAVER} web`] } };
  expect(await endBy("unasked", eased, { why: "not-applicable" })).toEqual({ ...END, closed_cause: "not-applicable" });
  expect(await endBy("gone", { resources: [] })).toEqual({ ...END, closed_cause: "resource-gone" });
  expect(await endBy("off", {}, { isJudged: (control) => control !== GRAVER })).toEqual({ ...END, closed_cause: "fixed" });
});

it("ends nothing that cannot be told, its kind is refused, nothing that fails by itself, and nothing that was a question alone", async () => {
  expect(await endBy("asked", {}, { state: "unknown" })).toEqual({ spans: 1, last: 0 });
  expect(await endBy("refused", { staleKinds: [keyOf("web").split("/").slice(0, 2).join("/")] })).toEqual({ spans: 1, last: 0 });
  const told = { staleKinds: [`${keyOf("web").split("/").slice(0, 2).join("/")} ${LESSER}`] };
  expect(await endBy("untold", told)).toEqual({ spans: 1, last: 0 });
  expect(await endBy("unjudged", {}, { isJudged: (control) => control !== LESSER })).toEqual({ spans: 1, last: 0 });
  expect(await endBy("still", {}, { why: "subsumed" })).toEqual({ spans: 1, last: 0 });
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
