import "server-only";
import { apiVersionOf, type ServedResource } from "./served-resource";

/** One request, as far as it can be understood before it is answered. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Null for discovery, `/version` and what is not served. */
  readonly resource: ServedResource | null;
  readonly namespace: string | null;
  /** Null = a list. */
  readonly name: string | null;
  /** Index of the first item that is asked for. */
  readonly offset: number;
  readonly limit: number;
}

/** `continue` tokens are the place in the list; a real server's are opaque too. */
export function toContinueToken(offset: number, resourceVersion: string): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: resourceVersion, start: offset })).toString("base64url");
}

function parseContinueToken(token: string | null): number {
  if (token === null || token === "") return 0;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    const start = typeof parsed === "object" && parsed !== null && "start" in parsed ? parsed.start : undefined;
    return typeof start === "number" && start >= 0 ? start : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

export function parseApiCall(method: string, url: string, resources: readonly ServedResource[]): ApiCall {
  const parsed = new URL(url, "http://localhost");
  const parts = parsed.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  const rest = parts.slice(parts[0] === "api" ? 2 : 3);
  const groupVersion = parts[0] === "api" ? (parts[1] ?? "") : `${parts[1] ?? ""}/${parts[2] ?? ""}`;
  const inNamespace = rest[0] === "namespaces" && rest.length > 2;
  const [plural, name] = inNamespace ? rest.slice(2) : rest;
  const found = resources.find((candidate) => candidate.plural === plural && apiVersionOf(candidate) === groupVersion);
  return {
    method,
    path: parsed.pathname,
    query: parsed.searchParams,
    resource: found ?? null,
    namespace: inNamespace ? (rest[1] ?? null) : null,
    name: name ?? null,
    offset: parseContinueToken(parsed.searchParams.get("continue")),
    limit: Number(parsed.searchParams.get("limit") ?? 0),
  };
}
