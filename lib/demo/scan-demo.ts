import "server-only";
import type { RunningScan } from "@/lib/scan/running-scans";
import { startScan } from "@/lib/scan/start-scan";
import type { ClusterRecord } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findSnapshot } from "@/lib/store/snapshots";
import { startApiServer } from "./api-server";
import { fillDemo } from "./create-demo";
import { createMemorySource } from "./memory-source";
import { serveDay } from "./serve-day";
import { DEMO_DAYS } from "./story";

/** Reads the last day of the demo again, by the settings of now, or goes on with the days that are missing. Throws conflict while these are being made. */
export async function scanDemo(database: Database, cluster: ClusterRecord): Promise<RunningScan> {
  const last = await findSnapshot(database.pool, cluster.id, DEMO_DAYS + 1);
  if (!last) return fillDemo(database, cluster);
  const server = await startApiServer({ source: createMemorySource([]) });
  try {
    serveDay(server, last.takenAt, DEMO_DAYS);
    const scan = await startScan(database, cluster, { trigger: "manual", target: { source: "url", server: server.url } });
    void scan.ended.finally(() => server.stop());
    return scan;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
