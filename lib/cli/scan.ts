import type { ClusterCatalogue } from "../controls/cluster-catalogue";
import { CATALOGUE_VERSION, listControls } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { expandObjects } from "../inventory/expand-objects";
import { sayUnknownContainers } from "../inventory/unknown-containers";
import type { Verdict } from "../model/verdict";
import { chooseControls } from "./choose-controls";
import { createObjectPlaces } from "./object-places";
import { readManifests } from "./read-manifests";
import { openReport, type ReportOutput } from "./report-output";
import { scanBundles } from "./scan-bundles";
import { judgeManifests } from "./scan-manifests";
import { parseScanOptions, type ScanOptions, USAGE } from "./scan-options";
import { createSummary, isFailure, isListed, toResults } from "./to-result";
import { toSarif } from "./to-sarif";
import { toTable } from "./to-table";

const NOT_DONE = 2;

type Catalogue = Pick<ClusterCatalogue, "controls" | "version">;

/** What reads own controls takes longer to load than all else together: it is left to those who have some. */
async function loadCatalogue(file: string | null): Promise<Catalogue> {
  if (file === null) return { version: CATALOGUE_VERSION, controls: listControls() };
  const { readOwnCatalogue } = await import("./own-catalogue");
  return readOwnCatalogue(file);
}

async function scanPaths(options: ScanOptions, { controls, version }: Catalogue, observedAt: string, { write, isColoured }: ReportOutput): Promise<number> {
  const { documents, errors, foundAll } = readManifests(options.paths);
  const notJudged = documents.flatMap(({ source, document, object }) => sayUnknownContainers(object).map((message) => ({ source, document, message })));
  const judged = documents.reduce((sum, { object }) => sum + expandObjects(object).objects.length, 0) - notJudged.length;
  const summary = createSummary();
  const places = createObjectPlaces(documents, options.namespace);
  const listed: Verdict[] = [];
  let failed = false;
  for (const verdict of judgeManifests(
    documents.map((d) => d.object),
    controls,
    { ...options, observedAt },
  )) {
    summary.add(verdict);
    if (options.format === "sarif") places.see(verdict);
    failed ||= isFailure(verdict, options);
    if (isListed(verdict, options)) listed.push(verdict);
  }
  if (options.format === "json") {
    const kubeVersion = options.kubeVersion?.text ?? null;
    const results = listed.flatMap(toResults);
    await write(`${JSON.stringify({ catalogueVersion: version, kubeVersion, results, summary: summary.toObject(), errors, notJudged }, null, 1)}\n`);
  } else if (options.format === "jsonl") {
    for (const result of listed.flatMap(toResults)) await write(`${JSON.stringify(result)}\n`);
    for (const error of [...errors, ...notJudged]) process.stderr.write(`${error.source}, document ${error.document}: ${error.message}\n`);
  } else if (options.format === "sarif") {
    await write(`${JSON.stringify(toSarif(listed, controls, places.placesOf, documents, [...errors, ...notJudged], version), null, 1)}\n`);
  } else {
    const titles = new Map(controls.map(({ id, title }) => [id, title]));
    await write(
      toTable(listed, {
        errors,
        notJudged,
        titleOf: (id) => titles.get(id) ?? id,
        isColoured,
        objects: judged,
      }),
    );
  }
  if (judged === 0 || !foundAll) return NOT_DONE;
  if (options.isStrict && errors.length + notJudged.length > 0) return NOT_DONE;
  return failed ? 1 : 0;
}

async function main(): Promise<number> {
  const options = parseScanOptions(process.argv.slice(2));
  const observedAt = new Date().toISOString();
  if (options.wantsHelp || options.wantsVersion) {
    await openReport(null).write(options.wantsHelp ? USAGE : `Concentric, catalogue of controls ${CATALOGUE_VERSION}\n`);
    return 0;
  }
  const { controls: known, version } = await loadCatalogue(options.controlsFile);
  const controls = chooseControls(known, options.choice);
  const output = openReport(options.outputFile);
  if (options.bundlesFile === null) return scanPaths(options, { controls, version }, observedAt, output);
  const { judged, failed, isWhole } = await scanBundles(options.bundlesFile, controls, options, observedAt, output.write);
  if (options.isStrict && !isWhole) return NOT_DONE;
  if (failed) return 1;
  return judged ? 0 : NOT_DONE;
}

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof AppError ? error.message : `The scan failed: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = NOT_DONE;
}
