import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { formatNoun } from "@/lib/format/numbers";
import { formatBytes, snapshotsTitle } from "@/lib/format/source-titles";
import { forgetCluster, measureCluster } from "./forget-cluster";
import { onStoredDatabase } from "./on-stored-database";
import { runCommand } from "./run-command";
import { recoverScans } from "./scans";

const USAGE =
  "Say which cluster, by its name in addresses: npm run forget -- CLUSTER tells what would go, and npm run forget -- CLUSTER --yes CLUSTER forgets it. The server of an embedded database must not be running.";

async function tell(pool: Pool, slug: string): Promise<string> {
  const { findings, bytes, history } = await measureCluster(pool, slug);
  const { oldest = null, newest = null } = history ?? {};
  const ends = { oldest: oldest && { ...oldest, takenAt: oldest.takenAt.toISOString() }, newest };
  return `${slug}: ${snapshotsTitle(ends, "UTC")}, ${formatNoun(findings, "finding")}, about ${formatBytes(bytes)}.
Nothing was taken away. To forget it for good: npm run forget -- ${slug} --yes ${slug}`;
}

async function run([slug, flag, confirmed, ...rest]: readonly string[]): Promise<string> {
  const isKnown = flag === undefined || (flag === "--yes" && confirmed !== undefined);
  if (slug === undefined || slug.startsWith("-") || !isKnown || rest.length > 0) throw new AppError("bad-request", USAGE);
  return onStoredDatabase(async (database) => {
    if (confirmed === undefined) return tell(database.pool, slug);
    // Of a server that was killed: nobody else has the embedded database open.
    if (database.kind === "pglite") await recoverScans(database.pool, { all: true });
    const { snapshots, findings } = await forgetCluster(database, slug, confirmed);
    return `${slug} is forgotten: ${formatNoun(snapshots, "snapshot")} and ${formatNoun(findings, "finding")} are gone.`;
  });
}

await runCommand(() => run(process.argv.slice(2)));
