import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { formatInstant } from "@/lib/format/instant";
import { findClusterId } from "./clusters";
import { inTransaction } from "./in-transaction";

interface Redating {
  /** Slug of the cluster. */
  readonly cluster: string;
  /** The first snapshot that a wrong clock dated. */
  readonly seq: number;
  /** When it was taken in truth. */
  readonly takenAt: Date;
}

interface Dated {
  readonly seq: number;
  readonly takenAt: Date;
}

const SNAPSHOTS = `SELECT s.seq, s.taken_at AS "takenAt" FROM snapshot s JOIN cluster c ON c.id = s.cluster_id
  WHERE c.slug = $1 AND (s.seq IN ($2 - 1, $2) OR s.seq = (SELECT max(seq) FROM snapshot WHERE cluster_id = c.id)) ORDER BY s.seq`;
const MOVE = `UPDATE snapshot SET taken_at = taken_at + $3 * interval '1 millisecond', started_at = started_at + $3 * interval '1 millisecond'
  WHERE seq >= $2 AND cluster_id = (SELECT id FROM cluster WHERE slug = $1)`;

/** Throws bad-request where it would be before the snapshot before it, or the last one after `now`. */
function requireOrder({ seq, takenAt }: Redating, before: Dated | undefined, lastAt: Date, now: Date): void {
  if (before !== undefined && before.takenAt >= takenAt)
    throw new AppError("bad-request", `Snapshot ${before.seq} was taken at ${formatInstant(before.takenAt, "UTC")}: snapshot ${seq} was taken after it.`);
  if (lastAt > now)
    throw new AppError("bad-request", `The last snapshot would be of ${formatInstant(lastAt, "UTC")}, which is still to come: say an earlier time.`);
}

/**
 * Gives a snapshot that a wrong clock dated its true time, and moves all later ones by as much: what they saw, and their order, stays. Resolves with the
 * last one as it is then. Throws not-found, gone, bad-request.
 */
export async function redateSnapshots(pool: Pool, redating: Redating, now: Date): Promise<Dated> {
  const { cluster, seq, takenAt } = redating;
  return inTransaction(pool, async (client) => {
    // As a scan does that stores its own.
    await findClusterId(client, cluster, true);
    const { rows } = await client.query<Dated>(SNAPSHOTS, [cluster, seq]);
    const wrong = rows.find((row) => row.seq === seq);
    const last = rows.at(-1);
    if (wrong === undefined || last === undefined) throw new AppError("not-found", `There is no snapshot ${seq} of this cluster.`);
    const movedMs = takenAt.getTime() - wrong.takenAt.getTime();
    const lastAt = new Date(last.takenAt.getTime() + movedMs);
    const before = rows.find((row) => row.seq === seq - 1);
    requireOrder(redating, before, lastAt, now);
    await client.query(MOVE, [cluster, seq, movedMs]);
    return { seq: last.seq, takenAt: lastAt };
  });
}
