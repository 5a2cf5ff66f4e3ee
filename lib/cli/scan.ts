import { once } from "node:events";
import type { ClusterCatalogue } from "../controls/cluster-catalogue";
import { CATALOGUE_VERSION, listControls } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { expandObjects } from "../inventory/expand-objects";
import { sayUnknownContainers } from "../inventory/unknown-containers";
import { severityRank } from "../model/severity";
import type { Verdict } from "../model/verdict";
import { createObjectPlaces } from "./object-places";
import { readManifests } from "./read-manifests";
import { scanBundles } from "./scan-bundles";
import { judgeManifests } from "./scan-manifests";
import { parseScanOptions, type ScanOptions, USAGE } from "./scan-options";
import { createSummary, isListed, toResults } from "./to-result";
import { toSarif } from "./to-sarif";
import { toTable } from "./to-table";

const NOTHING_JUDGED = 2;

/** Waits for the reader when a pipe is full, so that a large report does not pile up in memory. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

function isFailure(verdict: Verdict, options: ScanOptions): boolean {
  return verdict.state === "fail" && severityRank(verdict.severity) <= severityRank(options.failOn);
}

type Catalogue = Pick<ClusterCatalogue, "controls" | "version">;

/** What reads own controls takes longer to load than all else together: it is left to those who have some. */
async function loadCatalogue(file: string | null): Promise<Catalogue> {
  if (file === null) return { version: CATALOGUE_VERSION, controls: listControls() };
  const { readOwnCatalogue } = await import("./own-catalogue");
  return readOwnCatalogue(file);
}

async function scanPaths(options: ScanOptions, { controls, version }: Catalogue, observedAt: string): Promise<number> {
  const { documents, errors } = readManifests(options.paths);
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
    if (isListed(verdict, options.showsAll)) listed.push(verdict);
  }
  if (options.format === "json") {
    const kubeVersion = options.kubeVersion?.text ?? null;
    const results = listed.flatMap(toResults);
    await write(`${JSON.stringify({ catalogueVersion: version, kubeVersion, results, summary: summary.toObject(), errors, notJudged }, null, 1)}\n`);
  } else if (options.format === "jsonl") {
    for (const result of listed.flatMap(toResults)) await write(`${JSON.stringify(result)}\n`);
    for (const error of [...errors, ...notJudged]) process.stderr.write(`${error.source}, document ${error.document}: ${error.message}\n`);
  } else if (options.format === "sarif") {
    await write(`${JSON.stringify(toSarif(listed, controls, places.placesOf, [...errors, ...notJudged], version), null, 1)}\n`);
  } else {
    const titles = new Map(controls.map(({ id, title }) => [id, title]));
    await write(
      toTable(listed, {
        errors,
        notJudged,
        titleOf: (id) => titles.get(id) ?? id,
        isColoured: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
        objects: judged,
      }),
    );
  }
  if (judged === 0) return NOTHING_JUDGED;
  return failed ? 1 : 0;
}

async function main(): Promise<number> {
  const options = parseScanOptions(process.argv.slice(2));
  const observedAt = new Date().toISOString();
  if (options.wantsHelp) {
    await write(USAGE);
    return 0;
  }
  const catalogue = await loadCatalogue(options.controlsFile);
  if (options.bundlesFile === null) return scanPaths(options, catalogue, observedAt);
  const { judged, failed } = await scanBundles(options.bundlesFile, catalogue.controls, options, observedAt, write);
  if (!judged) return NOTHING_JUDGED;
  return failed ? 1 : 0;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof AppError ? error.message : `The scan failed: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = NOTHING_JUDGED;
}
