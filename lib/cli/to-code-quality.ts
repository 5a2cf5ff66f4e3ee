import { createHash } from "node:crypto";
import { subjectName } from "../format/paths";
import { showHidden } from "../format/show-hidden";
import { capitalise } from "../format/words";
import type { Severity } from "../model/severity";
import { numberCopies } from "./number-copies";
import type { ManifestError } from "./parse-documents";
import { placeFailing } from "./place-failing";
import { reportPath } from "./report-path";
import type { ScanReport } from "./scan-report";

const SEVERITY: Readonly<Record<Severity, string>> = { critical: "blocker", high: "critical", medium: "major", low: "minor", info: "info" };

const toFingerprint = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The Code Quality report of GitLab (docs.gitlab.com/ci/testing/code_quality): an entry for each finding at the line of its field, those of a baseline left out,
 * since a report has no word for what is known; and one for each document that was not read or not judged, since nothing else of it would be told.
 */
export function toCodeQuality(report: ScanReport): readonly object[] {
  const findings = placeFailing(report)
    .filter(({ verdict }) => !report.isKnown(verdict))
    .map(({ verdict: { control, severity, evidence, resource }, found, line, fingerprint }) => ({
      description: showHidden(
        `${capitalise(subjectName(resource))}: ${evidence.map(({ message }) => message).join(" ") || (report.controls.get(control)?.failure ?? control)}`,
      ),
      check_name: control,
      fingerprint: toFingerprint(fingerprint),
      severity: SEVERITY[severity],
      location: { path: reportPath(found?.place.source ?? "-"), lines: { begin: line } },
    }));
  const toUnreadKey = ({ source, document, message }: ManifestError): string => `not-judged|${reportPath(source)}|${document}|${message}`;
  const unread = numberCopies([...report.errors, ...report.notJudged], toUnreadKey).map(([error, copy]) => ({
    description: showHidden(`Not judged${error.document > 0 ? `, document ${error.document}` : ""}: ${error.message}`),
    check_name: "not-judged",
    fingerprint: toFingerprint(`${toUnreadKey(error)}${copy > 0 ? `|${copy}` : ""}`),
    severity: SEVERITY.medium,
    location: { path: reportPath(error.source), lines: { begin: 1 } },
  }));
  return [...findings, ...unread];
}
