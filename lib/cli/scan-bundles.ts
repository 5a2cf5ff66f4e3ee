import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { AnyControl } from "../controls/define";
import { createContext } from "../inventory/context";
import { judge } from "../engine/judge";
import { AppError } from "../errors/app-error";
import { sayUnknownContainers } from "../inventory/unknown-containers";
import { isRecord, type JsonRecord, list, record, text } from "../model/json";
import { answerQuestions } from "./answer-questions";
import { parseKubeVersion, parseNamespace, type ScanOptions } from "./scan-options";
import { toManifestInventory } from "./scan-manifests";
import { isListed, toResults } from "./to-result";

interface BundleError {
  readonly source: string;
  readonly document: number;
  readonly message: string;
}

function readObjects(bundle: JsonRecord, errors: BundleError[]): JsonRecord[] {
  const objects: JsonRecord[] = [];
  list(bundle.objects).forEach((object, index) => {
    if (isRecord(object)) objects.push(object);
    else errors.push({ source: "objects", document: index + 1, message: "It is not a Kubernetes object." });
  });
  if (!Array.isArray(bundle.objects)) errors.push({ source: "objects", document: 0, message: "The bundle has no list of objects." });
  return objects;
}

function judgeBundle(bundle: JsonRecord, controls: readonly AnyControl[], options: ScanOptions, observedAt: string): unknown {
  const errors: BundleError[] = [];
  const results: unknown[] = [];
  const notJudged: string[] = [];
  let answers: readonly unknown[] | undefined;
  try {
    const version = text(bundle.kubeVersion);
    const objects = readObjects(bundle, errors);
    notJudged.push(...objects.flatMap(sayUnknownContainers));
    const inventory = toManifestInventory(objects, {
      isComplete: typeof bundle.complete === "boolean" ? bundle.complete : options.isComplete,
      kubeVersion: version === undefined ? options.kubeVersion : parseKubeVersion(version),
      trustedRegistries: options.trustedRegistries,
      observedAt,
      namespace: bundle.namespace === undefined ? options.namespace : parseNamespace(bundle.namespace),
    });
    for (const verdict of judge(inventory, controls)) if (isListed(verdict, options.showsAll)) results.push(...toResults(verdict));
    if (Array.isArray(bundle.questions)) answers = answerQuestions(bundle.questions, createContext(inventory));
  } catch (error) {
    errors.push({ source: "bundle", document: 0, message: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) });
  }
  return { id: bundle.id ?? null, results, ...(answers && { answers }), errors, ...(notJudged.length > 0 && { notJudged }) };
}

function judgeLine(line: string, controls: readonly AnyControl[], options: ScanOptions, observedAt: string): unknown {
  let bundle: unknown;
  try {
    bundle = JSON.parse(line);
  } catch {
    return { id: null, results: [], errors: [{ source: "bundle", document: 0, message: "The line is not JSON." }] };
  }
  if (!isRecord(bundle)) return { id: null, results: [], errors: [{ source: "bundle", document: 0, message: "The line is not an object." }] };
  return judgeBundle(record(bundle), controls, options, observedAt);
}

/** One output line per input line, in order, whatever happens in a bundle. Returns how many bundles there were. */
export async function scanBundles(
  file: string,
  controls: readonly AnyControl[],
  options: ScanOptions,
  observedAt: string,
  write: (line: string) => Promise<void>,
): Promise<number> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  let count = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === "") continue;
      count += 1;
      await write(`${JSON.stringify(judgeLine(line, controls, options, observedAt))}\n`);
    }
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new AppError("bad-request", isMissing ? `${file} does not exist.` : `${file} could not be read.`, { cause });
  }
  return count;
}
