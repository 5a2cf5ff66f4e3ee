import type { CompareRow } from "@/lib/contracts/snapshots";
import { whyUnread } from "@/lib/model/coverage";
import { apiGroup } from "@/lib/model/resource-ref";
import type { Evidence } from "@/lib/model/verdict";
import type { FindingChange } from "@/lib/store/findings/list-changes";
import type { FindingEnd } from "@/lib/store/findings/load-ends";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import { toFindLost } from "./find-unread";
import type { PostureAt } from "./posture-at";
import { readWords, toFindingRow, toRead } from "./to-finding-row";
import { valueElsewhen } from "./value-elsewhen";

type End = CompareRow["before"];
type Tell = (record: FindingRecord, end: FindingEnd | undefined) => End;

const OTHER: Readonly<Record<string, CompareRow["change"]>> = {
  replaced: "replaced",
  finished: "finished",
  subsumed: "subsumed",
  "not-applicable": "not-applicable",
  exception: "exception",
  "control-changed": "control-changed",
  "control-off": "control-off",
  settings: "settings",
};

/** A ledger knows three ways out of a score; people want the cause of the third. */
function changeOf({ change, cause }: FindingChange): CompareRow["change"] {
  return change === "other-closed" ? (OTHER[cause] ?? "other") : change;
}

/** The first field that the finding read, as it was where it did not fail; null where that cannot be told, or is no difference. */
function readElsewhen(entry: Evidence | undefined, manifest: unknown): string | null {
  const value = entry && valueElsewhen(manifest, entry);
  return entry === undefined || value === undefined || value === entry.value ? null : readWords(entry, value);
}

/** Whether one could tell at that end if it failed. */
export const isAssessed = ({ state }: End): boolean => state !== "unknown" && state !== "not-judged";

/** Tells the ends of findings at one of the two moments; `later` = what the other one read, where that is the later one. */
export function toTell(posture: PostureAt, later?: PostureAt["coverage"]): Tell {
  const findLost = toFindLost(posture.coverage, later);
  return (record, end) => {
    const then = end?.finding ?? null;
    if (then !== null) {
      const { isStale, staleReason } = then;
      if (then.state === "fail") return { state: "open", severity: then.severity, read: toRead(then), isStale, staleReason };
      return { state: then.state, severity: null, read: then.reason, isStale, staleReason };
    }
    const bare = (state: End["state"]): End => ({ state, severity: null, read: null, isStale: false, staleReason: null });
    const isThere = end?.isThere === true;
    const kind = `${apiGroup(record.resource)}/${record.resource.kind}`;
    const lost = findLost(`${kind} ${record.controlId}`);
    const isOff = lost?.status === "not-requested";
    // Of a kind that was refused, or not asked for, an object that is not known may have been there.
    if (!isThere && (!lost || isOff)) return bare(isOff ? "not-judged" : "absent");
    if (isThere && (!posture.catalogue.isInForce(record.controlId) || posture.switchedOff.has(record.controlId))) return bare("not-judged");
    if (lost) return { ...bare("unknown"), read: whyUnread(lost) };
    return { ...bare("clear"), read: readElsewhen(record.evidence[0], end?.manifest) };
  };
}

/** Without a finding of its own, it failed all the same; or, of an object that was made anew, nothing that is remembered tells whether it does. */
function withoutOwn(end: End, change: CompareRow["change"]): End {
  if (end.state !== "clear") return end;
  return change === "replaced" ? { ...end, state: "untold" } : { ...end, state: "covered", read: null };
}

interface Side {
  readonly posture: PostureAt;
  readonly ends: ReadonlyMap<number, FindingEnd>;
}

/** Makes the rows of a comparison: what changed, with what stood at either end. `at` = the later moment. */
export function toCompareRows(since: Side, now: Side, at: Date): (change: FindingChange) => CompareRow {
  const [tellBefore, tellAfter] = [toTell(since.posture, now.posture.coverage), toTell(now.posture)];
  return (change) => {
    const { finding } = change;
    const kind = changeOf(change);
    const [before, after] = [tellBefore(finding, since.ends.get(finding.spanId)), tellAfter(finding, now.ends.get(finding.spanId))];
    return {
      ...toFindingRow(finding, now.posture, at, finding.closedSeq === null ? null : since.posture.catalogue),
      change: kind,
      before: kind === "uncovered" ? withoutOwn(before, kind) : before,
      after: kind === "subsumed" || kind === "replaced" ? withoutOwn(after, kind) : after,
    };
  };
}
