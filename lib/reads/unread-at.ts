import "server-only";
import type { Pool } from "pg";
import { isGap } from "@/lib/model/coverage";
import type { ChangeRange } from "@/lib/store/findings/changed-findings";
import { listKnownKinds } from "@/lib/store/known-kinds";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { ACCOUNT, listAccountKeys, listCoveredKinds, toFindLost } from "./find-unread";
import { readCoverage } from "./read-coverage";

/** From one snapshot to a later one, with what the first did not read: what it says nothing of cannot be called new. */
export async function loadChangeRange(pool: Pool, clusterId: number, since: SnapshotRecord, at: SnapshotRecord): Promise<ChangeRange> {
  const [coverage, later] = [await readCoverage(pool, clusterId, since), await readCoverage(pool, clusterId, at)];
  // What is gone by now was there then.
  const known = coverage.some(isGap) ? await listKnownKinds(pool, clusterId, { ever: true }) : [];
  const findLost = toFindLost(coverage, later);
  const isLost = (key: string): boolean => findLost(key) !== null;
  const keys = new Set([...listCoveredKinds([...coverage, ...later]), ...known, ...listAccountKeys()]);
  const told = isLost(ACCOUNT) ? listAccountKeys().filter((key) => !isLost(key)) : [];
  return { fromSeq: since.seq, toSeq: at.seq, unread: [...keys].filter(isLost), told };
}
