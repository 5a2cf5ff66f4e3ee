import "server-only";
import type { Pool } from "pg";
import type { KindCoverage } from "@/lib/model/coverage";
import { ACCOUNT, listAccountKeys, listCoveredKinds, toFindLost } from "@/lib/reads/find-unread";
import { parseCoverage } from "@/lib/reads/read-coverage";
import { findCoverage, listLastOfEachCoverage } from "@/lib/store/snapshots";
import type { LastKnown } from "./last-known";

/**
 * Kinds (`group/Kind`) that this scan reads and the last one did not, each with the snapshot that read it last; null = none did. `group/Kind control` = of
 * the findings of that control alone, which goes before. The past is looked through only where a kind is back.
 */
export async function findReturnedKinds(
  pool: Pool,
  clusterId: number,
  coverage: readonly KindCoverage[],
  { snapshot, coverage: before, kinds: known }: LastKnown,
): Promise<ReadonlyMap<string, number | null>> {
  if (snapshot === null) return new Map();
  const [wasLost, isLost] = [toFindLost(before, coverage), toFindLost(coverage)];
  const kinds = new Set([...known, ...listCoveredKinds(coverage), ...listAccountKeys()]);
  const returned = new Map<string, number | null>([...kinds].filter((kind) => wasLost(kind) && !isLost(kind)).map((kind) => [kind, null]));
  const missing = new Set(returned.keys());
  if (missing.size === 0) return returned;
  // What is told from rights was told without accounts, too.
  if (returned.has(ACCOUNT)) for (const key of listAccountKeys()) if (!returned.has(key)) returned.set(key, snapshot.seq);
  for (const seq of await listLastOfEachCoverage(pool, clusterId)) {
    const findLost = toFindLost(parseCoverage(await findCoverage(pool, clusterId, seq)), coverage);
    for (const kind of [...missing].filter((one) => !findLost(one))) {
      returned.set(kind, seq);
      missing.delete(kind);
    }
    if (missing.size === 0) break;
  }
  return returned;
}
