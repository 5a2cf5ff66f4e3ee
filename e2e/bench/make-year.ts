import { rmSync } from "node:fs";
import { openDiskSource } from "../api-server/disk-source";
import { type FaultServer, startFaultServer } from "../api-server/start";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { openConnection } from "@/lib/kube/open-connection";
import { runScan } from "@/lib/scan/run-scan";
import { saveCluster } from "@/lib/store/clusters";
import { type Database, openDatabase } from "@/lib/store/open-database";
import { tidy } from "@/lib/store/tidy";
import { DAY_MS } from "@/lib/model/day-ms";
import type { BenchDatabase } from "./bench-database";
import type { BenchSetting } from "./bench-setting";
import { generateCluster } from "./generate-cluster";

export const YEAR_CLUSTER = "bench";
const YEAR_WORKLOADS = 500;

/** Scans a cluster once for every day of a year that has passed, into all databases: each day is generated once. */
export async function makeYear({ generator, folder, report, days }: BenchSetting, databases: readonly BenchDatabase[]): Promise<void> {
  const generate = (day: number) => generateCluster(generator, folder, { workloads: YEAR_WORKLOADS, day, format: "list" });
  const opened = await Promise.all(databases.map(({ config }) => openDatabase(config, { onLost: fail })));
  const server = await startFaultServer({ source: [] });
  try {
    const clusters = await Promise.all(
      opened.map(({ prisma }) =>
        saveCluster(prisma, { slug: YEAR_CLUSTER, name: YEAR_CLUSTER, source: "kubeconfig", server: server.url, scheduleIntervalMinutes: null }),
      ),
    );
    const firstMs = Date.now() - days * DAY_MS;
    let next = generate(0);
    for (let day = 0; day <= days; day += 1) {
      const objects = await next;
      if (day < days) next = generate(day + 1);
      const source = await openDiskSource(objects);
      server.replace(source);
      for (const [index, database] of opened.entries()) await scanDay(database, clusters[index]?.id ?? 0, server, new Date(firstMs + day * DAY_MS));
      await source.close();
      if (day > 0) rmSync(objects, { recursive: true, force: true });
      if (day % 25 === 0) report.tell(`year: day ${day} of ${days}`);
    }
  } finally {
    await server.stop();
    for (const database of opened) await database.close();
  }
}

async function scanDay(database: Database, clusterId: number, { url }: FaultServer, at: Date): Promise<void> {
  const target = { source: "url", server: url } as const;
  const connection = openConnection(target);
  try {
    const job = { clusterId, target, identity: null, trigger: "schedule", settings: DEFAULT_SETTINGS, at: at.toISOString() } as const;
    await tidy(database.pool, await runScan(job, { connection, pool: database.pool, now: () => new Date() }));
  } finally {
    await connection.close();
  }
}

function fail(error: Error): void {
  throw error;
}
