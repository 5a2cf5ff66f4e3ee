import { remembered } from "../../model/remembered";
import {
  EXECUTED_TREES,
  POD_RESOURCES,
  RUNTIME_SOCKETS,
  SENSITIVE_PATHS,
  SENSITIVE_TREES,
  VOLUME_FOLDER,
  WINDOWS_PATHS,
  WINDOWS_RUNTIME_PIPES,
} from "../data/host-paths";

const WINDOWS_DRIVE = /^[a-z]:(?=[\\/]|$)/i;
/** What the kernel shows of one process: `root` and `cwd` lead to the whole file system of the node. */
const PROCESS_FOLDER = /^\/proc\/(?:\d+|self|thread-self)(?:\/(?:root|cwd)(?:\/|$)|$)/;

/** Collapses `//`, `.`, `..` and a trailing `/`; a path is taken from the root of the node, or of its drive where Windows gives one. */
export const normaliseHostPath = remembered(
  (path: string): string => {
    const segments: string[] = [];
    const plain = WINDOWS_DRIVE.test(path) ? path.slice(2).replaceAll("\\", "/").toLowerCase() : path;
    for (const segment of plain.split("/")) {
      if (segment === "" || segment === ".") continue;
      if (segment === "..") segments.pop();
      else segments.push(segment);
    }
    return `/${segments.join("/")}`;
  },
  { limit: 1_000 },
);

function isAbove(parent: string, child: string): boolean {
  return parent === "/" || child.startsWith(`${parent}/`);
}

/** The runtime sockets that a mount of this path may reach, of which a node has those of its runtime; `/` and `/var` are left to isSensitiveHostPath. */
export function findRuntimeSockets(path: string): readonly string[] {
  const pipe = WINDOWS_RUNTIME_PIPES.find((name) => path.replaceAll("\\", "/").toLowerCase().endsWith(`/pipe/${name}`));
  if (pipe) return [path];
  const normal = normaliseHostPath(path);
  if (normal === "/" || normal === "/var") return [];
  return RUNTIME_SOCKETS.filter((socket) => socket === normal || isAbove(normal, socket));
}

/** The path lies inside the tree, or above it. `*` stands for one path segment. */
function meetsTree(path: string, tree: string): boolean {
  const wanted = tree.split("/");
  return path.split("/", wanted.length).every((segment, i) => wanted[i] === "*" || wanted[i] === segment);
}

/** Is, or is above, a sensitive place of the node; or lies inside one of the few where anything below counts, some of them only when it can be written. */
export function isSensitiveHostPath(path: string, isWritable: boolean): boolean {
  const normal = normaliseHostPath(path);
  if (normal === "/" || PROCESS_FOLDER.test(normal)) return true;
  if (isAbove(VOLUME_FOLDER, normal) || normal === POD_RESOURCES || isAbove(POD_RESOURCES, normal)) return false;
  const meets = (trees: readonly string[]) => trees.some((tree) => meetsTree(normal, tree));
  const places = WINDOWS_DRIVE.test(path) ? [...SENSITIVE_PATHS, ...WINDOWS_PATHS] : SENSITIVE_PATHS;
  if (places.some((place) => place === normal || isAbove(normal, place)) || meets(SENSITIVE_TREES)) return true;
  return isWritable && meets(EXECUTED_TREES);
}
