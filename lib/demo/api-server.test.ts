import { afterEach, describe, expect, test } from "vitest";
import { dig, list, record } from "@/lib/model/json";
import { startApiServer, type ApiServer, type ApiServerOptions } from "./api-server";
import { createMemorySource } from "./memory-source";

const OBJECTS = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  ...["c", "a", "b"].map((name) => ({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "shop" } })),
  { apiVersion: "v1", kind: "Pod", metadata: { name: "z", namespace: "bank" } },
  { apiVersion: "example.com/v1", kind: "Policy", metadata: { name: "p", namespace: "shop" } },
];

let server: ApiServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function serve(options: Partial<ApiServerOptions> = {}): Promise<(path: string, init?: RequestInit) => Promise<{ status: number; body: unknown }>> {
  const started = await startApiServer({ source: createMemorySource(OBJECTS), ...options });
  server = started;
  return async (path, init) => {
    const response = await fetch(`${started.url}${path}`, init);
    return { status: response.status, body: await response.json() };
  };
}

function namesIn(body: unknown): readonly unknown[] {
  return list(record(body).items).map((item) => dig(item, "metadata", "name"));
}

describe("an API server over objects in memory", () => {
  test("lists in pages, by namespace and name, until there is no continue token", async () => {
    const get = await serve();
    const first = await get("/api/v1/pods?limit=3");
    expect(namesIn(first.body)).toEqual(["z", "a", "b"]);
    expect(dig(first.body, "metadata", "remainingItemCount")).toBe(1);
    const second = await get(`/api/v1/pods?limit=3&continue=${String(dig(first.body, "metadata", "continue"))}`);
    expect(namesIn(second.body)).toEqual(["c"]);
    expect(dig(second.body, "metadata", "continue")).toBeUndefined();
  });

  test("leaves the type out of the items of built-in lists, as a real server does, and keeps it in custom ones", async () => {
    const get = await serve();
    const pods = await get("/api/v1/namespaces/shop/pods");
    expect(record(pods.body).kind).toBe("PodList");
    expect(list(record(pods.body).items).map((item) => record(item).kind)).toEqual([undefined, undefined, undefined]);
    const custom = await get("/apis/example.com/v1/policies");
    expect(dig(custom.body, "items", 0, "kind")).toBe("Policy");
  });

  test("serves every built-in kind, also those of which there is none", async () => {
    const get = await serve();
    expect((await get("/apis/apps/v1/deployments")).body).toMatchObject({ kind: "DeploymentList", apiVersion: "apps/v1", items: [] });
    expect((await get("/apis/apps/v1/deploymentz")).status).toBe(404);
    expect((await get("/apis/nobody.example/v1")).status).toBe(404);
  });

  test("gives one object with its type", async () => {
    const get = await serve();
    expect((await get("/api/v1/namespaces/shop/pods/a")).body).toEqual(OBJECTS[2]);
    expect((await get("/api/v1/namespaces/shop")).body).toEqual(OBJECTS[0]);
    expect((await get("/api/v1/namespaces/bank/pods/a")).status).toBe(404);
  });

  test("asks for the token when it has one", async () => {
    const get = await serve({ token: "open" });
    expect((await get("/version")).status).toBe(401);
    expect((await get("/version", { headers: { authorization: "Bearer open" } })).status).toBe(200);
  });

  test("refuses the kinds that are denied, until they are not", async () => {
    const get = await serve({ denied: ["pods", "policies.example.com"] });
    expect((await get("/api/v1/pods")).status).toBe(403);
    expect((await get("/apis/example.com/v1/policies")).status).toBe(403);
    server?.deny([]);
    expect((await get("/api/v1/pods")).status).toBe(200);
  });

  test("serves new objects from the next request on", async () => {
    const get = await serve();
    server?.replace(createMemorySource([]));
    expect(namesIn((await get("/api/v1/pods")).body)).toEqual([]);
  });
});
