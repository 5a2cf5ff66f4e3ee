import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startFaultServer } from "../../e2e/api-server/start";
import { saveCluster } from "@/lib/store/clusters";
import { withDatabase } from "@/lib/store/testing/with-database";
import { findLocalTarget } from "./find-local-target";
import { followLocalCluster } from "./follow-local-cluster";
import { findLocalClusterState } from "./local-cluster-state";

const FAST = { firstMs: 10, longestMs: 40 };

describe("followLocalCluster", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-follow-"));
  const used = withDatabase("pglite");
  const closing: (() => unknown)[] = [];

  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  function writeConfig(kubeconfig: string, current: string, servers: Readonly<Record<string, string>>): void {
    const clusters = Object.entries(servers).map(([name, server]) => ({ name, cluster: { server } }));
    const contexts = Object.keys(servers).map((name) => ({ name, context: { cluster: name, user: "u" } }));
    writeFileSync(kubeconfig, JSON.stringify({ "current-context": current, clusters, contexts, users: [{ name: "u", user: {} }] }));
  }

  function follow(name: string) {
    const kubeconfig = path.join(folder, name);
    const found: string[] = [];
    const tries = { count: 0 };
    const findTarget = () => {
      tries.count += 1;
      return findLocalTarget({ kubeconfig, isInCluster: false });
    };
    const stop = followLocalCluster(used.database, { findTarget, onFound: async ({ cluster }) => void found.push(cluster.slug), waits: FAST });
    closing.push(stop);
    return { kubeconfig, found, tries, stop };
  }

  it("finds a cluster whose kubeconfig is written, and which starts, only later", async () => {
    const { kubeconfig, found } = follow("late");
    await expect.poll(() => findLocalClusterState().problem).toMatch(/^There is no kubeconfig at /);
    const gone = await startFaultServer({ source: [] });
    await gone.stop();
    writeConfig(kubeconfig, "stopped", { stopped: gone.url });
    await expect.poll(() => findLocalClusterState().problem).not.toMatch(/^There is no kubeconfig at /);
    expect(found).toEqual([]);
    const server = await startFaultServer({ source: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", uid: "uid-late" } }] });
    closing.push(() => server.stop());
    writeConfig(kubeconfig, "late", { stopped: gone.url, late: server.url });
    await expect.poll(() => found).toEqual(["late"]);
    expect(findLocalClusterState()).toEqual({ context: "late", server: server.url, problem: null });
  });

  it("says of a database that fails that it does, not of the cluster", async () => {
    const server = await startFaultServer({ source: [] });
    closing.push(() => server.stop());
    const kubeconfig = path.join(folder, "full");
    writeConfig(kubeconfig, "full", { full: server.url });
    const onFound = () => Promise.reject(Object.assign(new Error("sorry, too many clients already"), { code: "53300" }));
    const findTarget = () => findLocalTarget({ kubeconfig, isInCluster: false });
    closing.push(followLocalCluster(used.database, { findTarget, onFound, waits: FAST }));
    await expect.poll(() => findLocalClusterState().problem).toMatch(/^The database has no connection free: /);
  });

  it("tells of a cluster that has moved until somebody has heard it: a scan that could not start was not tried again", async () => {
    const uid = "uid-moved";
    const server = await startFaultServer({ source: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", uid } }] });
    closing.push(() => server.stop());
    await saveCluster(used.database.prisma, { slug: "old", name: "old", source: "kubeconfig", context: "old", server: server.url, uid });
    const kubeconfig = path.join(folder, "moved");
    writeConfig(kubeconfig, "new", { new: server.url });
    const told: boolean[] = [];
    const onFound = async ({ isMoved }: { readonly isMoved: boolean }) => {
      if (told.push(isMoved) === 1) throw new Error("no connection free");
    };
    const findTarget = () => findLocalTarget({ kubeconfig, isInCluster: false });
    closing.push(followLocalCluster(used.database, { findTarget, onFound, waits: FAST }));
    await expect.poll(() => told).toEqual([true, true]);
  });

  it("looks no more once the cluster is found, or once it is stopped", async () => {
    const server = await startFaultServer({ source: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", uid: "uid-known" } }] });
    closing.push(() => server.stop());
    writeConfig(path.join(folder, "known"), "known", { known: server.url });
    const known = follow("known");
    await expect.poll(() => known.found).toEqual(["known"]);
    const none = follow("none");
    await expect.poll(() => none.tries.count).toBeGreaterThan(2);
    none.stop();
    const { count } = none.tries;
    await new Promise((resolve) => setTimeout(resolve, 5 * FAST.longestMs));
    expect([known.tries.count, none.tries.count]).toEqual([1, count]);
  });
});
