import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { AppError } from "../errors/app-error";
import { getDatabase } from "../store/database-handle";
import type { EndpointSpec } from "./define-endpoint";
import { ENDPOINTS, type EndpointName } from "./endpoints";
import { toErrorResponse } from "./error-response";
import { explainIssue } from "../contracts/explain-issue";
import { markedAnswer } from "./marked-answer";
import { readJsonBody } from "./read-json-body";
import { readRemembered } from "./read-remembered";
import { requireRole } from "./require-role";

type Spec<N extends EndpointName> = (typeof ENDPOINTS)[N];
type Output<T> = T extends z.ZodType ? z.output<T> : null;

export interface Call<N extends EndpointName> {
  readonly params: Output<Spec<N>["params"]>;
  readonly query: Output<Spec<N>["query"]>;
  readonly body: Spec<N> extends { readonly body: infer B } ? Output<B> : null;
  readonly requestId: string;
}

type RouteContext = { readonly params: Promise<Record<string, string | string[] | undefined>> };

/** A repeated parameter is refused: which of its values counts must never be a guess. */
function readQuery(url: URL): Record<string, string> {
  for (const key of url.searchParams.keys()) {
    if (url.searchParams.getAll(key).length > 1) throw new AppError("bad-request", `The parameter ${key} is given more than once.`);
  }
  return Object.fromEntries(url.searchParams);
}

/** A path that names what cannot be leads nowhere, like one that names what is not there. Throws not-found. */
function parsePath<S extends z.ZodType>(schema: S, params: unknown): z.output<S> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  throw new AppError("not-found", explainIssue(parsed.error.issues[0]), { cause: parsed.error });
}

/** What the contract names of an answer. One that breaks it is our fault, not the caller's. Throws internal. */
export function toAnswer<S extends z.ZodType>(schema: S, result: unknown): z.output<S> {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new AppError("internal", "The answer did not match its contract. The log has the details under this request id.", { cause: parsed.error });
}

/** A route handler from the declaration in endpoints.ts: checks the role, parses what comes in, and answers what is thrown. */
export function answering<N extends EndpointName>(name: N, answer: (call: Call<N>, request: Request) => Promise<Response>) {
  const spec: EndpointSpec = ENDPOINTS[name];
  return async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = randomUUID();
    try {
      await requireRole(spec.role, request);
      const params = parsePath(spec.params, (await context.params) ?? {});
      const query = spec.query.parse(readQuery(new URL(request.url)));
      const body = spec.body ? spec.body.parse(await readJsonBody(request)) : null;
      if (spec.method !== "GET") await getDatabase().requireCurrent();
      return await answer({ params, query, body, requestId } as unknown as Call<N>, request); // safe: parsed by the schemas of this name
    } catch (error) {
      return toErrorResponse(error, requestId);
    }
  };
}

/** Answers with what the contract names of a result, as JSON. Reads carry an ETag, so that an unchanged page costs a few bytes. */
export function endpoint<N extends EndpointName>(name: N, handle: (call: Call<N>, request: Request) => Promise<z.input<Spec<N>["response"]>>) {
  const { method, response }: EndpointSpec = ENDPOINTS[name];
  return answering(name, async (call, request) => {
    const handled = async () => JSON.stringify(toAnswer(response, await handle(call, request)));
    if (method === "GET") return markedAnswer(request, await readRemembered(call.params, handled), call.requestId);
    const text = await handled();
    return new Response(text, { headers: { "content-type": "application/json", "x-request-id": call.requestId, "cache-control": "no-store" } });
  });
}
