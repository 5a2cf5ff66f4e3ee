import "server-only";
import type { ClauseControl, ClauseDto, FrameworkDto, FrameworkQuery, FrameworkResponse, ListFrameworksResponse } from "@/lib/contracts/frameworks";
import type { MomentQuery } from "@/lib/contracts/words";
import type { AnyControl } from "@/lib/controls/define";
import { listControls } from "@/lib/controls/registry";
import { AppError } from "@/lib/errors/app-error";
import { addCounts, clauseState, narrowCounts, NO_COUNTS } from "@/lib/frameworks/clause-state";
import { decides } from "@/lib/frameworks/decides";
import type { Clause, Framework } from "@/lib/frameworks/framework";
import { FRAMEWORK_KEYS, type FrameworkKey, FRAMEWORKS, findFrameworkKey } from "@/lib/frameworks/frameworks";
import type { ReasonsDto } from "@/lib/contracts/reasons";
import type { Platform } from "@/lib/inventory/cloud/cloud-provider";
import { toUntold } from "@/lib/model/clause-part";
import { CLAUSE_STATES, type ClauseCounts, countStates } from "@/lib/model/clause-state";
import { severityRank } from "@/lib/model/severity";
import { shownCounts } from "@/lib/scoring/shown-counts";
import type { Tally } from "@/lib/scoring/tally";
import { type Applies, frameworkApplies, isOfProvider } from "./framework-applies";
import { openReader, type Reader, toMoment } from "./open-reader";
import { findPlatform } from "./platform-at";
import { loadPosture } from "./posture-at";
import { countUnknown, loadReasons, NO_REASONS } from "./reasons-at";
import { loadTold } from "./told-at";

interface Judge {
  /** Those of the moment: what a later release asks was no part of a clause then. */
  readonly controls: readonly AnyControl[];
  readonly judge: (control: AnyControl, clause: Clause) => ClauseControl;
}

function toCounts({ n, stale, failing, subsumed, waived, unknown, manual }: Tally): ClauseCounts {
  return { judged: n, stale, failing, subsumed, waived, unknown, manual, unasked: 0 };
}

/** Why a clause is not assessed of which a part could not be told, where the control itself fails of another. */
function addUntold(reasons: ReasonsDto, { parts }: Clause, sentences: ReadonlyMap<string, string>, subjects: number): ReasonsDto {
  if (subjects === 0) return reasons;
  const said = new Set(parts.flatMap((part) => sentences.get(toUntold(part)) ?? []));
  const untold = [...said].map((reason) => ({ reason, subjects, stale: 0, isUnlisted: false, cause: "control" as const, action: null }));
  return { ...reasons, subjects: reasons.subjects + subjects, reasons: [...reasons.reasons, ...untold] };
}

/** What each control came to at the moment, both scopes together. A control without a tally found no subject, unless nobody asked it. */
async function openJudge(reader: Reader): Promise<Judge> {
  const { pool, cluster, at } = reader;
  const posture = at ? await loadPosture(pool, cluster.id, at) : null;
  const reasonsOf = at && posture ? await loadReasons({ pool, cluster, at }, posture) : null;
  const told = at ? await loadTold(pool, cluster.id, at.seq) : null;
  const tallies = posture?.tallies ?? [];
  const byControl = Map.groupBy(tallies, (tally) => tally.control);
  const isAsked = (id: string): boolean => posture?.catalogue.isInForce(id) ?? false;
  const controls = posture?.catalogue.listKnown() ?? listControls();
  const judge: Judge["judge"] = (control, clause) => {
    const found = byControl.get(control.id);
    const reasons = reasonsOf?.(control.id) ?? NO_REASONS;
    const all = found
      ? { ...addCounts(found.map(shownCounts).map(toCounts)), unknown: countUnknown(reasons) }
      : { ...NO_COUNTS, unasked: isAsked(control.id) ? 0 : 1 };
    const ownTold = told?.get(control.id);
    const counts = narrowCounts(all, clause, ownTold ?? null);
    const unassessed = addUntold(reasons, clause, ownTold?.sentences ?? new Map(), counts.unknown - all.unknown);
    const worst = (found ?? []).flatMap((tally) => tally.worst ?? []).sort((a, b) => severityRank(a) - severityRank(b))[0];
    const isSwitchedOff = posture?.switchedOff.has(control.id) ?? false;
    const disabled = posture?.catalogue.entries.get(control.id)?.disabled ?? null;
    const severity = (counts.failing === all.failing ? worst : undefined) ?? control.severity;
    return { id: control.id, title: control.title, severity, state: clauseState([counts]), isSwitchedOff, disabled, counts, unassessed };
  };
  return { controls, judge };
}

