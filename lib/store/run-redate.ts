import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { formatInstant } from "@/lib/format/instant";
import { onStoredDatabase } from "./on-stored-database";
import { redateSnapshots } from "./redate-snapshots";
import { runCommand } from "./run-command";

const USAGE =
  "Say which snapshot of which cluster was taken when: npm run redate -- CLUSTER 12 2026-11-26T10:00Z, by the names in addresses. The server must not be running.";
/** With its zone: without one it would be that of this machine. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

async function run([cluster, seq = "", instant = ""]: readonly string[]): Promise<string> {
  const takenAt = new Date(INSTANT.test(instant) ? instant : Number.NaN);
  if (cluster === undefined || !/^[1-9]\d{0,8}$/.test(seq) || Number.isNaN(takenAt.getTime())) throw new AppError("bad-request", USAGE);
  return onStoredDatabase(async ({ pool }) => {
    const last = await redateSnapshots(pool, { cluster, seq: Number(seq), takenAt }, new Date());
    return `Snapshot ${seq} of ${cluster} is of ${formatInstant(takenAt, "UTC")} now, and its last one, ${last.seq}, of ${formatInstant(last.takenAt, "UTC")}.`;
  });
}

await runCommand(() => run(process.argv.slice(2)));
