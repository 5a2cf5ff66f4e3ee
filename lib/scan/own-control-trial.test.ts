import { expect, it } from "vitest";
import type { TestOwnControlResponse } from "@/lib/contracts/own-controls";
import { deployment, namespace, pod } from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { startScannedOn } from "@/lib/reads/testing-scanned";
import { saveCluster } from "@/lib/store/clusters";
import { startDatabases } from "@/lib/store/testing/test-databases";
import { runOwnControlTrial } from "./own-control-trial";
import { parseSettings } from "./parse-settings";

const spec = {
  id: "own-replicas",
  title: "Workloads have replicas",
  layer: "container",
  severity: "low",
  subject: "workload",
  message: "has few replicas",
  fix: "Ask for more.",
} as const;

async function runTrial(objects: readonly JsonRecord[], expression: string, now: () => number): Promise<TestOwnControlResponse> {
  const databases = await startDatabases("pglite");
  try {
    const database = await databases.open();
    const { id: clusterId } = await saveCluster(database.prisma, { slug: "c", name: "C", source: "demo" });
    const cluster = await startScannedOn(database);
    const seq = await cluster.scan(objects);
    const trial = { spec: { ...spec, expression }, clusterId, seq, observedAt: "2026-11-01T00:00:00Z", settings: parseSettings(null) };
    const answer = await runOwnControlTrial(database.pool, trial, now);
    await cluster.stop();
    return answer;
  } finally {
    await databases.stop();
  }
}

it("looks at objects also where the database took all of its time before the first of them came", async () => {
  // It begins at 0; from the second look at the clock on, its time is over.
  const times = [0];
  const answer = await runTrial([namespace(), deployment()], "object.spec.replicas > 100", () => times.pop() ?? 60_000);
  expect(answer).toMatchObject({ failing: 1, isCut: false });
});

it("looks at workloads that are known by their pods alone as a scan does, also where an operator's kind is called as ours is", async () => {
  const kinds = ["Cluster", "Gateway", "Machine"];
  const owned = kinds.map((kind) => {
    const ownerReferences = [{ apiVersion: "example.com/v1", kind, name: "own", controller: true }];
    return pod({ name: kind.toLowerCase(), metadata: { uid: kind, ownerReferences }, status: { phase: "Running" } });
  });
  const mirror = pod({ name: "etcd", annotations: { "kubernetes.io/config.mirror": "x" }, metadata: { uid: "m" }, status: { phase: "Running" } });
  const seen = await runTrial([namespace(), ...owned, mirror], "size(pod.spec.containers) > 1", () => 0);
  expect(seen.samples.failing.map(({ resource }) => `${resource.kind} ${resource.name}`).sort()).toEqual([
    ...kinds.map((kind) => `${kind} own`),
    "StaticPod etcd",
  ]);
  // A static pod is all there is of it, and has none.
  const unkept = await runTrial([namespace(), ...owned, mirror], "has(object.spec.replicas)", () => 0);
  expect(unkept).toMatchObject({ failing: 1, passing: 0, notAssessed: kinds.length });
});
