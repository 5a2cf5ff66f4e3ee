import { realpathSync } from "node:fs";
import path from "node:path";

/** The way to a file from the folder of the run; null where it lies outside. */
function fromHere(file: string): string | null {
  const way = path.relative(process.cwd(), file);
  return way === "" || path.isAbsolute(way) || way.split(path.sep)[0] === ".." ? null : way;
}

const realFolders = new Map<string, string>();

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder; // of a source that is not there, or none
  }
}

/** The file in the folder that it really lies in: a shell names the folder of the run by the link that it went through, and the folder itself does not know it. */
function realFile(file: string): string {
  const folder = path.dirname(file);
  const real = realFolders.get(folder) ?? realFolder(folder);
  realFolders.set(folder, real); // asked for each result of a report
  return path.join(real, path.basename(file));
}

/**
 * A file as reports for a code host name it: from the folder of the run, which is a repository's, with slashes. GitHub and GitLab know a file by its path in the
 * repository, whichever way it was named. What lies outside stays as it was named.
 */
export function reportPath(source: string): string {
  const file = path.resolve(source);
  return (fromHere(file) ?? fromHere(realFile(file)) ?? path.normalize(source)).split(path.sep).join("/");
}
