import "server-only";
import { z } from "zod";
import { AppError, type ErrorCode } from "../errors/app-error";
import { isRefusedText, isSchemaChanged, whyUnusable } from "../store/to-database-error";
import { getLogger } from "../telemetry/logger";
import { explainIssue } from "../contracts/explain-issue";

const STATUS: Readonly<Record<ErrorCode, number>> = {
  "not-found": 404,
  gone: 410,
  "bad-request": 400,
  "method-not-allowed": 405,
  "unsupported-media-type": 415,
  unauthenticated: 401,
  forbidden: 403,
  conflict: 409,
  "too-large": 413,
  upstream: 502,
  unavailable: 503,
  internal: 500,
};

const OTHER_TABLES =
  "The database has other tables than at the start: start the newer version of Concentric that changed them, or this one again where the database was replaced.";

/** For an address that asks for what no text can hold. */
export function refusedText(cause: unknown): AppError {
  return new AppError("bad-request", "The address holds a NUL character, which no name has.", { cause });
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) {
    return new AppError("bad-request", explainIssue(error.issues[0]), { cause: error });
  }
  if (isRefusedText(error)) return refusedText(error);
  if (isSchemaChanged(error)) return new AppError("unavailable", OTHER_TABLES, { cause: error });
  const why = whyUnusable(error);
  if (why !== null) return new AppError("unavailable", why, { cause: error });
  return new AppError("internal", "Something failed on the server. The log has the details under this request id.", { cause: error });
}

/** The status of an answer that an error ended: the same for pages and for the API. */
export function statusOf(error: AppError): number {
  return STATUS[error.code];
}

/** What may be told of an error. Unknown ones are logged under the id of the request, never shown. */
export function tellError(error: unknown, requestId: string): AppError {
  const known = toAppError(error);
  if (known.code === "internal" || known.code === "upstream" || known.code === "unavailable")
    getLogger().error({ requestId, err: known.cause ?? known }, known.message);
  return known;
}

/** The one place where errors become answers of the API: `{code, message, requestId}`. */
export function toErrorResponse(error: unknown, requestId: string): Response {
  const known = tellError(error, requestId);
  return Response.json(
    { code: known.code, message: known.message, requestId },
    { status: statusOf(known), headers: { "x-request-id": requestId, "cache-control": "no-store" } },
  );
}
