import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "../errors/app-error";
import { toErrorResponse } from "./error-response";
import { sayForeignOrigin } from "./fetch-metadata";
import { refusedPage } from "./refused-page";
import { findServedMethods } from "./served-methods";

/** `host`: under a name that is not this machine's own. `site`: by a page of another site, other than by a link. `address`: a path that does not decode. `parameter`: one that nothing has. `method`: one that is not served at its path. */
export type Refusal = "host" | "site" | "address" | "parameter" | "method";

const HOST = (name: string | null) => `This server answers only to 127.0.0.1 and localhost, not to ${name || "an unnamed host"}.`;
const ADDRESS = "The address cannot be read: a % in it must be followed by an encoded character, and the sign itself is written %25.";

const SITE = (headers: Headers) => `A page of another site${sayForeignOrigin(headers)} asked for this: it may link here, and nothing else.`;

const PARAMETER = "Unknown parameter: __proto__.";

const METHOD = (query: URLSearchParams, served: string) => `${query.get("method")} is not served at ${query.get("path")}, only ${served}.`;

/** What a request gets that was diverted (divert-refused.ts): 403, 400 or 405, as JSON below /api, else as a page to browsers and as text to others. */
export function refusedRequest(request: Request): Response {
  const query = new URL(request.url).searchParams;
  const served = query.get("why") === "method" ? (findServedMethods(query.get("path") ?? "") ?? []).join(", ") : null;
  const toError = (): AppError => {
    if (served !== null) return new AppError("method-not-allowed", METHOD(query, served));
    if (query.get("why") === "host") return new AppError("forbidden", HOST(request.headers.get("host")));
    if (query.get("why") === "site") return new AppError("forbidden", SITE(request.headers));
    return new AppError("bad-request", query.get("why") === "parameter" ? PARAMETER : ADDRESS);
  };
  const error = toError();
  const answer = toErrorResponse(error, randomUUID());
  if (served !== null) answer.headers.set("allow", served);
  if (query.get("as") === "json") return answer;
  if (request.headers.get("accept")?.includes("text/html") === true) {
    answer.headers.set("content-type", "text/html; charset=utf-8");
    return new Response(refusedPage(error.message, query.get("why") === "host" ? null : "/"), answer);
  }
  answer.headers.set("content-type", "text/plain; charset=utf-8");
  return new Response(`${error.message}\n`, answer);
}
