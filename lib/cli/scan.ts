import { CATALOGUE_VERSION, listControls } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { messageOf } from "../model/message-of";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { expandObjects } from "../inventory/expand-objects";
import { sayUnknownContainers } from "../inventory/workloads/unknown-containers";
import type { Verdict } from "../model/verdict";
import { type Baseline, readBaseline } from "./baseline";
import { calledFrom } from "./called-from";
import { type Catalogue, sayTuning, toTuning } from "./catalogue";
import { chooseControls } from "./choose-controls";
import { writeControls } from "./list-controls";
import { toPrintable } from "./lay-out";
import { identityOf } from "./file-identity";
import { createObjectPlaces } from "./object-places";
import { type ManifestError, sayPlace } from "./parse-documents";
import { readManifests } from "./read-manifests";
import { openReport, type ReportOutput } from "./report-output";
import { scanBundles } from "./scan-bundles";
import { judgeManifests } from "./scan-manifests";
import type { ScanReport } from "./scan-report";
import { parseScanOptions, type ScanOptions, sayNewerVersion, USAGE } from "./scan-options";
import { createSummary, isFailure, isListed, toResult } from "./to-result";
import { toJson } from "./to-json";
import { toJunit } from "./to-junit";
import { toTable } from "./to-table";

const NOT_DONE = 2;

const UNTUNED: Catalogue = { version: CATALOGUE_VERSION, settings: DEFAULT_SETTINGS, controls: listControls(), switchedOff: [], reweighted: [] };

/** What reads settings and own controls takes longer to load than all else together: it is left to those who have some. */
async function loadCatalogue({ settingsFile, controlsFile, trustedRegistries }: ScanOptions): Promise<Catalogue> {
  const isTuned = settingsFile !== null || controlsFile !== null;
  const catalogue = isTuned ? (await import("./tuned-catalogue")).readTunedCatalogue(settingsFile, controlsFile) : UNTUNED;
  const { settings } = catalogue;
  return { ...catalogue, settings: { ...settings, trustedRegistries: [...settings.trustedRegistries, ...trustedRegistries] } };
}

function tell(line: string): void {
  process.stderr.write(`${toPrintable(line)}\n`);
}

function sayProblem(error: ManifestError): string {
  return `${sayPlace(error)}: ${error.message}`;
}

/** More are in the report alone. */
const PROBLEMS_TOLD = 5;

/** Why a run exits 2, for a log that does not hold the report; whole files first, which are named and missing. */
function tellUndone({ errors, notJudged }: ScanReport): void {
  const problems = [...errors, ...notJudged].toSorted((a, b) => a.document - b.document);
  for (const problem of problems.slice(0, PROBLEMS_TOLD)) tell(sayProblem(problem));
  if (problems.length > PROBLEMS_TOLD) tell(`${problems.length - PROBLEMS_TOLD} more could not be judged: the report names them.`);
}

interface Written {
  readonly report: ScanReport;
  readonly options: ScanOptions;
  readonly version: string;
  readonly summary: object;
}

/** What is asked of both JSON formats: each entry, where its object stands, and with a baseline whether it is new. */
function toEntries({ listed, baseline, isKnown, placesOf }: ScanReport): readonly object[] {
  return listed.map((verdict) => {
    const { source, line } = placesOf(verdict)?.place ?? {};
    const state = baseline && verdict.state === "fail" ? { baselineState: isKnown(verdict) ? "unchanged" : "new" } : {};
    return { ...toResult(verdict), ...(source !== undefined && { source, line }), ...state };
  });
}

/** What finds the lines of fields takes a while to load: it is left to the format that says them. */
async function writeReport({ report, options, version, summary }: Written, { write, ...look }: ReportOutput): Promise<void> {
  const { errors, notJudged, baseline } = report;
  if (options.format === "json") {
    const kubeVersion = options.kubeVersion?.text ?? null;
    const told = { ...toTuning(report), errors, notJudged, ...(baseline && { baseline }) };
    const whole = { catalogueVersion: version, kubeVersion, results: toEntries(report), summary, ...told };
    await write(`${toJson(whole, 1)}\n`);
  } else if (options.format === "jsonl") {
    for (const result of toEntries(report)) await write(`${toJson(result)}\n`);
    for (const line of [...sayTuning(report), ...[...errors, ...notJudged].map(sayProblem)]) tell(line);
  } else if (options.format === "sarif") {
    const { sayTooManyResults, toSarif } = await import("./to-sarif");
    const tooMany = sayTooManyResults(report.listed.filter(({ state }) => state === "fail").length);
    if (tooMany !== null) tell(tooMany);
    await write(`${toJson(toSarif(report, version), 1)}\n`);
  } else if (options.format === "codequality") {
    const { toCodeQuality } = await import("./to-code-quality");
    await write(`${toJson(toCodeQuality(report), 1)}\n`);
    sayTuning(report).forEach(tell);
  } else await write(options.format === "junit" ? toJunit(report) : toTable(report, look));
}

