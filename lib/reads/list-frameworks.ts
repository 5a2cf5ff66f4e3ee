import "server-only";
import type { ClauseControl, ClauseDto, FrameworkResponse, ListFrameworksResponse } from "@/lib/contracts/frameworks";
import type { MomentQuery } from "@/lib/contracts/words";
import type { AnyControl } from "@/lib/controls/define";
import { listControls } from "@/lib/controls/registry";
import { AppError } from "@/lib/errors/app-error";
import { addCounts, type ClauseCounts, clauseState, NO_COUNTS } from "@/lib/frameworks/clause-state";
import { FRAMEWORK_KEYS, type FrameworkKey, FRAMEWORKS, findFrameworkKey } from "@/lib/frameworks/frameworks";
import { CLAUSE_STATES, type ClauseState } from "@/lib/model/clause-state";
import { severityRank } from "@/lib/model/severity";
import { parseScopedControls } from "@/lib/scoring/scoped-controls";
import type { Tally } from "@/lib/scoring/tally";
import { findCatalogue } from "@/lib/store/catalogues";
import { openReader, type Reader, toMoment } from "./open-reader";
import { loadPosture } from "./posture-at";

type Judge = (control: AnyControl) => ClauseControl;

function toCounts({ n, stale, failing, subsumed, waived, unknown, manual }: Tally): ClauseCounts {
  return { judged: n, stale, failing, subsumed, waived, unknown, manual, unasked: 0 };
}

/** What each control came to at the moment, both scopes together. A control without a tally found no subject, unless nobody asked it. */
async function openJudge({ pool, cluster, at }: Reader): Promise<Judge> {
  const tallies = at ? (await loadPosture(pool, cluster.id, at)).tallies : [];
  const byControl = Map.groupBy(tallies, (tally) => tally.control);
  const asked = new Set(at ? parseScopedControls(await findCatalogue(pool, at.catalogueVersion)).map((control) => control.id) : []);
  const isAsked = (id: string): boolean => at !== null && (asked.size === 0 || asked.has(id));
  return (control) => {
    const found = byControl.get(control.id);
    const counts = found ? addCounts(found.map(toCounts)) : { ...NO_COUNTS, unasked: isAsked(control.id) ? 0 : 1 };
    const worst = (found ?? []).flatMap((tally) => tally.worst ?? []).sort((a, b) => severityRank(a) - severityRank(b))[0];
    return { id: control.id, title: control.title, severity: worst ?? control.severity, state: clauseState([counts]), counts };
  };
}

function compareControls(a: ClauseControl, b: ClauseControl): number {
  return (
    CLAUSE_STATES.indexOf(a.state) - CLAUSE_STATES.indexOf(b.state) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    b.counts.failing - a.counts.failing ||
    (a.id < b.id ? -1 : 1)
  );
}

function toClauseDtos(key: FrameworkKey, judge: Judge): readonly ClauseDto[] {
  return FRAMEWORKS[key].clauses.map((clause) => {
    const controls = listControls()
      .filter((control) => control.frameworks[key]?.includes(clause.id))
      .map(judge)
      .sort(compareControls);
    const counts = controls.map((control) => control.counts);
    return { ...clause, state: clauseState(counts), counts: addCounts(counts), controls };
  });
}

function toFramework(key: FrameworkKey, clauses: readonly ClauseDto[]): FrameworkResponse["framework"] {
  const { name, about, asOf, source, leftOut } = FRAMEWORKS[key];
  const count = (state: ClauseState): number => clauses.filter((clause) => clause.state === state).length;
  return {
    key,
    name,
    about,
    asOf,
    source,
    leftOut,
    clauses: {
      fail: count("fail"),
      "not-assessed": count("not-assessed"),
      "needs-review": count("needs-review"),
      pass: count("pass"),
      "not-applicable": count("not-applicable"),
      "no-control": count("no-control"),
    },
  };
}

/** Every framework with how many of its clauses fail at a moment. Throws not-found. */
export async function listFrameworks(slug: string, query: MomentQuery): Promise<ListFrameworksResponse> {
  const reader = await openReader(slug, query);
  const judge = await openJudge(reader);
  return { moment: toMoment(reader), frameworks: FRAMEWORK_KEYS.map((key) => toFramework(key, toClauseDtos(key, judge))) };
}

/** One framework, clause by clause, at a moment. Throws not-found. */
export async function getFramework(slug: string, text: string, query: MomentQuery): Promise<FrameworkResponse> {
  const key = findFrameworkKey(text);
  if (!key) throw new AppError("not-found", `There is no framework called ${text}; there are ${FRAMEWORK_KEYS.join(", ")}.`);
  const reader = await openReader(slug, query);
  const clauses = toClauseDtos(key, await openJudge(reader));
  return { moment: toMoment(reader), framework: toFramework(key, clauses), clauses: [...clauses] };
}
