import "server-only";
import type { Pool } from "pg";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { readCoverage } from "./read-coverage";

async function listOff(pool: Pool, clusterId: number, snapshot: SnapshotRecord): Promise<readonly string[]> {
  return (await readCoverage(pool, clusterId, snapshot)).filter(({ status }) => status === "not-requested").map(({ kind }) => kind);
}

/** Whether two snapshots were judged with the same settings; where not, which sources were switched in between. */
export async function compareScopes(pool: Pool, clusterId: number, since: SnapshotRecord, at: SnapshotRecord): Promise<CompareResponse["scope"]> {
  if (at.scopeHash === since.scopeHash) return null;
  const [before, after] = [await listOff(pool, clusterId, since), await listOff(pool, clusterId, at)];
  return { switchedOn: before.filter((kind) => !after.includes(kind)), switchedOff: after.filter((kind) => !before.includes(kind)) };
}
