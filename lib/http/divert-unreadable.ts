import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function divert(message: unknown): void {
  const { request } = message as { readonly request: IncomingMessage }; // safe: what Node documents for this channel
  const [path = ""] = (request.url ?? "").split("?");
  if (!isReadable(path)) request.url = `/unreadable-address${path.startsWith("/api/") ? "?as=json" : ""}`;
}

/**
 * Sends a request whose path does not decode to the route that says so. Next's router decodes before anything of ours runs, a proxy
 * included, and ends with a bare 500; Node tells its subscribers of a request before it hands it to the server. Queries need no such care: they decode always.
 */
export function divertUnreadable(): void {
  subscribe("http.server.request.start", divert);
}