function compareControls(a: ClauseControl, b: ClauseControl): number {
  return (
    CLAUSE_STATES.indexOf(a.state) - CLAUSE_STATES.indexOf(b.state) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    b.counts.failing - a.counts.failing ||
    (a.id < b.id ? -1 : 1)
  );
}

const NOTHING: { readonly counts: ClauseCounts; readonly controls: ClauseControl[] } = { counts: NO_COUNTS, controls: [] };

/** Where a control that is enough passes, or leaves it to people, what others could not tell leaves nothing open; what fails by them fails. */
function listDeciding(controls: readonly ClauseControl[], { enough }: Clause): readonly ClauseCounts[] {
  const isTold = controls.some(({ id, state }) => enough.includes(id) && (state === "pass" || state === "needs-review"));
  return controls.filter(({ state }) => !isTold || state !== "not-assessed").map(({ counts }) => counts);
}

function toClauseDtos(key: FrameworkKey, { controls: all, judge }: Judge, { isMeant }: Applies, platform: Platform | null): readonly ClauseDto[] {
  return FRAMEWORKS[key].clauses.map((clause) => {
    const { id, title, group, gap, rest } = clause;
    const own = { id, title, group, gap, rest, columns: [...clause.columns] };
    if (isMeant === false || isOfProvider(clause, platform)) return { ...own, ...NOTHING, state: "not-applicable" };
    const controls = all
      .filter((control) => decides(control, key, clause))
      .map((control) => judge(control, clause))
      .sort(compareControls);
    return { ...own, state: clauseState(listDeciding(controls, clause), clause), counts: addCounts(controls.map(({ counts }) => counts)), controls };
  });
}

function toFramework(key: FrameworkKey, clauses: readonly ClauseDto[], { isMeant, sentence }: Applies): FrameworkDto {
  const { name, version, about, asOf, source, leftOut, columns } = FRAMEWORKS[key];
  return { key, name, version, about, asOf, source, leftOut, isMeant, applies: sentence, columns: [...columns], clauses: countStates(clauses) };
}

/** What this cluster's own benchmark says first, what is meant for other platforms last. */
function rank({ platform }: Framework, { isMeant }: Applies): number {
  return isMeant === false ? 3 : isMeant === null ? 2 : platform === null ? 1 : 0;
}

/** Every framework with how many of its clauses fail at a moment. Throws not-found. */
export async function listFrameworks(slug: string, query: MomentQuery): Promise<ListFrameworksResponse> {
  const reader = await openReader(slug, query);
  const judge = await openJudge(reader);
  const platform = await findPlatform(reader);
  const ranked = FRAMEWORK_KEYS.map((key) => ({ key, applies: frameworkApplies(FRAMEWORKS[key], platform) }));
  ranked.sort((a, b) => rank(FRAMEWORKS[a.key], a.applies) - rank(FRAMEWORKS[b.key], b.applies));
  return { moment: toMoment(reader), frameworks: ranked.map(({ key, applies }) => toFramework(key, toClauseDtos(key, judge, applies, platform), applies)) };
}

/** One framework, clause by clause, at a moment. Throws not-found. */
export async function getFramework(slug: string, text: string, query: FrameworkQuery): Promise<FrameworkResponse> {
  const key = findFrameworkKey(text);
  if (!key) throw new AppError("not-found", `There is no framework called ${text}; there are ${FRAMEWORK_KEYS.join(", ")}.`);
  const reader = await openReader(slug, query);
  const platform = await findPlatform(reader);
  const applies = frameworkApplies(FRAMEWORKS[key], platform);
  const clauses = toClauseDtos(key, await openJudge(reader), applies, platform);
  const wanted = query.state;
  return {
    moment: toMoment(reader),
    framework: toFramework(key, clauses, applies),
    clauses: clauses.filter((clause) => wanted === undefined || wanted.includes(clause.state)),
  };
}
