import "server-only";
import { COVERAGE_STATUSES, type CoverageStatus, type KindCoverage } from "@/lib/model/coverage";
import { amount, isRecord, list, record, text } from "@/lib/model/json";
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

/** What a snapshot read and what it did not, kind by kind. */
export async function readCoverage(pool: Pool, clusterId: number, { seq, facts }: Pick<SnapshotRecord, "seq" | "facts">): Promise<readonly KindCoverage[]> {
  return parseCoverage(await findCoverage(pool, clusterId, seq), list(record(facts).objectsPerKind));
}
