import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openDiskSource } from "./disk-source";
import { startFaultServer, type FaultServer, type FaultServerOptions } from "./start";

const PODS = Array.from({ length: 5 }, (_, i) => ({ apiVersion: "v1", kind: "Pod", metadata: { name: `p${i}`, namespace: i < 2 ? "one" : "two" } }));

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(options: Partial<FaultServerOptions> = {}): Promise<FaultServer> {
  const server = await startFaultServer({ source: PODS, ...options });
  cleanups.push(() => server.stop());
  return server;
}

describe("an API server that fails by plan", () => {
  test("refuses as often as told, with Retry-After, then behaves", async () => {
    const { url } = await serve({ faults: { pods: [{ kind: "status", status: 429, retryAfterSeconds: 1, times: 2 }] } });
    const answers = [await fetch(`${url}/api/v1/pods`), await fetch(`${url}/api/v1/pods`), await fetch(`${url}/api/v1/pods`)];
    expect(answers.map((answer) => answer.status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("1");
  });

  test("lets a continue token expire in the middle of a list", async () => {
    const { url } = await serve({ faults: { pods: [{ kind: "status", status: 410, page: 1, times: 1 }] } });
    const first = await (await fetch(`${url}/api/v1/pods?limit=2`)).json();
    const next = `${url}/api/v1/pods?limit=2&continue=${first.metadata.continue}`;
    expect((await fetch(next)).status).toBe(410);
    expect((await fetch(next)).status).toBe(200);
  });

  test("cuts the connection in the middle of a body", async () => {
    const { url } = await serve({ faults: { pods: [{ kind: "cut", times: 1 }] } });
    await expect(fetch(`${url}/api/v1/pods`).then((answer) => answer.text())).rejects.toThrow();
    expect((await fetch(`${url}/api/v1/pods`)).status).toBe(200);
  });

  test("does not know the groups that are not served", async () => {
    const { url } = await serve({ unserved: ["apps"] });
    expect(JSON.stringify(await (await fetch(`${url}/apis`)).json())).not.toContain('"apps');
    expect((await fetch(`${url}/apis/apps/v1/deployments`)).status).toBe(404);
  });

  test("remembers what was asked", async () => {
    const { url, requests } = await serve();
    await fetch(`${url}/api/v1/pods?limit=2`);
    expect(requests).toEqual(["GET /api/v1/pods?limit=2"]);
  });
});

describe("a folder of objects on disk", () => {
  test.each(["list", "jsonl"])("is served in pages of any size from its %s files", async (format) => {
    const folder = mkdtempSync(join(tmpdir(), "api-server-"));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "version.json"), "{}");
    const bare = PODS.map(({ metadata }) => JSON.stringify({ metadata }));
    if (format === "list") writeFileSync(join(folder, "Pod.json"), `{"kind":"PodList","items":[\n${bare.join(",\n")}\n]}\n`);
    else writeFileSync(join(folder, "Pod.jsonl"), PODS.map((pod) => `${JSON.stringify(pod)}\n`).join(""));
    const source = await openDiskSource(folder);
    cleanups.push(() => source.close());
    const { url } = await serve({ source });
    const get = async (path: string) => (await fetch(`${url}${path}`)).json();

    const first = await get("/api/v1/pods?limit=3");
    const second = await get(`/api/v1/pods?limit=3&continue=${first.metadata.continue}`);
    expect([...first.items, ...second.items]).toEqual(PODS.map(({ metadata }) => ({ metadata })));
    expect(second.metadata.continue).toBeUndefined();
    expect((await get("/api/v1/namespaces/two/pods")).items).toHaveLength(3);
    expect(await get("/api/v1/namespaces/one/pods/p1")).toEqual(PODS[1]);
    expect((await get("/api/v1/services")).items).toEqual([]);
  });
});
