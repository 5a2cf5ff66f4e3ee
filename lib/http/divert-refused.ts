import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refused-request";

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function findRefusal({ headers }: IncomingMessage, path: string): Refusal | null {
  if (!LOOPBACK.has((headers.host ?? "").toLowerCase().replace(/:\d+$/, ""))) return "host";
  return isReadable(path) ? null : "address";
}

function divert(message: unknown): void {
  const { request } = message as { readonly request: IncomingMessage }; // safe: what Node documents for this channel
  const [path = ""] = (request.url ?? "").split("?");
  const refusal = findRefusal(request, path);
  if (refusal !== null) request.url = `/refused?why=${refusal}${path.startsWith("/api/") ? "&as=json" : ""}`;
}

/**
 * Sends what the server must not answer to the route that says why: a path that does not decode, and any request under a name that is not loopback's,
 * since another site's page can give its own name this machine's address (DNS rebinding) and would read pages as well as the API. Next's router decodes
 * before anything of ours runs, a proxy included, and ends with a bare 500; Node tells its subscribers of a request before it hands it to the server.
 * Queries need no such care: they decode always.
 */
export function divertRefused(): void {
  subscribe("http.server.request.start", divert);
}
