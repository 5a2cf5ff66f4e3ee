import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { listFindings } from "../findings/list-findings";
import { makeSnapshot, type World } from "./make-snapshot";
import type { DatabaseKind } from "./test-databases";
import { withDatabase } from "./with-database";

/** A database as `withDatabase` makes it, and what tests of commits do there: make clusters, take snapshots, ask what became of findings. */
export function withCommits(kind: DatabaseKind) {
  const used = withDatabase(kind);
  let clusters = 0;
  const addCluster = async (): Promise<number> => {
    clusters += 1;
    return (await saveCluster(used.database.prisma, { slug: `c-${clusters}`, name: "C", source: "demo" })).id;
  };
  const commit = (clusterId: number, world: World) => commitSnapshot(used.database.pool, makeSnapshot(clusterId, world));
  const list = async (clusterId: number, seq: number, sinceSeq: number | null = null, tab: "all" | "opened" | "closed" = "all") =>
    listFindings(used.database.pool, clusterId, { seq, sinceSeq, filter: {}, tab, order: "object", isReversed: false, cursor: null, limit: 500 });
  return { used, addCluster, commit, list };
}
