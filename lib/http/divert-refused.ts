import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isDecodable } from "../model/is-decodable";
import { isAskedFromElsewhere } from "./fetch-metadata";
import type { Refusal } from "./refused-request";
import { findServedMethods, isOfApi } from "./served-methods";

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

const KNOWN_TO_NEXT: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);

const WHOLE_ADDRESS = /^https?:\/\/([^/?#]*)(.*)$/is;

/** A whole address, as proxies are asked, becomes a path under the host that it names, which goes before the header: Next would send the caller there. */
function takeApart(request: IncomingMessage): void {
  const [, host, rest] = WHOLE_ADDRESS.exec(request.url ?? "") ?? [];
  if (host === undefined || rest === undefined) return;
  request.headers.host = host;
  request.url = rest.startsWith("/") ? rest : `/${rest}`;
}

/** Next reads a query into an object, in which this one name is lost: what asks for it would be answered as if it had not. */
const LOST_BY_NEXT = "__proto__";

/** A port that no machine has is none of this one's either: pages put the host into an address, and would end with a bare 500. */
function isLoopback(host: string): boolean {
  return LOOPBACK.has(host.toLowerCase().replace(/:\d+$/, "")) && URL.canParse(`http://${host}`);
}

function findRefusal({ headers, method = "", url = "" }: IncomingMessage, path: string): Refusal | null {
  if (!isLoopback(headers.host ?? "")) return "host";
  if (isAskedFromElsewhere(headers)) return "site";
  if (!isDecodable(path)) return "address";
  if (new URLSearchParams(url.slice(path.length)).has(LOST_BY_NEXT)) return "parameter";
  return findServedMethods(path)?.includes(method) === false ? "method" : null;
}

function divert(message: unknown): void {
  const { request } = message as { readonly request: IncomingMessage }; // safe: what Node documents for this channel
  takeApart(request);
  const [path = ""] = (request.url ?? "").split("?");
  const refusal = findRefusal(request, path);
  if (refusal === null) {
    // Where nothing is, nothing is, by whatever method; Next fails at those that it does not know.
    if (isOfApi(path) && !KNOWN_TO_NEXT.has(request.method ?? "")) request.method = "GET";
    return;
  }
  const asked = new URLSearchParams({ why: refusal, ...(isOfApi(path) && { as: "json" }) });
  if (refusal === "method") {
    asked.set("method", request.method ?? "");
    asked.set("path", path);
  }
  request.url = `/refused?${asked}`;
  if (request.method !== "HEAD") request.method = "GET";
}

/**
 * Sends what the server must not answer to the route that says why: a path that does not decode, a method that is not served, what a page of another site
 * asks for other than by a link, and any request under a name that is not loopback's, since another site's page can give its own name this machine's address
 * (DNS rebinding) and would read pages as well as the API. Next's router decodes before anything of ours runs, a proxy included, and ends with a bare 500; by
 * a method that a route does not have it ends with an empty answer, or with the page. Node tells its subscribers of a request before it hands it to the server.
 * Queries need no such care but for one name: they decode always.
 */
export function divertRefused(): void {
  subscribe("http.server.request.start", divert);
}
