import type { z } from "zod";
import { ERROR_CODES, type ErrorCode } from "../errors/app-error";
import { record, text } from "../model/json";
import { RequestError } from "./request-error";

interface ApiRequest<S extends z.ZodType> {
  /** "/api/v1/…" with its query. */
  readonly path: string;
  /** The contract of the answer; loaded with the first answer, so that no page pays for it before. */
  readonly contract: () => Promise<S>;
  readonly signal?: AbortSignal;
}

function toCode(value: unknown): ErrorCode {
  return ERROR_CODES.find((code) => code === value) ?? "internal";
}

/** Reads one answer of the API and checks it against its contract. Throws RequestError; an abort is thrown on as it is. */
export async function apiFetch<S extends z.ZodType>({ path, contract, signal }: ApiRequest<S>): Promise<z.output<S>> {
  const response = await fetch(path, { headers: { accept: "application/json" }, ...(signal && { signal }) }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new RequestError("unavailable", "The server did not answer.", { path, status: null, requestId: null });
  });
  const body: unknown = await response.json().catch(() => null);
  const request = { path, status: response.status, requestId: response.headers.get("x-request-id") };
  if (!response.ok) {
    const { code, message } = record(body);
    throw new RequestError(toCode(code), text(message) ?? `The server answered ${response.status}.`, request);
  }
  const parsed = (await contract()).safeParse(body);
  if (!parsed.success) throw new RequestError("internal", "The server's answer is not what this page expects. Reload it: the server may be newer.", request);
  return parsed.data;
}
