import "server-only";
import type { FindingResponse } from "@/lib/contracts/findings";
import type { MomentQuery } from "@/lib/contracts/words";
import type { AnyControl } from "@/lib/controls/define";
import { findControl } from "@/lib/controls/registry";
import { AppError } from "@/lib/errors/app-error";
import type { FindingStanding } from "@/lib/format/finding-titles";
import { subjectName } from "@/lib/format/paths";
import { capitalise } from "@/lib/format/words";
import { findFieldManager, type FieldManager } from "@/lib/inventory/field-managers";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { shownCounts } from "@/lib/scoring/shown-counts";
import type { State } from "@/lib/model/verdict";
import { loadSilentTimes } from "@/lib/store/as-of/silent-times";
import { loadSnapshotTimes } from "@/lib/store/as-of/snapshot-log";
import { type FindingHistory, findFinding } from "@/lib/store/findings/find-finding";
import { listFindings } from "@/lib/store/findings/list-findings";
import { type FindingRecord, wasNeverShown } from "@/lib/store/findings/finding-record";
import { findResource, findResourceVersion } from "@/lib/store/resources";
import { listTallyHistory } from "@/lib/store/tallies";
import { toClauses } from "@/lib/frameworks/to-clauses";
import { DAY_MS } from "@/lib/model/day-ms";
import { findAnyControl, loadCatalogueAt } from "./catalogue-at";
import { findingCommand } from "./finding-command";
import { judgeObject } from "./judge-object";
import { loadTuning } from "./load-tuning";
import { type FilledReader, openFilledReader, toMoment } from "./open-reader";
import { findDistribution } from "./platform-at";
import { loadPosture, type PostureAt } from "./posture-at";
import { proposeFix } from "./propose-fix";
import { toSilentTime } from "./list-trend";
import { isAskedAgain, stateAt, tellStory } from "./tell-story";
import { toFindingRow } from "./to-finding-row";
import { toGain } from "./to-gain";
import { toMarkedYaml } from "./to-yaml";

const ELSEWHERE = 5;

function toSpans(history: FindingHistory): FindingResponse["spans"] {
  /** The last span so far of each time that it was open by itself. */
  const lastOf = new Map<number, FindingRecord>();
  return history.spans.flatMap((span): FindingResponse["spans"] => {
    const { severity, staleSince, closedCause } = span;
    // Nobody saw it fail.
    const cause = span.state === "unknown" && closedCause === "fixed" ? "assessed" : closedCause;
    const from = { seq: span.openedSeq, takenAt: span.spanAt.toISOString() };
    const to = span.closedSeq !== null && span.closedAt ? { seq: span.closedSeq, takenAt: span.closedAt.toISOString() } : null;
    const state = span.state === "fail" ? "open" : span.state;
    // Another finding showed the same before, since this one was open by itself, or since it is known to fail.
    const before = span.openedCause === "uncovered" ? lastOf.get(span.openSinceSeq) : undefined;
    lastOf.set(span.openSinceSeq, span);
    const since = { seq: before?.closedSeq ?? span.openSinceSeq, takenAt: (before?.closedAt ?? span.openedAt).toISOString() };
    const hidden = { from: since, to: from, state: "covered" as const, severity };
    if (wasNeverShown(span)) return [{ ...hidden, cause }];
    const covered = span.openedCause === "uncovered" ? [{ ...hidden, cause: "uncovered" }] : [];
    if (staleSince === null) return [...covered, { from, to, state, severity, cause }];
    // A span that was stale from its start follows another one: only the reason changed.
    if (staleSince.seq === span.openedSeq) return [{ from, to, state: "not-assessed", severity, cause }];
    const lost = { seq: staleSince.seq, takenAt: staleSince.at.toISOString() };
    return [...covered, { from, to: lost, state, severity, cause: "not-assessed" }, { from: lost, to, state: "not-assessed", severity, cause }];
  });
}

/** When nothing of its control could be judged, and its absence says nothing. */
async function listUnjudged({ pool, cluster, at }: FilledReader, record: FindingRecord): Promise<FindingResponse["unjudged"]> {
  const times = await loadSnapshotTimes(pool, cluster.id, at.seq);
  const toMark = (seq: number) => ({ seq, takenAt: new Date(times[seq] ?? 0).toISOString() });
  const tallies = await listTallyHistory(pool, cluster.id, { dimension: "control", key: record.controlId, scope: record.scope }, at.seq);
  return tallies
    .map(shownCounts)
    .filter(({ n, unknown }) => n === 0 && unknown > 0)
    .map(({ fromSeq, toSeq }) => ({ from: toMark(fromSeq), to: toSeq === null || toSeq > at.seq ? null : toMark(toSeq) }));
}

