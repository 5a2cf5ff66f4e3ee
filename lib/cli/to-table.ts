import { resourceKey } from "../model/resource-ref";
import { SEVERITIES, type Severity, severityRank } from "../model/severity";
import { countEvidence, type Verdict } from "../model/verdict";
import { sayTuning } from "./catalogue";
import type { ManifestError } from "./parse-documents";
import type { ScanReport } from "./scan-report";

const COLOUR: Readonly<Record<Severity, string>> = { critical: "1;31", high: "31", medium: "33", low: "36", info: "90" };
const SHAPE: Readonly<Record<Severity, string>> = { critical: "◆", high: "▲", medium: "■", low: "●", info: "○" };

/** Observations that are written out for each verdict; the others are counted. */
const TOLD = 4;

function worst(verdicts: readonly Verdict[]): number {
  return Math.min(...verdicts.map((verdict) => severityRank(verdict.severity)));
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Every control that could not be told, said once with how many objects and why. */
function notAssessedLines(verdicts: readonly Verdict[], dim: (text: string) => string): string[] {
  const unknown = verdicts.filter((verdict) => verdict.state === "unknown");
  if (unknown.length === 0) return [];
  const reasons = new Map<string, Set<string>>();
  for (const verdict of unknown) {
    const reason = verdict.reason ?? "No reason was given.";
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(verdict.control));
  }
  const [first, ...rest] = [...reasons].sort((a, b) => b[1].size - a[1].size).map(([reason, controls]) => `${count(controls.size, "control")}: ${reason}`);
  return [
    "",
    dim(
      `Not assessed: ${count(unknown.length, "verdict")}. ${first ?? ""}${rest.length > 0 ? ` (${count(rest.length, "other reason")}; --format json lists all)` : ""}`,
    ),
  ];
}

function baselineLine({ known, gone }: NonNullable<ScanReport["baseline"]>): string {
  const left =
    known === 0 ? "Nothing is known from the baseline" : `Known from the baseline, and left out: ${count(known, "finding")} (--format json lists all)`;
  return `${left}${gone === 0 ? "." : `; ${gone} of it ${gone === 1 ? "is" : "are"} gone.`}`;
}

function errorLines(what: string, errors: readonly ManifestError[], paint: (code: string, text: string) => string): string[] {
  return errors.map((error) => paint("33", `${what}: ${error.source}${error.document > 0 ? `, document ${error.document}` : ""}. ${error.message}`));
}

/** The report for people: grouped by resource, the worst first. */
export function toTable(report: ScanReport, isColoured: boolean): string {
  const { listed: verdicts, errors, notJudged, objects, controls, isKnown, baseline } = report;
  const titleOf = (id: string): string => controls.get(id)?.title ?? id;
  const paint = (code: string, text: string): string => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const dim = (text: string): string => paint("2", text);
  const others = [...sayTuning(report).map(dim), ...errorLines("Not judged", notJudged, paint), ...errorLines("Not read", errors, paint)];
  if (objects === 0) return `${["Nothing could be judged.", ...others].join("\n")}\n`;
  const listed = verdicts.filter((verdict) => (verdict.state === "fail" && !isKnown(verdict)) || verdict.state === "manual");
  const groups = [...Map.groupBy(listed, (verdict) => resourceKey(verdict.resource)).values()]
    .map((group) => ({ group, rank: worst(group) }))
    .sort((a, b) => a.rank - b.rank || b.group.length - a.group.length);
  const lines: string[] = [];
  for (const { group } of groups) {
    const ref = group[0]?.resource;
    if (!ref) continue;
    lines.push(paint("1", `${ref.kind} ${ref.name}`) + (ref.namespace ? dim(`  in ${ref.namespace}`) : ""));
    for (const verdict of group.sort((a, b) => severityRank(a.severity) - severityRank(b.severity))) {
      lines.push(
        `  ${paint(COLOUR[verdict.severity], `${SHAPE[verdict.severity]} ${verdict.severity.padEnd(8)}`)} ${titleOf(verdict.control)}  ${dim(verdict.control)}`,
      );
      for (const entry of verdict.evidence.slice(0, TOLD))
        lines.push(`             ${entry.message}${entry.path ? dim(`  ${entry.path}${entry.value === null ? "" : `: ${entry.value}`}`) : ""}`);
      if (verdict.evidence.length > TOLD) lines.push(dim(`             and ${countEvidence(verdict.evidence.slice(TOLD))} more`));
    }
    lines.push("");
  }
  const failing = listed.filter((verdict) => verdict.state === "fail");
  const bySeverity = SEVERITIES.map((severity) => [severity, failing.filter((v) => v.severity === severity).length] as const).filter(([, n]) => n > 0);
  const totals = bySeverity.map(([severity, n]) => paint(COLOUR[severity], `${n} ${severity}`)).join(", ");
  lines.push(
    failing.length === 0
      ? `Nothing ${baseline?.known ? "new " : ""}fails here.`
      : `${count(failing.length, "finding")} on ${count(groups.length, "object")}: ${totals}`,
  );
  if (baseline) lines.push(dim(baselineLine(baseline)));
  lines.push(...notAssessedLines(verdicts, dim));
  lines.push(...others);
  return `${lines.join("\n")}\n`;
}
