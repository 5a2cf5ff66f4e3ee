import "server-only";
import type { PodSecurityBlocker, PodSecurityResponse } from "@/lib/contracts/pod-security";
import type { Evidence } from "@/lib/model/verdict";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import { listFindings } from "@/lib/store/findings/list-findings";
import type { FilledReader } from "./open-reader";
import { LEVEL_CONTROLS } from "./pod-security-standings";

/** More findings than this are left to the list of findings. */
const LIMIT = 400;

type Field = PodSecurityBlocker["fields"][number];

function toField({ path, value, message, container, check, source }: Evidence): Field {
  return {
    check: check ?? null,
    path,
    value,
    message,
    container: container ?? null,
    isRuntimeOnly: source === "runtime",
  };
}

/** What two levels refuse alike. A volume of the node is refused by a check of each, in other words. */
function keyOf({ path, message, check }: Pick<Field, "path" | "message" | "check">): string {
  return check === "hostPathVolumes" || check === "restrictedVolumes" ? path : `${path} ${message}`;
}

function toBlocker(record: FindingRecord, known: ReadonlySet<string>): PodSecurityBlocker {
  const isUndecided = record.state === "unknown";
  return {
    finding: record.publicId,
    resource: record.resource,
    state: isUndecided ? "undecided" : record.state === "waived" ? "waived" : "refused",
    reason: record.reason,
    fields: record.evidence.map(toField).filter((field) => !known.has(keyOf(field))),
  };
}

/** What stands in the way of each level in a namespace; the fields of restricted leave out what baseline asks already. */
export async function listPodSecurityBlockers(
  reader: FilledReader,
  namespace: string,
): Promise<Pick<PodSecurityResponse, "baseline" | "restricted" | "isCut">> {
  const read = (control: string) =>
    listFindings(reader.pool, reader.cluster.id, {
      seq: reader.at.seq,
      sinceSeq: null,
      filter: { control: [control], namespace: [namespace], state: ["fail", "waived", "unknown"] },
      tab: "all",
      order: "object",
      isReversed: false,
      cursor: null,
      limit: LIMIT,
    });
  const [baseline, restricted] = await Promise.all([read(LEVEL_CONTROLS.baseline), read(LEVEL_CONTROLS.restricted)]);
  const known = new Map(baseline.rows.map((row) => [row.resourceKey, new Set(row.evidence.map((item) => keyOf(toField(item))))]));
  const nothing: ReadonlySet<string> = new Set();
  return {
    baseline: baseline.rows.map((row) => toBlocker(row, nothing)),
    restricted: restricted.rows
      .map((row) => toBlocker(row, known.get(row.resourceKey) ?? nothing))
      .filter((blocker) => blocker.fields.length > 0 || blocker.state === "undecided"),
    isCut: baseline.nextCursor !== null || restricted.nextCursor !== null,
  };
}
