import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startFaultServer } from "../../e2e/api-server/start";
import { withDatabase } from "@/lib/store/testing/with-database";
import { registerCluster } from "./register-cluster";

describe("registerCluster", { timeout: 30_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-register-"));
  const kubeconfig = path.join(folder, "config");
  const used = withDatabase("pglite");
  const closing: (() => Promise<void>)[] = [];

  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function register(context: string, uid: string) {
    const server = await startFaultServer({ source: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", uid } }] });
    closing.push(() => server.stop());
    const contexts = [{ name: context, context: { cluster: "c", user: "u" } }];
    writeFileSync(kubeconfig, JSON.stringify({ clusters: [{ name: "c", cluster: { server: server.url } }], users: [{ name: "u", user: {} }], contexts }));
    return { api: server, ...(await again(context)) };
  }
  const again = async (context: string) => (await registerCluster(used.database, { source: "kubeconfig", kubeconfig, context })).cluster;

  it("gives a cluster that was made anew under an old name a memory and a name of its own", async () => {
    expect(await register("kind-dev", "uid-a")).toMatchObject({ slug: "kind-dev", name: "kind-dev" });
    expect(await register("kind-dev", "uid-b")).toMatchObject({ slug: "kind-dev-2", name: "kind-dev (2)" });
    expect(await register("kind-dev", "uid-c")).toMatchObject({ slug: "kind-dev-3", name: "kind-dev (3)" });
  });
  it("knows a cluster again under another context and another address", async () => {
    const first = await register("before", "uid-d");
    expect(await register("after", "uid-d")).toMatchObject({ id: first.id, slug: "before", name: "before", context: "after" });
  });
  it("does not forget who a cluster is when that may not be read any more", async () => {
    const { api, id } = await register("strict", "uid-e");
    api.plan({ namespaces: [{ kind: "status", status: 403 }], "/api/v1/namespaces/kube-system": [{ kind: "status", status: 403 }] });
    expect(await again("strict")).toMatchObject({ id, slug: "strict", uid: "uid-e" });
  });
});
