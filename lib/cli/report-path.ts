import path from "node:path";

/**
 * A file as reports for a code host name it: from the folder of the run, which is a repository's, with slashes. GitHub and GitLab know a file by its path in the
 * repository, whichever way it was named. What lies outside stays as it was named.
 */
export function reportPath(source: string): string {
  const named = path.normalize(source);
  const fromHere = path.relative(process.cwd(), path.resolve(named));
  const isInside = path.isAbsolute(named) && fromHere !== "" && !path.isAbsolute(fromHere) && fromHere.split(path.sep)[0] !== "..";
  return (isInside ? fromHere : named).split(path.sep).join("/");
}
