import { z } from "zod";
import type { EndpointSpec } from "./define-endpoint";
import { ENDPOINTS } from "./endpoints";

const ERROR = {
  type: "object",
  required: ["code", "message", "requestId"],
  properties: { code: { type: "string" }, message: { type: "string" }, requestId: { type: "string" } },
};

function toSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Record<string, unknown>;
  return rest;
}

/** Each as the server takes it, and not as a text that it is read from: several values of one are one list with commas, as `explode: false` says it. */
function toParameters(schema: z.ZodType, where: "path" | "query"): unknown[] {
  const { properties } = toSchema(schema, "output") as { properties?: Record<string, { type?: string; description?: string }> };
  const { required = [] } = toSchema(schema, "input") as { required?: readonly string[] };
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    ...(property.type === "array" && { style: "form", explode: false }),
    ...(property.description !== undefined && { description: property.description }),
    schema: property,
  }));
}

function toOperation(name: string, spec: EndpointSpec): Record<string, unknown> {
  const failure = (description: string) => ({ description, content: { "application/json": { schema: ERROR } } });
  return {
    operationId: name,
    summary: spec.summary,
    "x-role": spec.role,
    parameters: [...toParameters(spec.params, "path"), ...toParameters(spec.query, "query")],
    ...(spec.body && { requestBody: { required: true, content: { "application/json": { schema: toSchema(spec.body, "input") } } } }),
    responses: {
      200: {
        description: "As the contract says",
        content: {
          [spec.isStream ? "text/event-stream" : "application/json"]: { schema: toSchema(spec.response, "output") },
          ...(spec.hasTable && { "text/csv": { schema: { type: "string" } } }),
        },
      },
      // Only of what is marked: a stream does not end, and a file is made anew.
      ...(spec.method === "GET" && !spec.isStream && !spec.hasTable && { 304: { description: "Unchanged since the ETag that `If-None-Match` names" } }),
      400: failure("A parameter is not valid"),
      403: failure("Not allowed"),
      404: failure("Not found"),
      ...(spec.path.includes("{cluster}") && { 410: failure("The cluster was forgotten") }),
      ...(spec.body && { 413: failure("The body is too large"), 415: failure("The body is sent compressed, or as something else than JSON") }),
      default: failure("Any other failure: a conflict with what goes on, a cluster or a database that does not answer"),
    },
  };
}

/** The OpenAPI 3.1 document, made from the endpoint table: it cannot differ from what the server does. */
export function toOpenApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, spec] of Object.entries(ENDPOINTS)) {
    const path = (paths[`/api/v1${spec.path}`] ??= {});
    path[spec.method.toLowerCase()] = toOperation(name, spec);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Concentric", version: "1", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/" }],
    // Nobody signs in yet: the server answers on loopback only.
    security: [],
    paths,
  };
}
