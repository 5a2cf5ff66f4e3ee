import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "../errors/app-error";
import { toErrorResponse } from "./error-response";

/** Answers for every address below /api that is none, as the API answers and not as a page. */
export function unknownEndpoint(request: Request): Response {
  const { pathname } = new URL(request.url);
  return toErrorResponse(new AppError("not-found", `There is nothing at ${pathname}: /api/v1/openapi.json lists what there is.`), randomUUID());
}
