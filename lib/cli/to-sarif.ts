import { subjectName } from "../format/paths";
import { capitalise } from "../format/words";
import type { AnyControl } from "../controls/define";
import { formatCount } from "../format/numbers";
import { showHidden } from "../format/show-hidden";
import type { ResourceRef } from "../model/resource-ref";
import type { Severity } from "../model/severity";
import type { Verdict } from "../model/verdict";
import { sayTuning } from "./catalogue";
import type { ObjectPlaces } from "./object-places";
import { sayPlace } from "./parse-documents";
import { placeFailing } from "./place-failing";
import { reportPath } from "./report-path";
import type { ScanReport } from "./scan-report";

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = { critical: "error", high: "error", medium: "warning", low: "note", info: "note" };
const RANK: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0", info: "0.0" };

/** Of one run, by code scanning of GitHub (docs.github.com, "SARIF support for code scanning"). */
const RESULTS_LIMIT = 25_000;

/** What to tell of a report that would be refused; null = it is taken. */
export function sayTooManyResults(count: number): string | null {
  if (count <= RESULTS_LIMIT) return null;
  const [told, limit] = [formatCount(count), formatCount(RESULTS_LIMIT)];
  return `SARIF: ${told} results; code scanning of GitHub takes ${limit} a run: leave out what is mild by --min-severity, or judge folder by folder.`;
}

/** A path as SARIF wants it: a reference, so that a space or a # in a name does not end it. */
function toUri(source: string): string {
  return reportPath(source).split("/").map(encodeURIComponent).join("/");
}

function toPhysical({ source }: ObjectPlaces["place"], line: number) {
  return { physicalLocation: { artifactLocation: { uri: toUri(source) }, region: { startLine: line } } };
}

/** What a control says of itself, as text and as Markdown; code scanning shows the latter beside each result. */
function toRule({ id, title, why, fix, verify, lookFor, references, severity, maxSeverity, layer }: AnyControl) {
  const [first] = references;
  const links = references.map((url) => `- <${url}>`).join("\n");
  const see = verify === "" ? "" : `\n\n**See it in a cluster:**\n\n\`\`\`sh\n${verify}\n\`\`\`${lookFor === undefined ? "" : `\n\n${lookFor}`}`;
  const more = links === "" ? "" : `\n\n**References:**\n\n${links}`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    ...(first !== undefined && { helpUri: first }),
    help: { text: `${why}\n\nFix: ${fix}`, markdown: `**Why:** ${why}\n\n**Fix:** ${fix}${see}${more}` },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { "security-severity": RANK[maxSeverity ?? severity], tags: ["kubernetes", "security", layer] },
  };
}

function toLogical({ kind, namespace, name }: ResourceRef, path: string) {
  return { kind: "object", fullyQualifiedName: `${kind}/${namespace ?? "-"}/${name}`, ...(path !== "" && { name: path }) };
}

/** The object that fails with the field at fault, or beside it the object that has the field. */
function toLogicals({ resource, evidence: [first] }: Verdict) {
  return first?.object ? [toLogical(resource, ""), toLogical(first.object, first.path)] : [toLogical(resource, first?.path ?? "")];
}

/** What was found, of which names and values are whatever somebody wrote: nothing hidden, and no link of theirs, which SARIF has in plain text too. */
function toMessage(text: string): string {
  return showHidden(text).replaceAll("](", "] (");
}

/** SARIF 2.1.0 with one result per failing verdict, placed at its field in the document that holds the object; where others hold it as well, related to those. */
export function toSarif(report: ScanReport, version: string): unknown {
  const { controls, errors, notJudged, isKnown, baseline, switchedOff, reweighted, isDone } = report;
  const placed = placeFailing(report);
  const ids = new Set(placed.map(({ verdict }) => verdict.control));
  const off = switchedOff.map(({ control }) => control);
  const used = [...[...controls.values()].filter(({ id }) => ids.has(id)), ...off];
  const tuned = [...off, ...reweighted.map(({ control }) => control)];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Concentric",
            version,
            rules: used.map(toRule),
          },
        },
        invocations: [
          {
            executionSuccessful: isDone,
            toolExecutionNotifications: [...errors, ...notJudged].map((e) => ({
              level: "warning",
              message: { text: toMessage(`${sayPlace(e)}: ${e.message}`) },
            })),
            ...(tuned.length > 0 && {
              toolConfigurationNotifications: sayTuning(report).map((text, index) => ({
                level: "note",
                message: { text },
                associatedRule: { id: tuned[index]?.id },
              })),
            }),
            ...(off.length > 0 && { ruleConfigurationOverrides: off.map(({ id }) => ({ descriptor: { id }, configuration: { enabled: false } })) }),
          },
        ],
        results: placed.map(({ verdict, found, line, fingerprint }) => {
          const { kind, name } = verdict.resource;
          return {
            ruleId: verdict.control,
            level: LEVEL[verdict.severity],
            ...(baseline && { baselineState: isKnown(verdict) ? "unchanged" : "new" }),
            message: {
              text: toMessage(verdict.evidence.map((e) => e.message).join(" ") || `${capitalise(subjectName(verdict.resource))} fails ${verdict.control}.`),
            },
            locations: [
              {
                ...(found && toPhysical(found.place, line)),
                logicalLocations: toLogicals(verdict),
              },
            ],
            ...(found &&
              found.others.length > 0 && {
                relatedLocations: found.others.map((other, id) => ({
                  id,
                  ...toPhysical(other, other.line),
                  message: { text: toMessage(`${kind} ${name} is given here, too.`) },
                })),
              }),
            partialFingerprints: { "concentric/v1": fingerprint },
          };
        }),
      },
    ],
  };
}
