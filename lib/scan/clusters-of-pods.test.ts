import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { makeCertificate } from "@/lib/kube/testing-certificate";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { registerCluster } from "./register-cluster";

const folder = mkdtempSync(path.join(tmpdir(), "concentric-pods-"));
afterAll(() => rmSync(folder, { recursive: true }));
const certificate = makeCertificate(folder, "20990101000000Z");
if (certificate === null) console.log("Tests of servers in pods are skipped: there is no openssl.");

/** A pod in a cluster that tells who it is to those that may read `uid`. */
async function startPod(uid: string | null) {
  const { key, cert } = certificate ?? { key: "", cert: "" };
  const api = createServer({ key, cert }, ({ url }, response) => {
    if (url === "/version") response.end(JSON.stringify({ gitVersion: "v1.36.0" }));
    else if (uid === null) response.writeHead(403).end();
    else response.end(JSON.stringify({ metadata: { name: "kube-system", uid } }));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void api.close());
  const { port } = api.address() as AddressInfo; // safe: it listens on a port
  vi.stubEnv("KUBERNETES_SERVICE_HOST", "127.0.0.1");
  vi.stubEnv("KUBERNETES_SERVICE_PORT", String(port));
  onTestFinished(() => void vi.unstubAllEnvs());
  const root = mkdtempSync(path.join(folder, "pod-"));
  const mounted = path.join(root, "var/run/secrets/kubernetes.io/serviceaccount");
  mkdirSync(mounted, { recursive: true });
  for (const [name, content] of Object.entries({ "ca.crt": cert, token: "of-the-pod", namespace: "tools" })) writeFileSync(path.join(mounted, name), content);
  return { source: "in-cluster", root } as const;
}

describe.skipIf(certificate === null).each(DATABASE_KINDS)("a server in a pod, on %s", (kind) => {
  const used = withDatabase(kind);

  it("remembers the cluster that tells who it is", async () => {
    const { cluster } = await registerCluster(used.database, await startPod("uid-a"));
    expect(cluster).toMatchObject({ source: "in-cluster", uid: "uid-a" });
  });

  it("takes a cluster for known by its address only where no server of another cluster stores: all have one address for their pods", async () => {
    const found = await registerCluster(used.database, await startPod(null)).then(
      ({ cluster }) => cluster.uid,
      ({ message }: Error) => message,
    );
    if (kind === "pglite") expect(found).toBeNull();
    else
      expect(found).toBe(
        "The namespace kube-system may not be read, and nothing else tells this cluster from others that have the same address, so nothing is stored: let it be read, as by deploy/cluster-role.yaml.",
      );
  });
});