function toSetBy(managers: unknown, manifest: JsonRecord, record: FindingRecord): FindingResponse["setBy"] {
  if (!Array.isArray(managers)) return [];
  const seen = new Set<string>();
  return record.evidence.flatMap(({ path, value, object }) => {
    if (path === "" || value === null || object) return [];
    const found = findFieldManager(managers as readonly FieldManager[], manifest, path);
    const key = `${found?.manager} ${found?.at}`;
    if (!found || seen.has(key)) return [];
    seen.add(key);
    const at = found.at && Number.isFinite(Date.parse(found.at)) ? new Date(found.at).toISOString() : null;
    return [{ path, manager: found.manager, operation: found.operation, at }];
  });
}

async function listElsewhere(reader: FilledReader, posture: PostureAt, record: FindingRecord): Promise<FindingResponse["elsewhere"]> {
  const { pool, cluster, at, since } = reader;
  // Of workloads and the platform together, as the rows are and the list that they lead to.
  const tallies = posture.tallies.filter((entry) => entry.control === record.controlId).map(shownCounts);
  const options = { seq: at.seq, sinceSeq: since?.seq ?? null, tab: "all", order: "severity", isReversed: false, cursor: null, limit: ELSEWHERE + 1 } as const;
  const page = await listFindings(pool, cluster.id, { ...options, filter: { control: [record.controlId], state: ["fail"] } });
  const rows = page.rows.filter((row) => row.publicId !== record.publicId).slice(0, ELSEWHERE);
  const sum = (count: "n" | "failing" | "unknown" | "manual" | "subsumed", of = tallies): number => of.reduce((total, tally) => total + tally[count], 0);
  return {
    isJudged: posture.catalogue.isInForce(record.controlId),
    failing: sum("failing"),
    passing: sum("n") - sum("failing"),
    notAssessed: sum("unknown"),
    manual: sum("manual"),
    subsumed: sum("subsumed"),
    platform: sum(
      "n",
      tallies.filter(({ scope }) => scope === "platform"),
    ),
    rows: rows.map((row) => toFindingRow(row, posture, at.takenAt)),
  };
}

function failureTitle(control: AnyControl | null, record: FindingRecord): string {
  const object = capitalise(subjectName(record.resource));
  return control ? `${object} ${control.failure}` : `${object} fails ${record.controlId}`;
}

/**
 * How it stands at the reader's moment. Of what ended without a verdict of its control, only judging its object again tells whether it passes: `judged` =
 * what its control says then, where that was asked and can be told.
 */
async function standingAt(
  reader: FilledReader,
  { spans, isResourceGone }: FindingHistory,
  { control, record, isJudged, body }: { control: AnyControl | null; record: FindingRecord; isJudged: boolean; body: JsonRecord | null },
): Promise<{ readonly state: FindingStanding; readonly judged: State | null }> {
  const state = stateAt(spans, { isResourceGone, isJudged });
  if (state !== "not-failing" || !isAskedAgain(spans) || !control) return { state, judged: null };
  const graver = (control.subsumedBy ?? []).flatMap((id) => findControl(id) ?? []);
  const { verdicts } = await judgeObject(reader, [control, ...graver], record.resource, body);
  const judged = verdicts.find((verdict) => verdict.control === control.id && verdict.locator === record.locator)?.state ?? null;
  return { state: judged === "subsumed" ? "covered" : state, judged };
}

/** The latest known look of a finding: what is open, else the last failing span. */
function lookOf(history: FindingHistory): FindingRecord | undefined {
  return history.current ?? history.spans.findLast((span) => span.state === "fail") ?? history.spans.at(-1);
}

/** The last snapshot that says what the record says: what was read later, while nobody could judge it, is no evidence of it. */
function evidenceSeq(record: FindingRecord, spans: readonly FindingRecord[], atSeq: number): number {
  const shown = wasNeverShown(record) ? spans.findLast((span) => span.closedCause === "subsumed") : undefined;
  if (shown) return evidenceSeq(shown, spans, atSeq);
  const last = record.closedSeq === null ? atSeq : Math.max(record.openedSeq, record.closedSeq - 1);
  if (record.staleSince === null) return last;
  // A span that was stale from its start goes on from another one: only the reason changed.
  const before = record.staleSince.seq === record.openedSeq ? spans.findLast((span) => span.closedSeq === record.openedSeq) : undefined;
  return before === undefined ? Math.max(record.openedSeq, record.staleSince.seq - 1) : evidenceSeq(before, spans, atSeq);
}

/**
 * One finding at a moment, with what happened since. It resolves as long as the cluster is remembered: after the fix, a rollout,
 * a re-creation or the deletion of its object. Throws not-found for an id that was never given.
 */
