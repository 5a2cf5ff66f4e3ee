import { expect, test } from "vitest";
import { toOpenApi } from "./openapi";

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

const { paths } = toOpenApi() as { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

test("describes where the API begins", () => {
  expect(Object.keys(paths["/api/v1"] ?? {})).toEqual(["get"]);
});

test("names 304 for what is marked, and for nothing that never is", () => {
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      const kinds = Object.keys(responses["200"]?.content ?? {});
      const isMarked = method === "get" && kinds.length === 1 && kinds[0] === "application/json";
      expect([method, path, "304" in responses]).toEqual([method, path, isMarked]);
    }
  }
});
