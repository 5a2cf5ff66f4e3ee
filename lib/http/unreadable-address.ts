import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "../errors/app-error";
import { toErrorResponse } from "./error-response";

const SENTENCE = "The address cannot be read: a % in it must be followed by an encoded character, and the sign itself is written %25.";

/** What a request gets whose path does not decode (divert-unreadable.ts): 400, as JSON below /api/, else as text. */
export function unreadableAddress(request: Request): Response {
  if (new URL(request.url).searchParams.get("as") === "json") return toErrorResponse(new AppError("bad-request", SENTENCE), randomUUID());
  return new Response(`${SENTENCE}\n`, { status: 400, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
}
