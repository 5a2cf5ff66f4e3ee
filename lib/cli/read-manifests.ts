import { readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { sayUnread } from "./explain-file-error";
import { readAtMost } from "./read-at-most";
import { FILE_LIMIT, type ManifestDocument, type ManifestError, parseDocuments } from "./parse-documents";

const EXTENSIONS = new Set([".yaml", ".yml", ".json", ".jsonl", ".ndjson"]);

function* filesBelow(folder: string, seen: Set<string>): Generator<string> {
  const real = realpathSync(folder);
  if (seen.has(real)) return;
  seen.add(real);
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const full = path.join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && statSync(full, { throwIfNoEntry: false })?.isDirectory());
    if (isFolder) yield* filesBelow(full, seen);
    else if (EXTENSIONS.has(path.extname(entry.name).toLowerCase())) yield full;
  }
}

interface Manifests {
  readonly documents: readonly ManifestDocument[];
  readonly errors: readonly ManifestError[];
  /** Every path that was named is there and may be read. */
  readonly foundAll: boolean;
}

/** Reads files, folders and `-` (standard input); what cannot be read becomes an error entry. */
export function readManifests(paths: readonly string[]): Manifests {
  const documents: ManifestDocument[] = [];
  const errors: ManifestError[] = [];
  let foundAll = true;
  const read = (source: string, name: string | number): void => {
    try {
      // A pipe that is named may wait for whoever writes to it; one that only lies in a folder has nobody.
      if (typeof name === "string" && !paths.includes(source) && !statSync(name).isFile()) throw new Error("it is no ordinary file");
      const parsed = parseDocuments(source, readAtMost(name, FILE_LIMIT));
      for (const found of parsed.documents) documents.push(found);
      for (const error of parsed.errors) errors.push(error);
    } catch (error) {
      errors.push({ source, document: 0, message: sayUnread("It", error) });
      if (paths.includes(source)) foundAll = false;
    }
  };
  for (const name of paths) {
    const before = documents.length + errors.length;
    try {
      if (name === "-") read("-", 0);
      else if (statSync(name).isDirectory()) for (const file of filesBelow(name, new Set())) read(file, file);
      else read(name, name);
    } catch (error) {
      errors.push({ source: name, document: 0, message: sayUnread("It", error) });
      foundAll = false;
    }
    if (documents.length + errors.length === before) errors.push({ source: name, document: 0, message: "It holds no Kubernetes object." });
  }
  return { documents, errors, foundAll };
}
