import "server-only";
import { COVERAGE_STATUSES, type CoverageStatus, type KindCoverage } from "@/lib/model/coverage";
import { amount, isRecord, list, record, text } from "@/lib/model/json";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadSnapshotLog } from "@/lib/store/as-of/snapshot-log";
import { findCoverage, type SnapshotRecord } from "@/lib/store/snapshots";
import type { Pool } from "pg";

/** Reads stored coverage; `objects` are the counts of its kinds, in order. */
export function parseCoverage(body: unknown, objects: readonly unknown[] = []): readonly KindCoverage[] {
  return list(body)
    .filter(isRecord)
    .flatMap((entry, index): KindCoverage[] => {
      const status = COVERAGE_STATUSES.find((known): known is CoverageStatus => known === entry.status);
      const kind = text(entry.kind);
      if (!status || !kind) return [];
      const [reason, action] = [text(entry.reason), text(entry.action)];
      return [
        {
          group: text(entry.group) ?? "",
          version: text(entry.version) ?? "",
          resource: text(entry.resource) ?? kind,
          kind,
          status,
          objects: amount(objects[index]) ?? 0,
          ...(reason !== undefined && { reason }),
          ...(action !== undefined && { action }),
        },
      ];
    });
}

const KEPT = 40;
const caches = heldBy<Pool, LruCache<unknown>>("coverage", () => new LruCache<unknown>(KEPT, () => 1));

/** What a snapshot read and what it did not, kind by kind. Snapshots in a row share what is stored of it, and one page asks several times. */
export async function readCoverage(pool: Pool, clusterId: number, { seq, facts }: Pick<SnapshotRecord, "seq" | "facts">): Promise<readonly KindCoverage[]> {
  const [snapshot] = await loadSnapshotLog(pool, clusterId, seq, seq);
  const body = snapshot && (await caches(pool).get(`${snapshot.coverageId}`, () => findCoverage(pool, clusterId, seq)));
  return parseCoverage(body, list(record(facts).objectsPerKind));
}
