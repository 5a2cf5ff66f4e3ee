import { fstatSync, statSync } from "node:fs";
import { AppError } from "../errors/app-error";
import { IS_KUSTOMIZATION, isKustomization } from "./build-files";
import { sayUnread } from "../format/explain-file-error";
import { identityOf, toIdentity } from "./file-identity";
import { findManifests, NO_FILES } from "./find-manifests";
import { FILE_LIMIT, type ManifestDocument, type ManifestError, parseDocuments } from "./parse-documents";
import { readAtMost } from "./read-at-most";

interface Manifests {
  readonly documents: readonly ManifestDocument[];
  readonly errors: readonly ManifestError[];
  /** Every path that was named is there and may be read. */
  readonly foundAll: boolean;
  /** A chart was named: it stands for all that it would make, of which nothing is judged. */
  readonly leftChart: boolean;
}

/** Files that options name, which may lie among the manifests. */
interface OtherFiles {
  /** Where the report will be written, over whatever is there. */
  readonly output: string | null;
  /** Settings, controls, a baseline. */
  readonly inputs: readonly string[];
}

/**
 * Reads files, folders and `-` (standard input), each file once by whatever names; what cannot be read becomes an error entry.
 * Throws bad-request where the report would take the place of a manifest.
 */
export function readManifests(paths: readonly string[], { output, inputs }: OtherFiles = { output: null, inputs: [] }): Manifests {
  const documents: ManifestDocument[] = [];
  const errors: ManifestError[] = [];
  let foundAll = true;
  let leftChart = false;
  const fail = (source: string, message: string): void => {
    errors.push({ source, document: 0, message });
  };
  const read = new Set<string>();
  const noManifests = new Set(inputs.map(identityOf));
  const outputIdentity = output === null ? null : identityOf(output);
  /** Whether there is something, or something to say. */
  const readSource = (source: string, isNamed: boolean): boolean => {
    const before = documents.length + errors.length;
    try {
      const found = source === "-" ? fstatSync(0, { bigint: true }) : statSync(source, { bigint: true });
      const identity = toIdentity(found);
      if (identity !== null) {
        if (read.has(identity) || (!isNamed && noManifests.has(identity))) return true;
        read.add(identity);
      }
      // A pipe that is named may wait for whoever writes to it; one that only lies in a folder has nobody.
      if (!isNamed && !found.isFile()) throw new Error("it is no ordinary file");
      const parsed = parseDocuments(source, readAtMost(source === "-" ? 0 : source, FILE_LIMIT));
      if (identity !== null && identity === outputIdentity) {
        if (parsed.documents.length > 0) throw new AppError("bad-request", `--output: ${source} has objects to judge, which the report would overwrite.`);
        // A report of an earlier run.
        if (!isNamed) return true;
      }
      for (const document of parsed.documents) documents.push(document);
      for (const error of parsed.errors) errors.push(isKustomization(source) ? { ...error, message: IS_KUSTOMIZATION } : error);
    } catch (error) {
      if (error instanceof AppError) throw error;
      fail(source, sayUnread("It", error));
      if (isNamed) foundAll = false;
    }
    return documents.length + errors.length > before;
  };
  const readFolder = (folder: string): boolean => {
    let hasFiles = false;
    let hasAny = false;
    for (const { source, message } of findManifests(folder)) {
      hasFiles = true;
      if (message === undefined) hasAny = readSource(source, false) || hasAny;
      else {
        fail(source, message);
        leftChart ||= source === folder;
        hasAny = true;
      }
    }
    if (!hasFiles) fail(folder, NO_FILES);
    return hasAny || !hasFiles;
  };
  for (const name of paths) {
    try {
      const hasAny = name !== "-" && statSync(name).isDirectory() ? readFolder(name) : readSource(name, true);
      if (!hasAny) fail(name, "It has no Kubernetes object.");
    } catch (error) {
      if (error instanceof AppError) throw error;
      fail(name, sayUnread("It", error));
      foundAll = false;
    }
  }
  return { documents, errors, foundAll, leftChart };
}
