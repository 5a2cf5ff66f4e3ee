import type { z } from "zod";
import { apiCall, type ApiRequest } from "./api-call";
import { RequestError } from "./request-error";

interface ContractRequest<S extends z.ZodType> extends ApiRequest {
  /** The contract of the answer; loaded with the first answer, so that no page pays for it before. */
  readonly contract: () => Promise<S>;
}

/** Reads one answer of the API and checks it against its contract. Throws RequestError; an abort is thrown on as it is. */
export async function apiFetch<S extends z.ZodType>({ contract, ...call }: ContractRequest<S>): Promise<z.output<S>> {
  const { body, request } = await apiCall(call);
  const schema = await contract().catch(() => {
    throw new RequestError("internal", "The script that reads the server's answer could not be loaded. Reload the page: the server may be newer.", request);
  });
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new RequestError("internal", "The server's answer is not what this page expects. Reload it: the server may be newer.", request);
  return parsed.data;
}
