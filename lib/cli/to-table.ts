import { capitalise } from "../format/words";
import { subjectName } from "../format/paths";
import { plural } from "../format/plural";
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

function count(n: number, one: string): string {
  return `${n} ${plural(n, one)}`;
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

/** How parts of the report are written: in colours or not, and folded to a width. */
interface Pen {
  readonly paint: (code: string, text: string) => string;
  readonly dim: (text: string) => string;
  /** A line that begins at a column, and goes on behind marks. */
  readonly fold: (parts: readonly TextPart[], start: number) => string;
  /** A paragraph beside findings, dim or as a warning; "" where there is none. */
  readonly told: (text: string) => string;
  readonly warned: (text: string) => string;
}

function createPen({ isColoured, width }: Pick<ReportOutput, "isColoured" | "width">): Pen {
  const paint = (code: string, text: string): string => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const dim = (text: string): string => paint("2", text);
  const note = (text: string, paintNote: (text: string) => string): string => {
    const indent = text.length - text.trimStart().length;
    return " ".repeat(indent) + layOut([{ text: text.trimStart(), paint: paintNote }], { start: indent, indent: indent + 2, width });
  };
  return {
    paint,
    dim,
    fold: (parts, start) => layOut(parts, { start, indent: INDENT, width }),
    told: (text) => (text === "" ? "" : note(text, dim)),
    warned: (text) => note(text, (line) => paint("33", line)),
  };
}

const plain = (text: string): string => text;

/** One object: its name and place, then what each control says of it. */
function objectLines(group: readonly Verdict[], report: ScanReport, { paint, dim, fold }: Pen): readonly string[] {
  const [first] = group;
  if (!first) return [];
  const indented = (parts: readonly TextPart[]): string => " ".repeat(INDENT) + fold(parts, INDENT);
  const { namespace } = first.resource;
  const where = [...(namespace ? [`in ${namespace}`] : []), placeOf(report, first)].filter((part) => part !== "");
  const head = fold([{ text: capitalise(subjectName(first.resource)), paint: (text) => paint("1", text) }, ...where.map((text) => ({ text, paint: dim }))], 0);
  const ofControls = group
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .flatMap(({ control, state, severity, reason, evidence }) => {
      const mark = isOther(state) ? dim(OTHER_STATES[state]) : paint(COLOUR[severity], `${SHAPE[severity]} ${severity.padEnd(8)}`);
      const title = fold(
        [
          { text: report.controls.get(control)?.title ?? control, paint: plain },
          { text: control, paint: dim },
        ],
        INDENT,
      );
      const seen = evidence.slice(0, TOLD).map((entry) => {
        const field = sayField(entry);
        return indented([{ text: entry.message, paint: plain }, ...(field === "" ? [] : [{ text: field, paint: dim }])]);
      });
      return [
        `  ${mark} ${title}`,
        ...(isOther(state) && reason !== undefined ? [indented([{ text: reason, paint: dim }])] : []),
        ...seen,
        ...(evidence.length > TOLD ? [dim(`${" ".repeat(INDENT)}and ${countEvidence(evidence.slice(TOLD))} more`)] : []),
      ];
    });
  return [head, ...ofControls, ""];
}

/** How much fails, or that nothing does of what was asked. */
function sumLine(groups: readonly (readonly Verdict[])[], { baseline, isAsked, minSeverity }: ScanReport, { paint }: Pen): string {
  const failing = groups.map((group) => group.filter(({ state }) => state === "fail")).filter((group) => group.length > 0);
  const all = failing.flat();
  if (all.length === 0) {
    if (!isAsked) return "No control asks about anything here.";
    return `Nothing ${baseline?.known ? "new " : ""}fails here${minSeverity === SEVERITIES.at(-1) ? "" : ` at or above ${minSeverity}`}.`;
  }
  const bySeverity = SEVERITIES.map((severity) => [severity, all.filter((verdict) => verdict.severity === severity).length] as const).filter(([, n]) => n > 0);
  const totals = bySeverity.map(([severity, n]) => paint(COLOUR[severity], `${n} ${severity}`)).join(", ");
  return `${count(all.length, "finding")} on ${count(failing.length, "object")}: ${totals}`;
}

/** The report for people: grouped by object, the worst first. */
export function toTable(report: ScanReport, output: Pick<ReportOutput, "isColoured" | "width">): string {
  const { listed: verdicts, errors, notJudged, objects, isKnown, baseline, showsAll } = report;
  const pen = createPen(output);
  const others = [...sayTuning(report).map(pen.told), ...[...errorLines("Not judged", notJudged), ...errorLines("Not read", errors)].map(pen.warned)];
  if (objects === 0) return `${["Nothing could be judged.", ...others].join("\n")}\n`;
  const listed = verdicts.filter((verdict) => (verdict.state === "fail" ? !isKnown(verdict) : showsAll || verdict.state === "manual"));
  const groups = groupByObject(listed, report)
    .map((group) => ({ group, rank: worst(group) }))
    .sort((a, b) => a.rank - b.rank || b.group.length - a.group.length)
    .map(({ group }) => group);
  const lines = [
    ...groups.flatMap((group) => objectLines(group, report, pen)),
    sumLine(groups, report, pen),
    ...(baseline ? [pen.told(baselineLine(baseline, errors.length === 0))] : []),
    ...notAssessedLines(verdicts, showsAll).map(pen.told),
    ...others,
  ];
  return `${lines.join("\n")}\n`;
}
