import { EXECUTED_TREES, RUNTIME_SOCKETS, SENSITIVE_PATHS, SENSITIVE_TREES, WINDOWS_RUNTIME_PIPES } from "./data/host-paths";

/** Collapses `//`, `.`, `..` and a trailing `/`; a path is taken from the root of the node. */
export function normaliseHostPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

function isAbove(parent: string, child: string): boolean {
  return parent === "/" || child.startsWith(`${parent}/`);
}

/** The runtime socket that a mount of this path reaches; `/` and `/var` are left to isSensitiveHostPath. */
export function findRuntimeSocket(path: string): string | null {
  const pipe = WINDOWS_RUNTIME_PIPES.find((name) => path.replaceAll("\\", "/").toLowerCase().endsWith(`/pipe/${name}`));
  if (pipe) return path;
  const normal = normaliseHostPath(path);
  if (normal === "/" || normal === "/var") return null;
  return RUNTIME_SOCKETS.find((socket) => socket === normal || isAbove(normal, socket)) ?? null;
}

function matchesTree(path: string, tree: string): boolean {
  const wanted = tree.split("/");
  const given = path.split("/");
  return given.length >= wanted.length && wanted.every((segment, i) => segment === "*" || segment === given[i]);
}

/** Is, or is above, a sensitive place of the node; or lies inside one of the few where anything below counts, some of them only when it can be written. */
export function isSensitiveHostPath(path: string, isWritable: boolean): boolean {
  const normal = normaliseHostPath(path);
  if (normal === "/") return true;
  const isInside = (trees: readonly string[]) => trees.some((tree) => matchesTree(normal, tree));
  if (SENSITIVE_PATHS.some((place) => place === normal || isAbove(normal, place)) || isInside(SENSITIVE_TREES)) return true;
  return isWritable && isInside(EXECUTED_TREES);
}
