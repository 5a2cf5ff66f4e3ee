import "server-only";
import type { ControlResponse, ListControlsResponse } from "@/lib/contracts/controls";
import type { MomentQuery } from "@/lib/contracts/words";
import { findControl } from "@/lib/controls/registry";
import { AppError } from "@/lib/errors/app-error";
import type { Settings } from "@/lib/inventory/inventory";
import type { Scope } from "@/lib/model/verdict";
import { parseSettings } from "@/lib/scan/parse-settings";
import { gainOfControl } from "@/lib/scoring/gain";
import { shownCounts } from "@/lib/scoring/shown-counts";
import type { Tally } from "@/lib/scoring/tally";
import { listFindings } from "@/lib/store/findings/list-findings";
import { loadSilentTimes } from "@/lib/store/as-of/silent-times";
import { loadSnapshotTimes } from "@/lib/store/as-of/snapshot-log";
import { listTallyHistory } from "@/lib/store/tallies";
import { findAnyControl } from "./catalogue-at";
import { loadTuning } from "./load-tuning";
import { toSilentTime } from "./list-trend";
import { openFilledReader, openReader, toMoment } from "./open-reader";
import { findDistribution } from "./platform-at";
import { loadPosture, type PostureAt } from "./posture-at";
import { loadReasons, NO_REASONS } from "./reasons-at";
import { toControlDto } from "./to-control";
import { toFindingRow } from "./to-finding-row";

const SUBJECTS = 100;

const NO_SUBJECT = { n: 0, failing: 0, waived: 0, unknown: 0, stale: 0, notApplicable: 0, subsumed: 0, manual: 0 };

function isOf(id: string, scope: Scope): (tally: Tally) => boolean {
  return (tally) => tally.control === id && tally.scope === scope;
}

/** Null when the control was not asked in that snapshot. One that was asked and found no subject has no tally. */
function countsOf(posture: PostureAt | null, id: string): ListControlsResponse["controls"][number]["counts"] {
  if (!posture) return null;
  const tally = posture.tallies.find(isOf(id, "workload"));
  if (!tally && !posture.catalogue.list().some((control) => control.id === id)) return null;
  const { n, failing, waived, unknown, stale, notApplicable, subsumed, manual } = shownCounts(tally ?? NO_SUBJECT);
  const costs = posture.workload.layers.find((score) => score.layer === tally?.layer)?.controls;
  const cost = costs?.find((entry) => entry.control === id)?.cost ?? 0;
  return { n, failing, waived, unknown, stale, notApplicable, subsumed, manual, cost, isSwitchedOff: posture.switchedOff.has(id) };
}

/** The whole catalogue and the cluster's own controls, with the counts of a cluster at a moment. Throws not-found. */
export async function listControls(slug: string, query: MomentQuery): Promise<ListControlsResponse> {
  const reader = await openReader(slug, query);
  const posture = reader.at ? await loadPosture(reader.pool, reader.cluster.id, reader.at) : null;
  const { controls, tuningOf, version } = await loadTuning(reader);
  const distribution = await findDistribution(reader);
  const reasonsOf = reader.at && posture ? await loadReasons({ ...reader, at: reader.at }, posture) : null;
  return {
    moment: toMoment(reader),
    catalogueVersion: version,
    controls: controls.map((control) => ({
      ...toControlDto(control, distribution),
      counts: countsOf(posture, control.id),
      unassessed: reasonsOf?.(control.id, ["workload"]) ?? NO_REASONS,
      tuning: tuningOf(control.id),
    })),
  };
}

type TallyHistory = Awaited<ReturnType<typeof listTallyHistory>>;

/** Since when it came to what; to nothing while it was not asked, or had no subject. */
function toHistory(tallies: TallyHistory, atSeq: number) {
  return tallies.map(shownCounts).flatMap(({ fromSeq, toSeq, n, failing, unknown }, index) => {
    const point = { seq: fromSeq, n, failing, unknown };
    const hasEnded = toSeq !== null && toSeq <= atSeq && tallies[index + 1]?.fromSeq !== toSeq;
    return hasEnded ? [point, { seq: toSeq, n: 0, failing: 0, unknown: 0 }] : [point];
  });
}

function keptAs(id: string, { ownControls }: Pick<Settings, "ownControls">): ControlResponse["kept"] {
  if (findControl(id) !== null) return "built-in";
  return ownControls.some((own) => own.id === id) ? "own" : null;
}

/** One control and its subjects at a moment. An alias finds it as well, and so does the id of an own control that is gone. Throws not-found. */
export async function getControl(slug: string, id: string, query: MomentQuery): Promise<ControlResponse> {
  const reader = await openFilledReader(slug, query);
  const control = await findAnyControl(reader, id);
  if (!control) throw new AppError("not-found", `There is no control called ${id}.`);
  const { pool, cluster, at, since } = reader;
  const posture = await loadPosture(pool, cluster.id, at);
  const list = async (state: "fail" | "unknown") => {
    const options = {
      seq: at.seq,
      sinceSeq: since?.seq ?? null,
      filter: { control: [control.id], state: [state] },
      tab: "all",
      order: "severity",
      isReversed: false,
      cursor: null,
      limit: SUBJECTS,
    } as const;
    const { rows, matching } = await listFindings(pool, cluster.id, options);
    return { rows: rows.map((record) => toFindingRow(record, posture, at.takenAt)), matching };
  };
  const [failing, notAssessed] = [await list("fail"), await list("unknown")];
  const score = posture.workload.layers.find((entry) => entry.layer === control.layer);
  const scored = posture.scored("workload", control.layer);
  const history = await listTallyHistory(pool, cluster.id, { dimension: "control", key: control.id, scope: "workload" }, at.seq);
  const times = await loadSnapshotTimes(pool, cluster.id, at.seq);
  const points = toHistory(history, at.seq).map((point) => ({ ...point, takenAt: new Date(times[point.seq] ?? 0).toISOString() }));
  const silent = await loadSilentTimes(pool, cluster.id, points[0]?.seq ?? at.seq, at.seq);
  const { n, failing: failingThere, stale, subsumed, manual } = shownCounts(posture.tallies.find(isOf(control.id, "platform")) ?? NO_SUBJECT);
  const reasonsOf = await loadReasons(reader, posture);
  const ofPlatform = reasonsOf(control.id, ["platform"]);
  return {
    moment: toMoment(reader),
    control: toControlDto(control, await findDistribution(reader)),
    tuning: (await loadTuning(reader)).tuningOf(control.id),
    kept: keptAs(control.id, parseSettings(cluster.settings)),
    counts: countsOf(posture, control.id),
    // What stands for subjects of both scopes that could not be listed is among `counts`.
    platform: { n, failing: failingThere, stale, subsumed, manual, unknown: ofPlatform.subjects - ofPlatform.stale },
    gain: score && scored.some((entry) => entry.control === control.id && entry.failing > 0) ? gainOfControl(score, scored, control.id) : null,
    failing: failing.rows,
    notAssessed: notAssessed.rows,
    notAssessedTotal: notAssessed.matching,
    unassessed: reasonsOf(control.id),
    history: points,
    silent: silent.map(toSilentTime),
  };
}
