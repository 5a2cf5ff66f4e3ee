import "server-only";
import type { ApiServer } from "./api-server";
import { demoVersion, toDemoObjects } from "./cluster-objects";
import { createMemorySource } from "./memory-source";
import { DEMO_DAYS, isBetween, STORY } from "./story";

const DAY_MS = 86_400_000;
const RBAC_KINDS = [
  "roles.rbac.authorization.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "clusterrolebindings.rbac.authorization.k8s.io",
];

/** Midnight-aligned, so that the same day of the story always falls on the same date while the demo is made. */
function instantOf(today: Date, day: number): Date {
  const todayMs = Math.floor(today.getTime() / DAY_MS) * DAY_MS;
  return new Date(Math.min(today.getTime(), todayMs - (DEMO_DAYS - day) * DAY_MS + 6 * 3_600_000));
}

/** Serves one day of the story, the last of which is `today`. Gives the instant of that day. */
export function serveDay(server: ApiServer, today: Date, day: number): Date {
  const moment = {
    day,
    instantOf: (other: number) =>
      instantOf(today, other)
        .toISOString()
        .replace(/\.\d+Z$/, "Z"),
  };
  server.replace(createMemorySource(toDemoObjects(moment), { version: demoVersion(day) }));
  server.deny(isBetween(day, STORY.unreadable) ? RBAC_KINDS : []);
  return instantOf(today, day);
}
