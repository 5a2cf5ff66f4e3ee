import "server-only";
import { ENDPOINTS } from "./endpoints";

const PREFIX = "/api/v1";

/** Templates of paths, in parts, with what is asked of each; the document that describes them is served beside them. */
const SERVED: readonly { readonly parts: readonly string[]; readonly methods: ReadonlySet<string> }[] = [
  ...Map.groupBy([...Object.values(ENDPOINTS), { path: "/openapi.json", method: "GET" }], ({ path }) => path),
].map(([path, specs]) => ({ parts: path.split("/"), methods: new Set(specs.map(({ method }) => method)) }));

const isParameter = (part: string): boolean => part.startsWith("{");

/** What Next answers by itself, in the order in which `Allow` names it: HEAD where there is a GET, and OPTIONS everywhere. */
function withImplied(methods: ReadonlySet<string>): readonly string[] {
  return [...methods, ...(methods.has("GET") ? ["HEAD"] : []), "OPTIONS"].sort();
}

/** What Next keeps for itself, and in development asks by other methods too. */
const INTERNAL = /^\/_(?:next\/|_next)/;
/** Pages and their files are read. */
const READ = ["GET", "HEAD"];

/** Answered as to programs. */
export function isOfApi(path: string): boolean {
  return path === "/api" || path.startsWith("/api/");
}

/** The methods that are served at a path as it stands in an address; null where nothing of ours is. */
export function findServedMethods(path: string): readonly string[] | null {
  if (!isOfApi(path)) return INTERNAL.test(path) ? null : READ;
  if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return null;
  const asked = path.slice(PREFIX.length).split("/");
  const found = SERVED.find(
    ({ parts }) => parts.length === asked.length && parts.every((part, index) => part === asked[index] || (isParameter(part) && asked[index] !== "")),
  );
  return found ? withImplied(found.methods) : null;
}
