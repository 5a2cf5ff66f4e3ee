import { globSync } from "node:fs";
import path from "node:path";
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

test("describes every route of the API, and no other", () => {
  const routes = globSync("app/api/v1/**/route.ts", { cwd: path.resolve(import.meta.dirname, "../..") }).map((file) =>
    `/${path.posix.dirname(file.replaceAll(path.sep, "/")).slice("app/".length)}`.replaceAll(/\[(\w+)\]/g, "{$1}"),
  );
  expect(routes.filter((route) => route !== "/api/v1/openapi.json").sort()).toEqual(Object.keys(paths).sort());
});
