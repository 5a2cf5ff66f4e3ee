import "server-only";
import type { z } from "zod";
import type { saveScheduleBody } from "@/lib/contracts/clusters";
import { AppError } from "@/lib/errors/app-error";
import { scheduleWords } from "@/lib/format/source-titles";
import { changeSchedule, getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";

/** Sets how often a cluster is scanned; null = only when somebody asks. Throws not-found, conflict. */
export async function saveSchedule(slug: string, { was, ...schedule }: z.output<typeof saveScheduleBody>): Promise<void> {
  const { prisma } = getDatabase();
  if (await changeSchedule(prisma, slug, schedule, was)) return;
  const { scheduleIntervalMinutes, isSchedulePaused } = await getCluster(prisma, slug);
  throw new AppError("conflict", `Nothing was saved: the schedule was changed meanwhile, to ${scheduleWords(scheduleIntervalMinutes, isSchedulePaused)}.`);
}