export async function getFinding(slug: string, id: string, query: MomentQuery): Promise<FindingResponse> {
  const reader = await openFilledReader(slug, query);
  const { pool, cluster, at } = reader;
  const latest = reader.latest ?? at;
  const whole = await findFinding(pool, cluster.id, id, latest.seq);
  if (!whole) throw new AppError("not-found", `There is no finding ${id} in ${cluster.name}.`);
  const history = at.seq === latest.seq ? whole : ((await findFinding(pool, cluster.id, id, at.seq)) ?? whole);
  // Before it was seen first, what is shown is how it fails now, or did last.
  const [shown, shownSeq] = history.spans.length > 0 ? [history, at.seq] : [whole, latest.seq];
  const record = lookOf(shown);
  if (!record) throw new AppError("not-found", `Finding ${id} has no history in ${cluster.name}.`);
  const control = await findAnyControl(reader, record.controlId);
  const posture = await loadPosture(pool, cluster.id, at);
  const resource = await findResource(pool, cluster.id, record.resourceKey, latest.seq);
  const versionAt = async (seq: number): Promise<{ readonly managers: unknown; readonly manifest: JsonRecord } | null> => {
    const version = resource ? await findResourceVersion(pool, cluster.id, resource.id, seq) : null;
    const parsed: unknown = version ? JSON.parse(version.json) : null;
    return version && isRecord(parsed) ? { managers: version.managers, manifest: parsed } : null;
  };
  const seen = await versionAt(evidenceSeq(record, shown.spans, shownSeq));
  const isJudgedNow = (await loadCatalogueAt(pool, latest.catalogueVersion)).isInForce(record.controlId);
  const standing = async (of: FindingHistory, then: typeof at, isJudged: boolean) =>
    standingAt({ ...reader, at: then }, of, { control, record, isJudged, body: (await versionAt(then.seq))?.manifest ?? null });
  const now = await standing(whole, latest, isJudgedNow);
  const { state } = at.seq === latest.seq ? now : await standing(history, at, posture.catalogue.isInForce(record.controlId));
  const isOpen = state === "open" || state === "manual";
  // What is to be changed is the object as it is, whatever it was when it was judged.
  const body = isOpen ? (record.isStale ? await versionAt(at.seq) : seen) : null;
  const target = control && { control, subject: record.resource, locator: record.locator };
  const proposed =
    target && isOpen ? await proposeFix(reader, posture, { ...target, id: record.publicId, body: body?.manifest ?? null, evidence: record.evidence }) : null;
  return {
    moment: toMoment(reader),
    id: record.publicId,
    control: record.controlId,
    tuning: (await loadTuning(reader)).tuningOf(record.controlId),
    title: failureTitle(control, record),
    shouldHold: control?.title ?? record.controlId,
    why: control?.why ?? "",
    fix: control?.fix ?? "",
    verify: control === null ? "" : findingCommand(control, record),
    lookFor: control?.lookFor ?? null,
    severity: record.severity,
    layer: record.layer,
    scope: record.scope,
    state,
    stateNow: now.state === "not-yet" ? "fixed" : now.state,
    isStale: history.current?.isStale ?? false,
    staleReason: history.current?.staleReason ?? null,
    reason: record.reason,
    isSwitchedOff: state === "unknown" && posture.switchedOff.has(record.controlId),
    story: tellStory(whole.spans, { goneAt: resource?.goneAt ?? null, isJudged: isJudgedNow, judgedNow: now.judged }),
    resource: record.resource,
    resourceGone: resource === null || resource.goneAt !== null,
    isResourceLater: state === "not-yet" && (await findResource(pool, cluster.id, record.resourceKey, at.seq)) === null,
    gain: isOpen ? toGain(posture, record, record.isStale ? null : (proposed?.postures ?? null)) : null,
    openedAt: record.openedAt.toISOString(),
    firstSeenAt: (whole.spans[0]?.spanAt ?? record.openedAt).toISOString(),
    rememberedSince: new Date((await loadSnapshotTimes(pool, cluster.id, at.seq))[1] ?? record.openedAt).toISOString(),
    closedAt: record.closedAt?.toISOString() ?? null,
    ageDays: Math.max(0, ((record.closedAt ?? at.takenAt).getTime() - record.openedAt.getTime()) / DAY_MS),
    evidence: [...record.evidence],
    yaml: seen ? toMarkedYaml(seen.manifest, record.evidence) : null,
    patch: proposed?.patch ?? null,
    spans: toSpans(history),
    unjudged: await listUnjudged(reader, record),
    silent: (await loadSilentTimes(pool, cluster.id, 0, at.seq)).map(toSilentTime),
    setBy: seen ? toSetBy(seen.managers, seen.manifest, record) : [],
    elsewhere: await listElsewhere(reader, posture, record),
    frameworks: control ? [...toClauses(control, await findDistribution(reader))] : [],
  };
}
