import { capitalise } from "../format/words";
import { subjectName } from "../format/paths";
import { resourceKey } from "../model/resource-ref";
import { SEVERITIES, type Severity, severityRank } from "../model/severity";
import { countEvidence, type State, type Verdict } from "../model/verdict";
import { sayTuning } from "./catalogue";
import { layOut, type TextPart } from "./lay-out";
import { type ManifestError, sayPlace } from "./parse-documents";
import type { ReportOutput } from "./report-output";
import { sayField } from "./say-field";
import type { ScanReport } from "./scan-report";

const COLOUR: Readonly<Record<Severity, string>> = { critical: "1;31", high: "31", medium: "33", low: "36", info: "90" };
const SHAPE: Readonly<Record<Severity, string>> = { critical: "◆", high: "▲", medium: "■", low: "●", info: "○" };

/** Observations that are written out for each verdict; the others are counted. */
const TOLD = 4;

/** What is no finding, after what fails: what people must look at, and on demand alone the rest. */
const OTHER_STATES = {
  manual: "! review  ",
  subsumed: "↳ covered ",
  pass: "✓ passes  ",
  unknown: "? unknown ",
  "not-applicable": "- n/a     ",
} as const;

function isOther(state: State): state is keyof typeof OTHER_STATES {
  return Object.hasOwn(OTHER_STATES, state);
}

/** What fails by its severity, all else after that. */
function rankOf({ state, severity }: Verdict): number {
  return isOther(state) ? SEVERITIES.length + Object.keys(OTHER_STATES).indexOf(state) : severityRank(severity);
}

function worst(verdicts: readonly Verdict[]): number {
  return Math.min(...verdicts.map(rankOf));
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Reasons that are written out; the others are counted. */
const REASONS_TOLD = 3;

/** How much could not be told, and why for the most part. */
function notAssessedLines(verdicts: readonly Verdict[], showsAll: boolean): string[] {
  const unknown = verdicts.filter((verdict) => verdict.state === "unknown");
  if (unknown.length === 0) return [];
  const reasons = new Map<string, Set<string>>();
  for (const verdict of unknown) {
    const reason = verdict.reason ?? "No reason was given.";
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(verdict.control));
  }
  const sorted = [...reasons].sort((a, b) => b[1].size - a[1].size).map(([reason, controls]) => `  ${count(controls.size, "control")}: ${reason}`);
  const more = sorted.length - REASONS_TOLD;
  return [
    "",
    `Not assessed: ${count(unknown.length, "check")}.`,
    ...sorted.slice(0, REASONS_TOLD),
    ...(more > 0 ? [`  ${count(more, "other reason")}: ${showsAll ? "listed above" : "--all lists them"}.`] : []),
  ];
}

/** `isWhole` = everything could be read: what could not may hold what is missed. */
function baselineLine({ known, gone }: NonNullable<ScanReport["baseline"]>, isWhole: boolean): string {
  const left = known === 0 ? "Nothing matches the baseline" : `Known from the baseline and left out: ${count(known, "finding")} (--format json lists all)`;
  const unread = isWhole ? "" : ", or in what was not read";
  return `${left}${gone === 0 ? "." : `; ${gone} ${gone === 1 ? "is" : "are"} gone${unread}.`}`;
}

function errorLines(what: string, errors: readonly ManifestError[]): string[] {
  return errors.map((error) => `${what}: ${sayPlace(error)}. ${error.message}`);
}

/** Where the text of an evidence begins. */
const INDENT = 13;

function placeOf({ placesOf }: ScanReport, verdict: Verdict): string {
  const place = placesOf(verdict)?.place;
  return place ? `${place.source}:${place.line}` : "";
}

/** By object, and by the document that it stands in: one that is given twice is two. */
function groupByObject(verdicts: readonly Verdict[], report: ScanReport): readonly (readonly Verdict[])[] {
  return [...Map.groupBy(verdicts, ({ resource }) => resourceKey(resource)).values()].flatMap((group) => {
    const isGivenOnce = group[0] === undefined || report.placesOf(group[0])?.others.length === 0;
    return isGivenOnce ? [group] : [...Map.groupBy(group, (verdict) => placeOf(report, verdict)).values()];
  });
}