interface Given {
  readonly catalogue: Catalogue;
  readonly baseline: Baseline | null;
}

/** The report would take the place of what was read for it. Throws bad-request. */
function refuseOverwrite({ outputFile, settingsFile, controlsFile, bundlesFile }: ScanOptions): void {
  const identity = outputFile === null ? null : identityOf(outputFile);
  const taken = identity === null ? undefined : [settingsFile, controlsFile, bundlesFile].find((file) => file !== null && identityOf(file) === identity);
  if (taken) throw new AppError("bad-request", `--output: ${outputFile} is an input, which the report would overwrite.`);
}

async function scanPaths(options: ScanOptions, { catalogue, baseline }: Given, observedAt: string): Promise<number> {
  const { controls, version, settings, switchedOff, reweighted } = catalogue;
  const { outputFile, settingsFile, controlsFile, baselineFile } = options;
  const inputs = [settingsFile, controlsFile, baselineFile].filter((file) => file !== null);
  // Before the output is emptied, which may be the same file by mistake.
  const { documents, errors, foundAll, leftChart } = readManifests(options.paths, { output: outputFile, inputs });
  const output = openReport(outputFile);
  const notJudged = documents.flatMap(({ source, document, object }) => sayUnknownContainers(object).map((message) => ({ source, document, message })));
  const objects = documents.reduce((sum, { object }) => sum + expandObjects(object).objects.length, 0) - notJudged.length;
  const summary = createSummary();
  const places = createObjectPlaces(documents, options.namespace);
  const listed: Verdict[] = [];
  const known = new Set<Verdict>();
  let failed = false;
  let isAsked = false;
  for (const verdict of judgeManifests(
    documents.map((d) => d.object),
    controls,
    { ...options, settings, observedAt },
  )) {
    summary.add(verdict);
    isAsked ||= verdict.state !== "not-applicable";
    places.see(verdict);
    if (baseline?.isKnown(verdict) === true) known.add(verdict);
    failed ||= isFailure(verdict, options) && !known.has(verdict);
    if (isListed(verdict, options)) listed.push(verdict);
  }
  const isLacking = objects === 0 || !foundAll || (options.isStrict && errors.length + notJudged.length > 0);
  const status = isLacking ? NOT_DONE : failed ? 1 : leftChart ? NOT_DONE : 0;
  const report: ScanReport = {
    listed,
    showsAll: options.showsAll,
    minSeverity: options.minSeverity,
    controls: new Map(controls.map((control) => [control.id, control])),
    documents,
    errors,
    notJudged,
    objects,
    isAsked,
    switchedOff,
    reweighted,
    placesOf: places.placesOf,
    counts: (verdict) => isFailure(verdict, options),
    isKnown: (verdict) => known.has(verdict),
    baseline: baseline && { known: listed.filter((verdict) => known.has(verdict)).length, gone: baseline.countGone() },
    isDone: status !== NOT_DONE,
  };
  await writeReport({ report, options, version, summary: summary.toObject() }, output);
  const isTold = options.format === "jsonl" || (options.format === "table" && outputFile === null);
  if (!report.isDone && !isTold) tellUndone(report);
  return status;
}

async function main(): Promise<number> {
  const folder = calledFrom(process.env);
  if (folder !== null) process.chdir(folder);
  const options = parseScanOptions(process.argv.slice(2));
  const observedAt = new Date().toISOString();
  if (options.wantsHelp || options.wantsVersion) {
    await openReport(null).write(options.wantsHelp ? USAGE : `Concentric, catalogue of controls ${CATALOGUE_VERSION}\n`);
    return 0;
  }
  const catalogue = chooseControls(await loadCatalogue(options), options.choice);
  // Before the output is emptied, which may be the same file.
  const baseline = options.baselineFile === null ? null : readBaseline(options.baselineFile, catalogue.controls);
  refuseOverwrite(options);
  if (options.listsControls) {
    await openReport(options.outputFile).write(writeControls(catalogue.controls, catalogue.switchedOff, options.format === "json" ? "json" : "table"));
    return 0;
  }
  const newest = sayNewerVersion(options.kubeVersion);
  if (newest !== null) tell(newest);
  if (baseline && baseline.version !== catalogue.version)
    tell(
      `--baseline: ${options.baselineFile} was judged by another catalogue of controls: findings of controls that are new or stricter since then count as new.`,
    );
  if (options.bundlesFile === null) return scanPaths(options, { catalogue, baseline }, observedAt);
  const { judged, failed, isWhole } = await scanBundles(options.bundlesFile, catalogue, options, observedAt, openReport(options.outputFile).write);
  if (options.isStrict && !isWhole) return NOT_DONE;
  if (failed) return 1;
  return judged ? 0 : NOT_DONE;
}

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof AppError ? error.message : `The scan failed: ${messageOf(error)}`;
  for (const line of message.split("\n")) tell(line);
  process.exitCode = NOT_DONE;
}
