import { expect, it } from "vitest";
import { deployment, namespace } from "@/lib/inventory/testing";
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
  expression: "object.spec.replicas > 100",
  message: "has few replicas",
  fix: "Ask for more.",
} as const;

it("looks at objects also where the database took all of its time before the first of them came", async () => {
  const databases = await startDatabases("pglite");
  try {
    const database = await databases.open();
    const { id: clusterId } = await saveCluster(database.prisma, { slug: "c", name: "C", source: "demo" });
    const cluster = await startScannedOn(database);
    const seq = await cluster.scan([namespace(), deployment()]);
    // It begins at 0; from the second look at the clock on, its time is over.
    const times = [0];
    const answer = await runOwnControlTrial(
      database.pool,
      { spec, clusterId, seq, observedAt: "2026-11-01T00:00:00Z", settings: parseSettings(null) },
      () => times.pop() ?? 60_000,
    );
    expect(answer).toMatchObject({ failing: 1, isCut: false });
    await cluster.stop();
  } finally {
    await databases.stop();
  }
});
