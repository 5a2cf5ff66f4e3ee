import type { FindingRow } from "@/lib/contracts/findings";
import { countEvidence, type Evidence } from "@/lib/model/verdict";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import { DAY_MS } from "@/lib/model/day-ms";
import type { CatalogueAt } from "./catalogue-at";
import type { PostureAt } from "./posture-at";

/** The last steps of a path are what people recognise: `containers[app].securityContext.privileged`. */
function shortPath(path: string, container: string | undefined): string {
  const tail = path
    .replace(/^spec\.(?:jobTemplate\.spec\.)?template\.spec\./, "")
    .replace(/^spec\.(?=(?:containers|initContainers|host|volumes|securityContext))/, "");
  return container ? tail.replace(/^(containers|initContainers|ephemeralContainers)\[\d+\]/, `$1[${container}]`) : tail;
}

/** What was read, in one line: the first field and its value, or its message where no field says it. */
export function toRead(record: FindingRecord): string {
  const entry = record.evidence[0];
  if (!entry) return record.reason ?? "";
  return entry.path === "" ? entry.message : readWords(entry, entry.value);
}

/** The field of an evidence with a value, in one line; null = not set. */
export function readWords({ path, container }: Pick<Evidence, "path" | "container">, value: string | null): string {
  return `${shortPath(path, container)}: ${value ?? "not set"}`;
}

/** One row of a findings list, at the moment that `at` names. `before` = the controls of when it was open, which may be taken away since. */
export function toFindingRow(record: FindingRecord, posture: PostureAt, at: Date, before: CatalogueAt | null = null): FindingRow {
  // What is closed costs nothing any more, whatever others of its control cost.
  const points = record.state === "fail" && record.closedSeq === null ? posture.pointsOf(record.controlId, record.scope) : undefined;
  const end = record.closedAt ?? at;
  return {
    id: record.publicId,
    control: record.controlId,
    title: (before?.find(record.controlId) ?? posture.catalogue.find(record.controlId))?.title ?? record.controlId,
    severity: record.severity,
    layer: record.layer,
    state: record.state === "fail" ? "open" : record.state,
    isOpen: record.closedSeq === null,
    isStale: record.isStale,
    staleReason: record.staleReason,
    scope: record.scope,
    resource: record.resource,
    read: toRead(record),
    evidenceCount: countEvidence(record.evidence),
    points: points?.points ?? null,
    isPointsBracketed: points?.isBracketed ?? false,
    openedAt: record.openedAt.toISOString(),
    closedAt: record.closedAt?.toISOString() ?? null,
    ageDays: Math.max(0, (end.getTime() - record.openedAt.getTime()) / DAY_MS),
  };
}
