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

/** What an image is built on or for. Alone, such a tag is that build of the newest release: `alpine`, `bookworm-slim`. */
const BUILDS: ReadonlySet<string> = new Set([
  "alpine",
  "slim",
  "debian",
  "buster",
  "bullseye",
  "bookworm",
  "trixie",
  "sid",
  "ubuntu",
  "bionic",
  "focal",
  "jammy",
  "noble",
  "centos",
  "fedora",
  "rockylinux",
  "ubi",
  "minimal",
  "windowsservercore",
  "nanoserver",
  "ltsc",
  "distroless",
  "nonroot",
  "musl",
  "glibc",
  "jdk",
  "jre",
  "apache",
  "fpm",
  "management",
  "mainline",
]);

/** `alpine3.20` is a build as `alpine` is. */
function isMovingPart(part: string): boolean {
  return MOVING.has(part) || BUILDS.has(part) || BUILDS.has(part.replace(/\d[\d.]*$/, ""));
}

/** What is built before a version is released, under one name again and again: `1.4.0-SNAPSHOT`. */
function isSnapshot(tag: string): boolean {
  return /[-.]snapshot$/i.test(tag);
}

/** Whether the name of a tag says by itself that it moves; a line of releases (`1.27`) does not, since one's own builds may be called so. */
export function isMovingTag(tag: string): boolean {
  return isSnapshot(tag) || tag.toLowerCase().split("-").every(isMovingPart);
}

/** Longer numbers are dates and builds. */
const LINE = /^v?\d{1,3}(?:\.\d+)?$/;

/** A line of releases, whatever build of it: `1`, `v1.27`, `1.29-alpine`. Projects that publish one have it follow the newest of its releases. */
export function isReleaseLine(tag: string): boolean {
  const [line = "", ...builds] = tag.toLowerCase().split("-");
  return !isSnapshot(tag) && LINE.test(line) && builds.every(isMovingPart);
}
