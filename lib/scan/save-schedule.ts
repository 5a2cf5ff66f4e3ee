import "server-only";
import type { z } from "zod";
import type { saveScheduleBody } from "@/lib/contracts/clusters";
import { AppError } from "@/lib/errors/app-error";
import { scheduleWords } from "@/lib/format/source-titles";
import { getCluster, saveCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";

/** Sets how often a cluster is scanned; null = only when somebody asks. Throws not-found, conflict. */
export async function saveSchedule(slug: string, { intervalMinutes, isPaused, was }: z.output<typeof saveScheduleBody>): Promise<void> {
  const { prisma } = getDatabase();
  const { name, source, scheduleIntervalMinutes, isSchedulePaused } = await getCluster(prisma, slug);
  if (was && (was.intervalMinutes !== scheduleIntervalMinutes || was.isPaused !== isSchedulePaused))
    throw new AppError("conflict", `Nothing was saved: the schedule was changed meanwhile, to ${scheduleWords(scheduleIntervalMinutes, isSchedulePaused)}.`);
  await saveCluster(prisma, { slug, name, source, scheduleIntervalMinutes: intervalMinutes, isSchedulePaused: isPaused });
}
