import "server-only";
import { DAY_MS } from "../model/day-ms";
import type { ApiServer } from "./api-server";
import { demoVersion, toDemoObjects } from "./cluster-objects";
import { createMemorySource } from "./memory-source";
import { DEMO_DAYS, isBetween, STORY } from "./story";

const SCAN_MS = 6 * 3_600_000;
const RBAC_KINDS = [
  "roles.rbac.authorization.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "clusterrolebindings.rbac.authorization.k8s.io",
];

/** The days of the story are a day apart, also when the demo is made in the night: its last one is the newest 06:00 UTC that is over. */
function instantOf(today: Date, day: number): Date {
  const lastMs = Math.floor((today.getTime() - SCAN_MS) / DAY_MS) * DAY_MS + SCAN_MS;
  return new Date(lastMs - (DEMO_DAYS - day) * DAY_MS);
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
