import "server-only";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { amount, record, text, texts } from "@/lib/model/json";
import type { ScanRecord } from "@/lib/store/scans";
import { NO_WORK, type ScanPhase, type ScanWork } from "./scan-work";

const PHASES: readonly ScanPhase[] = ["waiting", "connecting", "reading", "judging", "storing"];

/** Reads the work that a scan row holds; fields that are missing count as nothing done. */
function parseScanWork(value: unknown): ScanWork {
  const stored = record(value);
  const number = (name: string) => amount(stored[name]) ?? 0;
  return {
    phase: PHASES.find((phase) => phase === text(stored.phase)) ?? NO_WORK.phase,
    kinds: number("kinds"),
    kindsDone: number("kindsDone"),
    gaps: number("gaps"),
    reading: texts(stored.reading),
    pages: number("pages"),
    objects: number("objects"),
    requests: number("requests"),
    bytes: number("bytes"),
    verdicts: number("verdicts"),
  };
}

/** A scan as pages show it; `work` is newer than what the row holds. */
export function toScanProgress(scan: ScanRecord, work: ScanWork = parseScanWork(scan.progress)): ScanProgress {
  const isOver = scan.state !== "running" && scan.state !== "queued";
  const { phase } = work;
  return {
    id: scan.id,
    state: phase === "waiting" && !isOver ? "queued" : scan.state,
    phase: scan.state === "done" ? "done" : phase === "waiting" ? "connecting" : phase,
    kindsDone: work.kindsDone,
    kindsTotal: work.kinds,
    gaps: work.gaps,
    kind: isOver ? null : (work.reading[0] ?? null),
    objects: work.objects,
    requests: work.requests,
    bytes: work.bytes,
    startedAt: (scan.startedAt ?? scan.createdAt).toISOString(),
    finishedAt: scan.finishedAt?.toISOString() ?? null,
    error: scan.error,
    snapshotSeq: scan.snapshotSeq,
  };
}
