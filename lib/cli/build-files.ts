import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type JsonRecord, list, record, text } from "../model/json";
import { decodeText } from "./decode-text";
import { loadYaml } from "./load-yaml";

/** What a tool makes objects of, by the folder that it stands in: files that are none themselves, each with the sentence that says so. */
export interface BuildFiles {
  /** Said of the folder as a whole, in place of its files; null = nothing. */
  readonly ofFolder: string | null;
  /** Said of an entry of the folder; "" = its folder has said it; null = it is read. */
  readonly sayOf: (name: string) => string | null;
}

export const IS_KUSTOMIZATION = "It is a build file, not a cluster object: scan the output of kubectl kustomize.";
const IS_PART = "It is a component of a kustomization, not an object by itself: scan the output of kubectl kustomize.";
const IS_CHART = "It is a Helm chart, whose templates are not objects yet: scan the output of helm template.";

const KUSTOMIZATIONS = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
const OF_CHART = /^(?:Chart\.yaml|requirements\.yaml|values(?:[.-].*)?\.ya?ml|values\.schema\.json|templates|charts)$/;

export function isKustomization(file: string): boolean {
  return KUSTOMIZATIONS.includes(path.basename(file));
}

/**
 * Files that a kustomization applies to others or takes for data: patches in each of their forms, replacements, configurations, what ConfigMaps are made of;
 * but for those that it takes as objects too.
 */
function partsOf(kustomization: JsonRecord): ReadonlySet<string> {
  const { resources, patches, patchesStrategicMerge, patchesJson6902, replacements, configurations, configMapGenerator, secretGenerator } = kustomization;
  const named = [...list(patches), ...list(patchesJson6902), ...list(replacements)].map((entry) => record(entry).path);
  const data = [...list(configMapGenerator), ...list(secretGenerator)].flatMap((entry) => list(record(entry).files));
  const files = [...named, ...list(patchesStrategicMerge), ...list(configurations), ...data.map((entry) => text(entry)?.replace(/^[^=]*=/, ""))];
  const toPaths = (entries: readonly unknown[]): readonly string[] =>
    entries.flatMap((file) => (typeof file === "string" && !file.includes("\n") ? [path.normalize(file)] : []));
  return new Set(toPaths(files)).difference(new Set(toPaths(list(resources))));
}

/** Of what cannot be read nothing is known; it is told where it is reached. Only of an ordinary file: a pipe may wait for ever for who writes to it. */
function readRecord(file: string): JsonRecord {
  try {
    return statSync(file).isFile() ? record(loadYaml(decodeText(readFileSync(file)))) : {};
  } catch {
    return {};
  }
}

/** What the files of a folder are, by the names in it and in the folders above it that were walked through. */
export function findBuildFiles(folder: string, names: readonly string[], above: BuildFiles | null): BuildFiles {
  // An object may lie in a file of that name, which the one of a chart is not.
  const isChart = names.includes("Chart.yaml") && text(readRecord(path.join(folder, "Chart.yaml")).kind) === undefined;
  const kustomization = names.find((name) => KUSTOMIZATIONS.includes(name));
  const parts = kustomization === undefined ? null : partsOf(readRecord(path.join(folder, kustomization)));
  const own = path.basename(folder);
  return {
    ofFolder: isChart ? IS_CHART : null,
    sayOf: (name) => {
      if (isChart && OF_CHART.test(name)) return "";
      if (parts?.has(path.normalize(name))) return IS_PART;
      return above?.sayOf(path.join(own, name)) ?? null;
    },
  };
}
