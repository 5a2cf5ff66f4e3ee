import "server-only";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { AppError } from "@/lib/errors/app-error";
import { answerApiCall } from "./answer-api-call";
import { parseApiCall, type ApiCall } from "./api-call";
import { toStatusAnswer, type ApiAnswer } from "./api-status";
import type { ObjectSource } from "./object-source";
import { resourceName } from "./served-resource";

export interface ApiServerOptions {
  readonly source: ObjectSource;
  /** 0 or absent = any free port; the server listens on 127.0.0.1 only. */
  readonly port?: number;
  /** When set, a request without this bearer token is answered 401. */
  readonly token?: string;
  /** Kinds (`pods`, `networkpolicies.networking.k8s.io`) that are answered 403. */
  readonly denied?: readonly string[];
  /** Sees every permitted request first; true = it has answered or cut the connection itself. */
  readonly intercept?: (call: ApiCall, response: ServerResponse, answer: () => Promise<ApiAnswer>) => Promise<boolean>;
}

export interface ApiServer {
  readonly url: string;
  readonly port: number;
  /** From the next request on, these objects are served. A list in progress goes on with the new ones. */
  replace(source: ObjectSource): void;
  deny(kinds: readonly string[]): void;
  stop(): Promise<void>;
}

/** Serves objects over HTTP as a Kubernetes API server does, for the demo and for tests. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  let source = options.source;
  let denied = new Set(options.denied ?? []);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      return send(response, toStatusAnswer(401, "Unauthorized"));
    }
    const call = parseApiCall(request.method ?? "GET", request.url ?? "/", source.resources);
    if (call.resource !== null && denied.has(resourceName(call.resource))) return send(response, toForbidden(call));
    const current = source;
    const answer = () => answerApiCall(current, call);
    if (options.intercept !== undefined && (await options.intercept(call, response, answer))) return;
    send(response, await answer());
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, toStatusAnswer(500, error instanceof Error ? error.message : "internal error"));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new AppError("internal", "The API server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    replace: (next) => {
      source = next;
    },
    deny: (kinds) => {
      denied = new Set(kinds);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: ApiAnswer): void {
  response.writeHead(answer.status, { "content-type": "application/json", "content-length": answer.body.length });
  response.end(answer.body);
}

function toForbidden(call: ApiCall): ApiAnswer {
  const { plural = "", group = "" } = call.resource ?? {};
  const where = call.namespace === null ? "at the cluster scope" : `in the namespace "${call.namespace}"`;
  const verb = call.name === null ? "list" : "get";
  return toStatusAnswer(403, `${plural} is forbidden: User "reader" cannot ${verb} resource "${plural}" in API group "${group}" ${where}`);
}
