import "server-only";
import type { PodSecurityBlocker, PodSecurityQuery, PodSecurityResponse } from "@/lib/contracts/pod-security";
import { type Evidence, isRestOfEvidence } from "@/lib/model/verdict";
import { CHECKS } from "@/lib/pod-security/check-table";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import { listInNamespace } from "@/lib/store/findings/list-in-namespace";
import type { FilledReader } from "./open-reader";
import { LEVEL_CONTROLS } from "./pod-security-standings";

/** Workloads of one level on one page. */
const PAGE = 60;

const BASELINE_CHECKS: ReadonlySet<string> = new Set(CHECKS.filter((check) => check.level === "baseline").map((check) => check.id));

/** What baseline refuses as well: by the same check, or as a volume of the node, which each level refuses in its own words. */
function isOfBaseline({ check, path }: Evidence): boolean {
  return check !== undefined && (BASELINE_CHECKS.has(check) || (check === "restrictedVolumes" && path.endsWith(".hostPath")));
}

/** Of those that were cut, each sort that baseline does not refuse is among the others: alone, the entry that counts them adds none. */
function listOwn(evidence: readonly Evidence[]): readonly Evidence[] {
  const own = evidence.filter((item) => !isOfBaseline(item));
  return own.every(isRestOfEvidence) ? [] : own;
}

function toField({ path, value, message, container, check, source }: Evidence): PodSecurityBlocker["fields"][number] {
  return { check: check ?? null, path, value, message, container: container ?? null, isRuntimeOnly: source === "runtime" };
}

function toBlocker(record: FindingRecord, evidence: readonly Evidence[]): PodSecurityBlocker {
  const isUndecided = record.state === "unknown";
  return {
    finding: record.publicId,
    resource: record.resource,
    state: isUndecided ? "undecided" : record.state === "waived" ? "waived" : "refused",
    reason: record.reason,
    fields: evidence.map(toField),
  };
}

/** What stands in the way of each level in a namespace; the fields of restricted leave out what baseline asks already. */
export async function listPodSecurityBlockers(
  reader: FilledReader,
  namespace: string,
  query: PodSecurityQuery,
): Promise<Pick<PodSecurityResponse, "baseline" | "restricted" | "next">> {
  const read = (control: string, cursor: string | undefined) =>
    listInNamespace(reader.pool, reader.cluster.id, reader.at.seq, {
      control,
      namespace,
      states: ["fail", "waived", "unknown"],
      cursor: cursor ?? null,
      limit: PAGE,
    });
  const [baseline, restricted] = await Promise.all([read(LEVEL_CONTROLS.baseline, query.baseline), read(LEVEL_CONTROLS.restricted, query.restricted)]);
  return {
    baseline: baseline.rows.map((row) => toBlocker(row, row.evidence)),
    restricted: restricted.rows
      .map((row) => toBlocker(row, listOwn(row.evidence)))
      .filter((blocker) => blocker.fields.length > 0 || blocker.state === "undecided"),
    next: { baseline: baseline.nextCursor, restricted: restricted.nextCursor },
  };
}
