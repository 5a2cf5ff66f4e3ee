import "server-only";
import { getCluster, saveCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";

/** Sets how often a cluster is scanned; null = only when somebody asks. Throws not-found. */
export async function saveSchedule(slug: string, schedule: { readonly intervalMinutes: number | null; readonly isPaused: boolean }): Promise<void> {
  const { prisma } = getDatabase();
  const { name, source } = await getCluster(prisma, slug);
  await saveCluster(prisma, { slug, name, source, scheduleIntervalMinutes: schedule.intervalMinutes, isSchedulePaused: schedule.isPaused });
}
