import { createReadStream } from "node:fs";
import { createContext } from "../inventory/context";
import { judge } from "../engine/judge";
import { AppError } from "../errors/app-error";
import { sayUnknownContainers } from "../inventory/workloads/unknown-containers";
import { isRecord, type JsonRecord, list, parseJson } from "../model/json";
import { answerQuestions } from "./answer-questions";
import { type Catalogue, toTuning } from "./catalogue";
import { sayUnread } from "../format/explain-file-error";
import { firstLine } from "./first-line";
import { type ManifestError, objectsOf } from "./parse-documents";
import type { ReportOutput } from "./report-output";
import { parseKubeVersion, parseNamespace, type ScanOptions } from "./scan-options";
import { toManifestInventory } from "./scan-manifests";
import { splitLines } from "./split-lines";
import { toJson } from "./to-json";
import { isFailure, isListed, toPartResults, toResult } from "./to-result";

/** What a line came to: the answer, and whether anything in it was judged, or is at least as bad as `--fail-on`. */
interface JudgedLine {
  readonly answer: unknown;
  readonly judged: boolean;
  readonly failed: boolean;
  /** Nothing of it was left out: neither unreadable nor with containers that cannot be judged. */
  readonly isWhole: boolean;
}

function readObjects(bundle: JsonRecord, errors: ManifestError[]): JsonRecord[] {
  const objects: JsonRecord[] = [];
  list(bundle.objects).forEach((given, index) => {
    for (const found of isRecord(given) ? objectsOf(given) : ["It is not a Kubernetes object."]) {
      if (typeof found === "string") errors.push({ source: "objects", document: index + 1, message: found });
      else objects.push(found);
    }
  });
  if (!Array.isArray(bundle.objects)) errors.push({ source: "objects", document: 0, message: "The bundle has no list of objects." });
  return objects;
}

/** What a bundle says of itself goes before the options. Throws bad-request where it says what cannot be understood. */
function readSettings(bundle: JsonRecord, options: ScanOptions) {
  const complete = bundle.complete ?? options.isComplete;
  const { kubeVersion, namespace } = bundle;
  if (typeof complete !== "boolean") throw new AppError("bad-request", `complete: ${JSON.stringify(complete).slice(0, 80)} is neither true nor false.`);
  return {
    isComplete: complete,
    kubeVersion: kubeVersion === undefined || kubeVersion === null ? options.kubeVersion : parseKubeVersion(kubeVersion, "kubeVersion"),
    namespace: namespace === undefined || namespace === null ? options.namespace : parseNamespace(namespace),
  };
}

function judgeBundle(bundle: JsonRecord, catalogue: Catalogue, options: ScanOptions, observedAt: string): JudgedLine {
  const errors: ManifestError[] = [];
  const results: unknown[] = [];
  const notJudged: string[] = [];
  let answers: readonly unknown[] | undefined;
  let judged = false;
  let failed = false;
  try {
    const objects = readObjects(bundle, errors);
    notJudged.push(...objects.flatMap(sayUnknownContainers));
    const inventory = toManifestInventory(objects, { ...readSettings(bundle, options), settings: catalogue.settings, observedAt });
    for (const verdict of judge(inventory, catalogue.controls)) {
      failed ||= isFailure(verdict, options);
      if (isListed(verdict, options)) results.push(toResult(verdict), ...toPartResults(verdict));
    }
    if (bundle.questions !== undefined && !Array.isArray(bundle.questions))
      errors.push({ source: "questions", document: 0, message: "The questions of a bundle are a list." });
    if (Array.isArray(bundle.questions)) answers = answerQuestions(bundle.questions, createContext(inventory));
    judged = objects.length > notJudged.length;
  } catch (error) {
    errors.push({ source: "bundle", document: 0, message: firstLine(error) });
  }
  const answer = { id: bundle.id ?? null, results, ...(answers && { answers }), errors, ...(notJudged.length > 0 && { notJudged }), ...toTuning(catalogue) };
  return { answer, judged, failed, isWhole: errors.length + notJudged.length === 0 };
}

function unreadable(message: string): JudgedLine {
  return { answer: { id: null, results: [], errors: [{ source: "bundle", document: 0, message }] }, judged: false, failed: false, isWhole: false };
}

function judgeLine(line: string, catalogue: Catalogue, options: ScanOptions, observedAt: string): JudgedLine {
  const bundle = parseJson(line);
  if (bundle === undefined) return unreadable("The line is not JSON.");
  return isRecord(bundle) ? judgeBundle(bundle, catalogue, options, observedAt) : unreadable("The line is not an object.");
}

/** The id is written as it was read, and may be nested too deep for that: no reason for other lines to have no answer. */
function writeLine({ answer, ...came }: JudgedLine): Omit<JudgedLine, "answer"> & { readonly text: string } {
  try {
    return { ...came, text: toJson(answer) };
  } catch (error) {
    return { ...came, isWhole: false, text: toJson(unreadable(`The answer could not be written: ${firstLine(error)}`).answer) };
  }
}

/**
 * One output line per input line that is not blank, in order, whatever happens in a bundle. Returns what all of them came to. Ends when nobody reads on:
 * what was not judged then is not whole. Throws bad-request for a file that cannot be read, or that holds no line.
 */
export async function scanBundles(
  file: string,
  catalogue: Catalogue,
  options: ScanOptions,
  observedAt: string,
  write: ReportOutput["write"],
): Promise<Omit<JudgedLine, "answer">> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  let judged = false;
  let failed = false;
  let isWhole = true;
  let isEmpty = true;
  try {
    for await (const line of splitLines(input)) {
      if (typeof line === "string" && line.trim() === "") continue;
      isEmpty = false;
      const result = writeLine(typeof line === "string" ? judgeLine(line, catalogue, options, observedAt) : unreadable(line.problem));
      judged ||= result.judged;
      failed ||= result.failed;
      isWhole &&= result.isWhole;
      if (!(await write(`${result.text}\n`))) return { judged: false, failed, isWhole: false };
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad-request", `--bundles: ${sayUnread(file, cause)}`, { cause });
  }
  if (isEmpty) throw new AppError("bad-request", `--bundles: ${file} has no bundle.`);
  return { judged, failed, isWhole };
}
