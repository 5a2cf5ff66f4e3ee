import { ERROR_CODES, type ErrorCode } from "../errors/app-error";
import { record, text } from "../model/json";
import { RequestError } from "./request-error";

export interface ApiRequest {
  /** "/api/v1/…" with its query. */
  readonly path: string;
  /** GET unless told. */
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

interface ApiAnswer {
  /** null when it was no JSON. */
  readonly body: unknown;
  /** For the error that names it. */
  readonly request: { readonly path: string; readonly status: number; readonly requestId: string | null };
}

function toCode(value: unknown): ErrorCode {
  return ERROR_CODES.find((code) => code === value) ?? "internal";
}

export const NO_ANSWER = "The server did not answer.";

/** One call of the API. Throws RequestError; an abort is thrown on as it is. */
export async function apiCall({ path, method = "GET", body: sent, signal }: ApiRequest): Promise<ApiAnswer> {
  const headers = { accept: "application/json", ...(sent !== undefined && { "content-type": "application/json" }) };
  const init = { method, headers, ...(sent !== undefined && { body: JSON.stringify(sent) }), ...(signal && { signal }) };
  const response = await fetch(path, init).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new RequestError("unavailable", NO_ANSWER, { path, status: null, requestId: null });
  });
  const body: unknown = await response.json().catch(() => null);
  const request = { path, status: response.status, requestId: response.headers.get("x-request-id") };
  if (response.ok) return { body, request };
  const { code, message } = record(body);
  throw new RequestError(toCode(code), text(message) ?? `The server answered ${response.status}.`, request);
}
