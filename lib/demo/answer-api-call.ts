import "server-only";
import { toContinueToken, type ApiCall } from "./api-call";
import { toJsonAnswer, toStatusAnswer, type ApiAnswer } from "./api-status";
import { toGroupList, toResourceList } from "./discovery";
import type { ObjectSource } from "./object-source";
import { apiVersionOf, type ServedResource } from "./served-resource";

const NOT_FOUND = "the server could not find the requested resource";

/** Answers as a Kubernetes API server would that is only read from: discovery, lists in pages, single objects. */
export async function answerApiCall(source: ObjectSource, call: ApiCall): Promise<ApiAnswer> {
  if (call.method !== "GET") return toStatusAnswer(405, "this server is read-only");
  if (call.query.get("watch") === "true") return toStatusAnswer(405, "this server has no watch");
  if (call.query.get("fieldSelector") || call.query.get("labelSelector")) return toStatusAnswer(400, "this server has no selectors");
  const path = call.path.replace(/(.)\/$/, "$1");
  if (path === "/version") return toJsonAnswer(source.version);
  if (path === "/healthz" || path === "/readyz" || path === "/livez") return { status: 200, body: Buffer.from("ok") };
  if (path === "/api") return toJsonAnswer({ kind: "APIVersions", versions: ["v1"] });
  if (path === "/apis") return toJsonAnswer(toGroupList(source.resources));
  if (call.resource === null) {
    const resources = toResourceList(source.resources, path.replace(/^\/apis?\//, ""));
    return resources === null ? toStatusAnswer(404, NOT_FOUND) : toJsonAnswer(resources);
  }
  if (call.name === null) return answerList(source, call, call.resource);
  const object = await source.find(call.resource, call.namespace, call.name);
  return object === null ? toStatusAnswer(404, `${call.resource.plural} "${call.name}" not found`) : { status: 200, body: object };
}

async function answerList(source: ObjectSource, call: ApiCall, resource: ServedResource): Promise<ApiAnswer> {
  if (!Number.isInteger(call.offset)) return toStatusAnswer(400, "continue key is not valid");
  const page = await source.page(resource, call.namespace, call.offset, call.limit);
  const next = toContinueToken(call.offset + page.count, source.resourceVersion);
  const metadata = {
    resourceVersion: source.resourceVersion,
    ...(page.remaining > 0 ? { continue: next, remainingItemCount: page.remaining } : {}),
  };
  const head = JSON.stringify({ kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata });
  return { status: 200, body: Buffer.concat([Buffer.from(`${head.slice(0, -1)},"items":[`), page.items, Buffer.from("]}\n")]) };
}
