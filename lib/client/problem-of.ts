import { RequestError } from "./request-error";

/** Why a call failed, in one sentence. */
export function problemOf(error: unknown): string {
  return error instanceof RequestError ? error.message : "Something went wrong in this page. Reload it and try again.";
}
