import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { type BuildFiles, findBuildFiles, isKustomization } from "./build-files";
import { sayUnread } from "../format/explain-file-error";

const EXTENSIONS = [".yaml", ".yml", ".json", ".jsonl", ".ndjson"];
export const NO_FILES = `It has no file that ends in ${EXTENSIONS.slice(0, -1).join(", ")} or ${EXTENSIONS.at(-1)}.`;

/** A file to read, or with a message why what stands there is not read. */
export interface FoundFile {
  readonly source: string;
  readonly message?: string;
}

function isFolder(entry: Dirent, full: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return statSync(full).isDirectory();
  } catch {
    // A link that leads nowhere or in a circle is told as a file that cannot be read, if it is named as one.
    return false;
  }
}

/** Files of manifests in a folder and below, by name; each folder once, however many links lead to it. Throws what reading the folder throws; of those below, it is told. */
export function* findManifests(folder: string, seen = new Set<string>(), above: BuildFiles | null = null): Generator<FoundFile> {
  const real = realpathSync(folder);
  if (seen.has(real)) return;
  seen.add(real);
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = entries.map(({ name }) => name);
  const build = findBuildFiles(folder, names, above);
  if (build.ofFolder !== null) yield { source: folder, message: build.ofFolder };
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const full = path.join(folder, entry.name);
    const message = build.sayOf(entry.name);
    if (message === "") continue;
    if (message !== null) yield { source: full, message };
    else if (isFolder(entry, full)) {
      try {
        yield* findManifests(full, seen, build);
      } catch (error) {
        yield { source: full, message: sayUnread("It", error) };
      }
    } else if (isKustomization(full) || EXTENSIONS.includes(path.extname(entry.name).toLowerCase())) yield { source: full };
  }
}
