import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { baselineWords } from "@/lib/format/baseline-words";
import { clusterWords } from "@/lib/format/cluster-words";
import { formatCount } from "@/lib/format/numbers";
import { isGap } from "@/lib/model/coverage";
import { findScanProgress } from "@/lib/scan/find-scan-progress";
import { type ClusterRecord, listClusters } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { countResources } from "@/lib/store/resources";
import { listLatestSnapshots, listMoments, type SnapshotRecord } from "@/lib/store/snapshots";
import { countOpen } from "./counts";
import { openReader } from "./open-reader";
import { readCoverage } from "./read-coverage";
import { loadStanding } from "./scores-at";
import { toScores } from "./to-layer-score";

/** More than this many snapshots are chosen on the page of snapshots, not in the time control. */
const MOMENTS = 120;

type Moment = Pick<SnapshotRecord, "seq" | "catalogueVersion">;

function noteOf(snapshot: Moment, before: Moment | undefined): string | undefined {
  if (snapshot.seq === 1) return "first scan";
  return before && before.catalogueVersion !== snapshot.catalogueVersion ? `catalogue ${snapshot.catalogueVersion}` : undefined;
}

/** Why this server neither scans nor saves any more; null = it does. A database that does not answer is told where it is read. */
async function findOutdated(): Promise<string | null> {
  try {
    await getDatabase().requireCurrent();
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return error.message;
    throw error;
  }
}

/** What the frame around every page of a cluster shows: clusters, moments, counts. Throws not-found. */
export async function getShell(slug: string) {
  const reader = await openReader(slug, {});
  const { pool, cluster, at, since } = reader;
  const toCluster = async (one: ClusterRecord, newest: ReadonlyMap<number, SnapshotRecord>) => {
    const latest = one.id === cluster.id ? at : newest.get(one.id);
    // On every page, of every cluster: what these are made of would push what the page itself needs out of the cache.
    return { slug: one.slug, name: clusterWords(one), scores: toScores(latest ? (await loadStanding(pool, one.id, latest)).scores : undefined) };
  };
  const listAll = () => Promise.all([listClusters(getDatabase().prisma), listLatestSnapshots(pool)]);
  const [snapshots, clusters, coverage, resources, scan, outdated] = await Promise.all([
    listMoments(pool, cluster.id, at?.seq ?? 0, MOMENTS),
    listAll().then(([all, newest]) => Promise.all(all.map((one) => toCluster(one, newest)))),
    at ? readCoverage(pool, cluster.id, at) : [],
    at ? countResources(pool, cluster.id, at.seq) : 0,
    findScanProgress(pool, cluster.id),
    findOutdated(),
  ]);
  const gaps = coverage.filter(isGap).length;
  // A zero beside kinds that nobody could read would be an all-clear.
  const isKnown = (count: number): boolean => count > 0 || gaps === 0;
  const open = at ? countOpen(at) : 0;
  return {
    shell: {
      clusters,
      current: slug,
      snapshots: snapshots.map((snapshot, i) => {
        const note = noteOf(snapshot, snapshots[i + 1]);
        return { seq: snapshot.seq, at: snapshot.takenAt.toISOString(), ...(note !== undefined && { note }) };
      }),
      baseline: at && since ? { seq: since.seq, at: since.takenAt.toISOString(), words: baselineWords(since.takenAt, at.takenAt) } : null,
      counts: {
        ...(at && isKnown(open) && { findings: open }),
        ...(at && isKnown(resources) && { resources }),
        ...(gaps > 0 && { sources: `${formatCount(gaps)} not read` }),
      },
      isOpen: true,
      now: new Date().toISOString(),
      searchPath: `/api/v1/clusters/${slug}/search`,
    },
    scan,
    outdated,
    isDemo: cluster.isDemo,
  };
}
