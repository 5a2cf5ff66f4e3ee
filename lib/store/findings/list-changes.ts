import "server-only";
import type { Pool } from "pg";
import { severityRank } from "@/lib/model/severity";
import { tableOf } from "@/lib/model/table-of";
import { SCOPES, type Scope } from "@/lib/model/verdict";
import { type ChangedFindings, type ChangeRange, loadChangedFindings } from "./changed-findings";
import { type FindingRecord, loadFindingRecords } from "./finding-record";

const KINDS = [
  "new",
  "reopened",
  /** Nobody could tell at the start whether it fails. */
  "assessed",
  /** It failed at the start too, where a graver finding showed the same. */
  "uncovered",
  "opened-by-settings",
  "new-control",
  "opened-by-control",
  "worsened",
  "worsened-by-settings",
  "worsened-by-control",
  "fixed",
  "gone",
  "other-closed",
] as const;
export type ChangeKind = (typeof KINDS)[number];

export interface FindingChange {
  readonly change: ChangeKind;
  /** As of `ChangedFindings`. */
  readonly cause: string;
  readonly finding: FindingRecord;
}

export interface ChangeLedger {
  readonly counts: Readonly<Record<Scope, Readonly<Record<ChangeKind, number>>>>;
  /** Worst first, then the newest, then by object and control; at most `limit` per kind and scope. */
  readonly changes: readonly FindingChange[];
}

const BY_RULES: Readonly<Record<string, ChangeKind>> = {
  settings: "opened-by-settings",
  "new-control": "new-control",
  "new-catalogue": "opened-by-control",
  assessed: "assessed",
  uncovered: "uncovered",
};
const WORSENED: Readonly<Record<string, ChangeKind>> = {
  settings: "worsened-by-settings",
  reweighted: "worsened-by-settings",
  regraded: "worsened-by-control",
  "new-control": "worsened-by-control",
  "new-catalogue": "worsened-by-control",
};
const CLOSED: Readonly<Record<string, ChangeKind>> = { fixed: "fixed", "resource-gone": "gone" };

/** What a ledger calls it; null = it only looks less grave, and is open as it was. */
function kindOf({ change, cause, severity, earlier, isNew }: ChangedFindings): ChangeKind | null {
  if (change === "closed") return CLOSED[cause] ?? "other-closed";
  if (change === "opened") return BY_RULES[cause] ?? (isNew ? "new" : "reopened");
  return severityRank(severity) < severityRank(earlier ?? severity) ? (WORSENED[cause] ?? "worsened") : null;
}

/** Worst first, then by place. */
function worstSpans(changed: readonly ChangedFindings[], limit: number): readonly number[] {
  const spans = changed.flatMap(({ severity, spanIds, places }) => spanIds.map((id, at) => ({ id, place: places[at] ?? 0, rank: severityRank(severity) })));
  return spans
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, limit)
    .map(({ id }) => id);
}

/** Changes of one control that are alike, as a ledger calls them. */
export interface ChangeGroup extends Pick<ChangedFindings, "control" | "scope" | "severity" | "count"> {
  readonly kind: ChangeKind;
}

/** What changed among failing findings between two snapshots, at most `limit` of a kind and scope; of what `choose` leaves out the number alone. */
export async function listChanges(
  pool: Pool,
  clusterId: number,
  range: ChangeRange,
  limit: number,
  choose: <Group extends ChangeGroup>(groups: readonly Group[]) => readonly Group[] = (groups) => groups,
): Promise<ChangeLedger> {
  const groups = (await loadChangedFindings(pool, clusterId, range)).flatMap((row) => {
    const kind = kindOf(row);
    return kind === null ? [] : { ...row, kind };
  });
  const of = (all: typeof groups, scope: Scope, kind: ChangeKind) => all.filter((group) => group.kind === kind && group.scope === scope);
  const countOf = (scope: Scope, kind: ChangeKind): number => of(groups, scope, kind).reduce((sum, { count }) => sum + count, 0);
  const counts = tableOf(SCOPES, (scope) => tableOf(KINDS, (kind) => countOf(scope, kind)));
  const chosen = [...choose(groups)];
  const wanted = KINDS.flatMap((kind) => SCOPES.flatMap((scope) => worstSpans(of(chosen, scope, kind), limit)));
  const found = new Map(chosen.flatMap((group) => group.spanIds.map((id, at) => [id, { group, place: group.places[at] ?? 0 }] as const)));
  const placeOf = ({ finding }: FindingChange): number => found.get(finding.spanId)?.place ?? 0;
  const records = await loadFindingRecords(pool, clusterId, wanted, range.toSeq);
  const changes = records.flatMap((finding): FindingChange[] => {
    const group = found.get(finding.spanId)?.group;
    return group === undefined ? [] : [{ change: group.kind, cause: group.cause, finding }];
  });
  return {
    counts,
    changes: changes.sort((a, b) => severityRank(a.finding.severity) - severityRank(b.finding.severity) || placeOf(a) - placeOf(b)),
  };
}
