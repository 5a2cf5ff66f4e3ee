import "server-only";
import { COVERAGE_STATUSES, type CoverageStatus, type KindCoverage } from "@/lib/model/coverage";
import { amount, isRecord, list, record, text } from "@/lib/model/json";
import { findCoverage } from "@/lib/store/snapshots";
import type { Pool } from "pg";

/** Reads stored coverage: a list of kinds, or an object that holds one under `kinds`. */
export function parseCoverage(body: unknown): readonly KindCoverage[] {
  const kinds = Array.isArray(body) ? body : list(record(body).kinds);
  return kinds.filter(isRecord).flatMap((entry): KindCoverage[] => {
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
        objects: amount(entry.objects) ?? 0,
        ...(reason !== undefined && { reason }),
        ...(action !== undefined && { action }),
      },
    ];
  });
}

export async function readCoverage(pool: Pool, clusterId: number, seq: number): Promise<readonly KindCoverage[]> {
  return parseCoverage(await findCoverage(pool, clusterId, seq));
}
