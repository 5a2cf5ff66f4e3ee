import "server-only";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import type { MomentQuery, SnapshotStamp } from "@/lib/contracts/words";
import { AppError } from "@/lib/errors/app-error";
import { LAYERS } from "@/lib/model/layer";
import { countAll, SEVERITIES } from "@/lib/model/severity";
import type { ClosedCause, OpenedCause } from "@/lib/store/commit/commit-input";
import type { ChangeCount } from "@/lib/store/findings/count-changes";
import { countReasons } from "@/lib/store/findings/count-reasons";
import { type FindingChange, listChanges } from "@/lib/store/findings/list-changes";
import { loadEnds } from "@/lib/store/findings/load-ends";
import { countResourceChanges } from "@/lib/store/resources";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { compareScopes } from "./compare-scopes";
import { countMoved, openInAll, toSeverityCounts } from "./counts";
import { explainMoves } from "./explain-moves";
import { type FilledReader, openFilledReader, toStamp } from "./open-reader";
import { loadPosture } from "./posture-at";
import { toCompareRows } from "./to-compare-row";
import { toLayerScoreDto } from "./to-layer-score";
import { loadChangeRange } from "./unread-at";

/** A moment that nothing is before. */
interface FirstMoment {
  readonly first: SnapshotStamp;
  /** It is the only snapshot. */
  readonly isNow: boolean;
}

const ROWS = 100;
const SETTINGS = "settings" satisfies ClosedCause & OpenedCause;
const OPENED: ReadonlySet<FindingChange["change"]> = new Set([
  "new",
  "reopened",
  "assessed",
  "uncovered",
  "opened-by-settings",
  "new-control",
  "opened-by-control",
] as const);
const WORSENED: ReadonlySet<FindingChange["change"]> = new Set(["worsened", "worsened-by-settings", "worsened-by-control"] as const);
/** What opened for one of these is neither new nor reopened. */
const OWN_ROWS: ReadonlySet<string> = new Set<OpenedCause>(["settings", "new-control", "new-catalogue", "assessed", "uncovered"]);
const CLOSED: ReadonlySet<FindingChange["change"]> = new Set(["fixed", "gone", "other-closed"] as const);

function balanceOf(changes: readonly ChangeCount[]): CompareResponse["balance"] {
  return LAYERS.map((layer) => {
    const count = (change: ChangeCount["change"]) =>
      toSeverityCounts(SEVERITIES.map((severity) => countMoved(changes, (row) => row.layer === layer && row.change === change && row.severity === severity)));
    return { layer, opened: count("opened"), closed: count("closed") };
  });
}

/**
 * What is different between two moments. The ledger adds up: before + new + reopened + assessed + uncovered + opened by settings, new controls and changed ones
 * - fixed - gone - other = after.
 */
export async function getCompare(slug: string, query: MomentQuery): Promise<CompareResponse> {
  const reader = await openCompared(slug, query);
  const { at, since, cluster } = reader;
  if (!since) throw new AppError("not-found", `${cluster.name} has no earlier snapshot to compare snapshot ${at.seq} with.`);
  return compareMoments(reader, since);
}

/** The same for a page, which has more to say of a first snapshot than that nothing is earlier. */
export async function getCompareOrFirst(slug: string, query: MomentQuery): Promise<CompareResponse | FirstMoment> {
  const reader = await openCompared(slug, query);
  return reader.since ? compareMoments(reader, reader.since) : { first: toStamp(reader.at), isNow: reader.isNow };
}

/** Throws bad-request for one moment that is given twice. */
async function openCompared(slug: string, query: MomentQuery): Promise<FilledReader> {
  const reader = await openFilledReader(slug, query);
  const { seq } = reader.at;
  if (query.since === seq) throw new AppError("bad-request", `Both moments are snapshot ${seq}: choose an earlier one to compare it with.`);
  return reader;
}

async function compareMoments(reader: FilledReader, since: SnapshotRecord): Promise<CompareResponse> {
  const { pool, cluster, at } = reader;
  const [before, posture] = await Promise.all([loadPosture(pool, cluster.id, since), loadPosture(pool, cluster.id, at)]);
  const range = await loadChangeRange(pool, cluster.id, since, at);
  const moves = await explainMoves(reader, range);
  const ledger = await listChanges(pool, cluster.id, range, ROWS);
  // Of workloads, as the counts are; the list of findings has those of the platform too.
  const pick = (keep: (change: FindingChange["change"]) => boolean) =>
    ledger.changes.filter(({ change, finding }) => keep(change) && finding.scope === "workload").slice(0, ROWS);
  const picked = {
    opened: pick((change) => OPENED.has(change)),
    worsened: pick((change) => WORSENED.has(change)),
    closed: pick((change) => CLOSED.has(change)),
  };
  const spans = Object.values(picked).flatMap((changes) => changes.map(({ finding }) => finding.spanId));
  const [endsThen, endsNow] = [await loadEnds(pool, cluster.id, spans, since.seq), await loadEnds(pool, cluster.id, spans, at.seq)];
  const toRow = toCompareRows({ posture: before, ends: endsThen }, { posture, ends: endsNow }, at.takenAt);
  const resources = await countResourceChanges(pool, cluster.id, range);
  const reasons = await countReasons(pool, cluster.id, at.seq);
  const openBefore = countAll(openInAll(since));
  const openAfter = countAll(openInAll(at));
  const openedFor = (cause: OpenedCause): number => countMoved(moves.changes, (row) => row.change === "opened" && row.cause === cause);
  const openedOf = (isNew: boolean): number => countMoved(moves.changes, (row) => row.change === "opened" && !OWN_ROWS.has(row.cause) && row.isNew === isNew);
  const worsened = ledger.counts.workload;
  const closedFor = (cause: ClosedCause | "replaced"): number => countMoved(moves.changes, (row) => row.change === "closed" && row.cause === cause);
  const [fixed, gone] = [closedFor("fixed"), closedFor("resource-gone")];
  const closed = countMoved(moves.changes, (row) => row.change === "closed");
  return {
    from: toStamp(since),
    to: toStamp(at),
    scope: await compareScopes(pool, cluster.id, since, at),
    layers: posture.workload.layers.map((score) => toLayerScoreDto(score, at, before)),
    waterfalls: [...moves.waterfalls],
    ledger: {
      openBefore,
      new: openedOf(true),
      reopened: openedOf(false),
      assessed: openedFor("assessed"),
      uncovered: openedFor("uncovered"),
      openedBySettings: openedFor(SETTINGS),
      newControl: openedFor("new-control"),
      openedByControl: openedFor("new-catalogue"),
      fixed,
      gone,
      otherClosed: closed - fixed - gone,
      replaced: closedFor("replaced"),
      finished: closedFor("finished"),
      subsumed: closedFor("subsumed"),
      notApplicable: closedFor("not-applicable"),
      exception: closedFor("exception"),
      controlChanged: closedFor("control-changed"),
      controlOff: closedFor("control-off"),
      settings: closedFor(SETTINGS),
      openAfter,
      worsened: worsened.worsened,
      worsenedBySettings: worsened["worsened-by-settings"],
      worsenedByControl: worsened["worsened-by-control"],
      // Of workloads, as all that stands beside it.
      notComparable: reasons.reduce((sum, { scope, stale }) => sum + (scope === "workload" ? stale : 0), 0),
    },
    balance: balanceOf(moves.changes),
    opened: picked.opened.map(toRow),
    worsened: picked.worsened.map(toRow),
    closed: picked.closed.map(toRow),
    resourcesAdded: resources.added,
    resourcesFirstRead: resources.firstRead,
    resourcesGone: resources.gone,
  };
}
