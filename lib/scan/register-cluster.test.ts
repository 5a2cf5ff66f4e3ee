import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { FaultPlan } from "../../e2e/api-server/faults";
import { startFaultServer } from "../../e2e/api-server/start";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { registerCluster } from "./register-cluster";

function writeConfig(file: string, context: string, server: string, authority?: string): void {
  const contexts = [{ name: context, context: { cluster: "c", user: "u" } }];
  const trusted = authority === undefined ? {} : { "certificate-authority-data": Buffer.from(authority).toString("base64") };
  writeFileSync(file, JSON.stringify({ clusters: [{ name: "c", cluster: { server, ...trusted } }], users: [{ name: "u", user: {} }], contexts }));
}

const startServer = (uid: string, port = 0) =>
  startFaultServer({ source: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", uid } }], port });
const REFUSED: FaultPlan = { namespaces: [{ kind: "status", status: 403 }], "/api/v1/namespaces/kube-system": [{ kind: "status", status: 403 }] };

describe("registerCluster", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-register-"));
  const kubeconfig = path.join(folder, "config");
  const used = withDatabase("pglite");
  const closing: (() => Promise<void>)[] = [];

  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function register(context: string, uid: string) {
    const server = await startServer(uid);
    closing.push(() => server.stop());
    writeConfig(kubeconfig, context, server.url);
    return { api: server, ...(await again(context)) };
  }
  const again = async (context: string) => {
    const { cluster, isMoved } = await registerCluster(used.database, { source: "kubeconfig", kubeconfig, context });
    return { ...cluster, isMoved };
  };

  it("gives a cluster that was made anew under an old name a memory and a name of its own", async () => {
    expect(await register("kind-dev", "uid-a")).toMatchObject({ slug: "kind-dev", name: "kind-dev" });
    expect(await register("kind-dev", "uid-b")).toMatchObject({ slug: "kind-dev-2", name: "kind-dev (2)" });
    expect(await register("kind-dev", "uid-c")).toMatchObject({ slug: "kind-dev-3", name: "kind-dev (3)" });
  });
  it("knows a cluster again under another context and another address", async () => {
    const first = await register("before", "uid-d");
    expect(first.isMoved).toBe(false);
    expect(await register("after", "uid-d")).toMatchObject({ id: first.id, slug: "before", name: "before", context: "after", isMoved: true });
    expect(await again("after")).toMatchObject({ id: first.id, isMoved: false });
    const { api } = await register("later", "uid-d");
    writeConfig(kubeconfig, "renamed", api.url);
    expect(await again("renamed")).toMatchObject({ id: first.id, context: "renamed", isMoved: true });
  });
  it("does not forget who a cluster is when that may not be read any more", async () => {
    const { api, id } = await register("strict", "uid-e");
    api.plan(REFUSED);
    expect(await again("strict")).toMatchObject({ id, slug: "strict", uid: "uid-e" });
  });
  it("takes none of two that were made under one context and address for the other when that may not be read any more", async () => {
    const first = await register("rebuilt", "uid-f");
    await first.api.stop();
    closing.pop();
    const api = await startServer("uid-g", Number(new URL(first.api.url).port));
    closing.push(() => api.stop());
    expect(await again("rebuilt")).toMatchObject({ slug: "rebuilt-2", name: "rebuilt (2)" });
    api.plan(REFUSED);
    await expect(again("rebuilt")).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/^The namespace kube-system may not be read, /) });
  });

  it("tells clusters of one context and one address of this machine apart by their authorities, where who they are may not be read", async () => {
    const api = await startServer("uid-h");
    closing.push(() => api.stop());
    const found = (authority: string) => {
      writeConfig(kubeconfig, "kind-kind", api.url, authority);
      return again("kind-kind");
    };
    api.plan(REFUSED);
    const first = await found("one");
    expect(await found("another")).toMatchObject({ slug: "kind-kind-2", name: "kind-kind (2)" });
    expect(await found("one\n")).toMatchObject({ id: first.id });
    api.plan({});
    expect(await found("one")).toMatchObject({ id: first.id, uid: "uid-h" });
    api.plan(REFUSED);
    expect(await found("one")).toMatchObject({ id: first.id, uid: "uid-h" });
    expect(await found("a third")).toMatchObject({ slug: "kind-kind-3", uid: null });
  });
  it("does not forget who vouched for a cluster when a kubeconfig does not say", async () => {
    const api = await startServer("uid-j");
    closing.push(() => api.stop());
    api.plan(REFUSED);
    const found = (authority?: string) => {
      writeConfig(kubeconfig, "kind-kept", api.url, authority);
      return again("kind-kept");
    };
    const first = await found("one");
    expect(await found()).toMatchObject({ id: first.id, authority: first.authority });
    expect(await found("another")).toMatchObject({ slug: "kind-kept-2" });
  });
  it("gives who a cluster is, once that may be read, to none of several that it may be", async () => {
    const api = await startServer("uid-i");
    closing.push(() => api.stop());
    const found = (authority?: string) => {
      writeConfig(kubeconfig, "kind-own", api.url, authority);
      return again("kind-own");
    };
    api.plan(REFUSED);
    for (const authority of ["one", "another"]) await found(authority);
    api.plan({});
    expect(await found()).toMatchObject({ slug: "kind-own-3", uid: "uid-i" });
  });
});

describe.each(DATABASE_KINDS)("servers that start at once on %s", (kind) => {
  const used = withDatabase(kind);

  it("make one cluster known once, by whatever contexts, and two of one context apart", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "concentric-register-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const targetsOf = async (uid: string, contexts: readonly string[]) => {
      const server = await startServer(uid);
      onTestFinished(() => server.stop());
      return contexts.map((context) => {
        const kubeconfig = path.join(folder, `${uid}-${context}`);
        writeConfig(kubeconfig, context, server.url);
        return { source: "kubeconfig", kubeconfig, context } as const;
      });
    };
    const targets = [...(await targetsOf("uid-a", ["same", "x", "y", "z"])), ...(await targetsOf("uid-b", ["same"]))];
    const slugs = (await Promise.all(targets.map((target) => registerCluster(used.database, target)))).map(({ cluster }) => cluster.slug);
    expect([new Set(slugs.slice(0, 4)).size, new Set(slugs).size]).toEqual([1, 2]);
    const known = await used.database.prisma.cluster.findMany({ orderBy: { uid: "asc" } });
    expect(known.map(({ uid }) => uid)).toEqual(["uid-a", "uid-b"]);
  });
});
