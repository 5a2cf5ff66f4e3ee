import { globSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { ENDPOINTS } from "./endpoints";
import { toOpenApi } from "./openapi";

interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly explode?: boolean;
    readonly schema: Parameters<typeof z.fromJSONSchema>[0];
  }[];
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

/** What may be asked by a text in an address. */
const TEXTS = ["high", "high,low", "high,terrible", "fail", "fail,open", "now", "7", "12", "0", "2147483648", "501", "asc", "a", "", "x".repeat(300)];

test("describes of each parameter what is taken, also of lists and numbers, and nothing that is refused", () => {
  for (const spec of Object.values(ENDPOINTS)) {
    for (const { name, explode, schema } of paths[`/api/v1${spec.path}`]?.[spec.method.toLowerCase()]?.parameters ?? []) {
      const one: z.ZodType | undefined = (spec.query.shape as Readonly<Record<string, z.ZodType>>)[name];
      if (one === undefined) continue;
      const described = z.fromJSONSchema(schema);
      for (const text of TEXTS) {
        const values = [text, ...(text === "" ? [] : [Number(text)]), ...(explode === false ? [text.split(",").filter(Boolean)] : [])];
        const isDescribed = values.some((value) => described.safeParse(value).success);
        expect([spec.path, name, text, isDescribed]).toEqual([spec.path, name, text, one.safeParse(text).success]);
      }
    }
  }
});

test("describes every route of the API, and no other", () => {
  const routes = globSync("app/api/v1/**/route.ts", { cwd: path.resolve(import.meta.dirname, "../..") }).map((file) =>
    `/${path.posix.dirname(file.replaceAll(path.sep, "/")).slice("app/".length)}`.replaceAll(/\[(\w+)\]/g, "{$1}"),
  );
  expect(routes.filter((route) => route !== "/api/v1/openapi.json").sort()).toEqual(Object.keys(paths).sort());
});
