import "server-only";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import type { MomentQuery } from "@/lib/contracts/words";
import { AppError } from "@/lib/errors/app-error";
import { LAYERS } from "@/lib/model/layer";
import { SEVERITIES, severityRank } from "@/lib/model/severity";
import type { ChangeCount } from "@/lib/store/findings/count-changes";
import { type FindingChange, listChanges } from "@/lib/store/findings/list-changes";
import { countResourceChanges } from "@/lib/store/resources";
import { compareScopes } from "./compare-scopes";
import { countMoved, openInAll, totalOf, toSeverityCounts } from "./counts";
import { explainMoves } from "./explain-moves";
import { openFilledReader, toStamp } from "./open-reader";
import { loadPosture } from "./posture-at";
import { toFindingRow } from "./to-finding-row";
import { toLayerScoreDto } from "./to-layer-score";

const ROWS = 100;
const CLOSED: ReadonlySet<FindingChange["change"]> = new Set(["fixed", "gone", "other-closed"] as const);

function balanceOf(changes: readonly ChangeCount[]): CompareResponse["balance"] {
  return LAYERS.map((layer) => {
    const count = (change: ChangeCount["change"]) =>
      toSeverityCounts(SEVERITIES.map((severity) => countMoved(changes, (row) => row.layer === layer && row.change === change && row.severity === severity)));
    return { layer, opened: count("opened"), closed: count("closed") };
  });
}

/** What is different between two moments. The ledger adds up: before + new + reopened - fixed - gone - other = after. */
export async function getCompare(slug: string, query: MomentQuery): Promise<CompareResponse> {
  const reader = await openFilledReader(slug, query);
  const { pool, cluster, at, since } = reader;
  if (query.since === at.seq) throw new AppError("bad-request", `since=${at.seq} is the snapshot that is compared; choose an earlier one.`);
  if (!since) throw new AppError("not-found", `${cluster.name} has no earlier snapshot to compare snapshot ${at.seq} with.`);
  const posture = await loadPosture(pool, cluster.id, at);
  const moves = await explainMoves(reader);
  const ledger = await listChanges(pool, cluster.id, since.seq, at.seq, ROWS);
  // Of workloads, as the counts are; the list of findings has those of the platform too.
  const rows = (keep: (change: FindingChange["change"]) => boolean) =>
    ledger.changes
      .filter(({ change, finding }) => keep(change) && finding.scope === "workload")
      // Each kind of change comes worst first; together they do not.
      .sort((a, b) => severityRank(a.finding.severity) - severityRank(b.finding.severity))
      .slice(0, ROWS)
      .map(({ finding }) => toFindingRow(finding, posture, at.takenAt));
  const resources = await countResourceChanges(pool, cluster.id, since.seq, at.seq);
  const worsened = rows((change) => change === "worsened");
  const openBefore = totalOf(openInAll(since));
  const openAfter = totalOf(openInAll(at));
  const opened = countMoved(moves.changes, (row) => row.change === "opened");
  const isNew = countMoved(moves.changes, (row) => row.change === "opened" && row.isNew);
  const fixed = countMoved(moves.changes, (row) => row.change === "closed" && row.cause === "fixed");
  const gone = countMoved(moves.changes, (row) => row.change === "closed" && row.cause === "resource-gone");
  const closed = countMoved(moves.changes, (row) => row.change === "closed");
  return {
    from: toStamp(since),
    to: toStamp(at),
    scope: await compareScopes(pool, cluster.id, since, at),
    layers: posture.workload.layers.map((score) => toLayerScoreDto(score, at, since)),
    waterfalls: [...moves.waterfalls],
    ledger: {
      openBefore,
      new: isNew,
      reopened: opened - isNew,
      fixed,
      gone,
      otherClosed: closed - fixed - gone,
      openAfter,
      // All kinds are counted with the platform: only a complete list can leave it out.
      worsened: ledger.counts.worsened > ROWS ? ledger.counts.worsened : worsened.length,
      notComparable: at.counts.stale,
    },
    balance: balanceOf(moves.changes),
    opened: rows((change) => change === "new" || change === "reopened"),
    worsened,
    closed: rows((change) => CLOSED.has(change)),
    resourcesAdded: resources.added,
    resourcesGone: resources.gone,
  };
}