/** The report for people: grouped by object, the worst first. */
export function toTable(report: ScanReport, { isColoured, width }: Pick<ReportOutput, "isColoured" | "width">): string {
  const { listed: verdicts, errors, notJudged, objects, controls, isKnown, baseline, showsAll, minSeverity } = report;
  const titleOf = (id: string): string => controls.get(id)?.title ?? id;
  const paint = (code: string, text: string): string => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const dim = (text: string): string => paint("2", text);
  const plain = (text: string): string => text;
  const fold = (parts: readonly TextPart[], start: number): string => layOut(parts, { start, indent: INDENT, width });
  const note = (text: string, paintNote: (text: string) => string): string => {
    const indent = text.length - text.trimStart().length;
    return " ".repeat(indent) + layOut([{ text: text.trimStart(), paint: paintNote }], { start: indent, indent: indent + 2, width });
  };
  const told = (text: string): string => (text === "" ? "" : note(text, dim));
  const warned = (text: string): string => note(text, (line) => paint("33", line));
  const others = [...sayTuning(report).map(told), ...[...errorLines("Not judged", notJudged), ...errorLines("Not read", errors)].map(warned)];
  if (objects === 0) return `${["Nothing could be judged.", ...others].join("\n")}\n`;
  const listed = verdicts.filter((verdict) => (verdict.state === "fail" ? !isKnown(verdict) : showsAll || verdict.state === "manual"));
  const groups = groupByObject(listed, report)
    .map((group) => ({ group, rank: worst(group) }))
    .sort((a, b) => a.rank - b.rank || b.group.length - a.group.length);
  const lines: string[] = [];
  for (const { group } of groups) {
    const [first] = group;
    if (!first) continue;
    const { namespace } = first.resource;
    const where = [...(namespace ? [`in ${namespace}`] : []), placeOf(report, first)].filter((part) => part !== "");
    lines.push(fold([{ text: capitalise(subjectName(first.resource)), paint: (text) => paint("1", text) }, ...where.map((text) => ({ text, paint: dim }))], 0));
    for (const verdict of group.toSorted((a, b) => rankOf(a) - rankOf(b))) {
      const { state, severity, reason } = verdict;
      const mark = isOther(state) ? dim(OTHER_STATES[state]) : paint(COLOUR[severity], `${SHAPE[severity]} ${severity.padEnd(8)}`);
      lines.push(
        `  ${mark} ${fold(
          [
            { text: titleOf(verdict.control), paint: plain },
            { text: verdict.control, paint: dim },
          ],
          INDENT,
        )}`,
      );
      if (isOther(state) && reason !== undefined) lines.push(`${" ".repeat(INDENT)}${fold([{ text: reason, paint: dim }], INDENT)}`);
      for (const entry of verdict.evidence.slice(0, TOLD)) {
        const field = sayField(entry);
        const read = field === "" ? [] : [{ text: field, paint: dim }];
        lines.push(`${" ".repeat(INDENT)}${fold([{ text: entry.message, paint: plain }, ...read], INDENT)}`);
      }
      if (verdict.evidence.length > TOLD) lines.push(dim(`${" ".repeat(INDENT)}and ${countEvidence(verdict.evidence.slice(TOLD))} more`));
    }
    lines.push("");
  }
  const failing = listed.filter((verdict) => verdict.state === "fail");
  const failingGroups = groups.filter(({ group }) => group.some(({ state }) => state === "fail")).length;
  const bySeverity = SEVERITIES.map((severity) => [severity, failing.filter((v) => v.severity === severity).length] as const).filter(([, n]) => n > 0);
  const totals = bySeverity.map(([severity, n]) => paint(COLOUR[severity], `${n} ${severity}`)).join(", ");
  const nothing = report.isAsked ? `Nothing ${baseline?.known ? "new " : ""}fails here` : "No control asks about anything here";
  lines.push(
    failing.length === 0
      ? `${nothing}${minSeverity === SEVERITIES.at(-1) || !report.isAsked ? "" : ` at or above ${minSeverity}`}.`
      : `${count(failing.length, "finding")} on ${count(failingGroups, "object")}: ${totals}`,
  );
  if (baseline) lines.push(told(baselineLine(baseline, errors.length === 0)));
  lines.push(...notAssessedLines(verdicts, showsAll).map(told));
  lines.push(...others);
  return `${lines.join("\n")}\n`;
}
