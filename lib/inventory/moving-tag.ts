/** Names that projects move from build to build. */
const MOVING: ReadonlySet<string> = new Set([
  "latest",
  "main",
  "master",
  "trunk",
  "head",
  "dev",
  "develop",
  "development",
  "edge",
  "nightly",
  "stable",
  "lts",
  "canary",
  "test",
  "testing",
  "staging",
  "prod",
  "production",
  "rolling",
  "unstable",
  "current",
  "snapshot",
  "beta",
  "alpha",
]);

/** Whether the name of a tag says by itself that it moves; a line of releases (`1.27`) does not. */
export function isMovingTag(tag: string): boolean {
  return MOVING.has(tag.toLowerCase());
}
