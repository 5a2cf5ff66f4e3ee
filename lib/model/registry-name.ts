/**
 * What people paste for a registry or a repository, in the one form that is compared: without a scheme and a slash or `/*` at the end, the host in
 * lower case, Docker Hub by its present name.
 */
export function normalizeRegistry(entry: string): string {
  return entry
    .trim()
    .replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, "")
    .replace(/\/+\**$/, "")
    .replace(/^[^/]+/, (host) => host.toLowerCase())
    .replace(/^index\.docker\.io(?=\/|$)/, "docker.io");
}
