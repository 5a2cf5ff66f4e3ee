import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "../errors/app-error";
import { toErrorResponse } from "./error-response";

/** `host`: under a name that is not this machine's own. `address`: a path that does not decode. */
export type Refusal = "host" | "address";

const HOST = (name: string | null) => `This server answers only to 127.0.0.1 and localhost, not to ${(name ?? "").replace(/:\d+$/, "") || "an unnamed host"}.`;
const ADDRESS = "The address cannot be read: a % in it must be followed by an encoded character, and the sign itself is written %25.";

/** What a request gets that was diverted (divert-refused.ts): 403 or 400, as JSON below /api/, else as text. */
export function refusedRequest(request: Request): Response {
  const query = new URL(request.url).searchParams;
  const error = query.get("why") === "host" ? new AppError("forbidden", HOST(request.headers.get("host"))) : new AppError("bad-request", ADDRESS);
  const answer = toErrorResponse(error, randomUUID());
  if (query.get("as") === "json") return answer;
  const { status } = answer;
  return new Response(`${error.message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}
