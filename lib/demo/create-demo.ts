import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { startScan } from "@/lib/scan/start-scan";
import { type ClusterRecord, findCluster, saveCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import type { Database } from "@/lib/store/open-database";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { getLogger } from "@/lib/telemetry/logger";
import { type ApiServer, startApiServer } from "./api-server";
import { createMemorySource } from "./memory-source";
import { serveDay } from "./serve-day";
import { DEMO_DAYS } from "./story";

const SLUG = "harbour-demo";
const holder = globalThis as { concentricDemo?: Promise<void> };

async function scanDay(database: Database, cluster: ClusterRecord, server: ApiServer, today: Date, day: number): Promise<void> {
  const at = serveDay(server, today, day);
  const scan = await startScan(database, cluster, { trigger: "demo", target: { source: "url", server: server.url }, at, isFollowed: day < DEMO_DAYS });
  const ended = await scan.ended;
  if (ended.state !== "done") throw new AppError("internal", `Day ${day} of the demo could not be scanned: ${ended.error ?? "the scan was cancelled."}`);
}

/** Replays the days that are missing, one scan a day: after a crash it goes on where it stopped. */
async function replay(database: Database, cluster: ClusterRecord): Promise<void> {
  const today = new Date();
  const done = (await findLatestSnapshot(database.pool, cluster.id))?.seq ?? 0;
  const server = await startApiServer({ source: createMemorySource([]) });
  try {
    for (let day = done; day <= DEMO_DAYS; day += 1) await scanDay(database, cluster, server, today, day);
  } finally {
    await server.stop();
  }
}

/**
 * Makes the demo cluster: a made-up cluster that changes over 90 days, read, judged and stored like a real one. Answers as soon
 * as it exists; its days are scanned behind. Asking again does nothing while it is made or once it is whole.
 */
export async function createDemo(): Promise<string> {
  const database = getDatabase();
  const known = await findCluster(database.prisma, SLUG);
  const cluster = known ?? (await saveCluster(database.prisma, { slug: SLUG, name: "harbour", source: "demo", isDemo: true }));
  holder.concentricDemo ??= replay(database, cluster)
    .catch((error: unknown) => getLogger().error({ err: error }, "the demo could not be made"))
    .finally(() => {
      delete holder.concentricDemo;
    });
  return SLUG;
}
