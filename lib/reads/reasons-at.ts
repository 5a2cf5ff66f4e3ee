import "server-only";
import type { ReasonDto, ReasonsDto } from "@/lib/contracts/reasons";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { SCOPES, type Scope } from "@/lib/model/verdict";
import { countReasons, type ReasonCount } from "@/lib/store/findings/count-reasons";
import type { FilledReader } from "./open-reader";
import type { PostureAt } from "./posture-at";

/** More sentences of one control than this help nobody; its list of findings has them all. */
const SHOWN = 3;
const NO_REASON = "It could not be assessed again.";

export const NO_REASONS: ReasonsDto = { subjects: 0, stale: 0, isUnlisted: false, reasons: [], moreReasons: 0 };

/** Findings that are not assessed: one that stands for subjects of both scopes is tallied in each, and is one. */
export function countUnknown({ subjects, stale, isUnlisted }: ReasonsDto): number {
  return subjects - stale + Number(isUnlisted);
}

/** Why a control, by id, did not assess subjects of these scopes. */
export type ReasonsOf = (control: string, scopes?: readonly Scope[]) => ReasonsDto;

const CAUSES: Partial<Record<KindCoverage["status"], ReasonDto["cause"]>> = { "not-requested": "switched-off", "left-out": "left-out" };

function causeOf(reason: string, coverage: readonly KindCoverage[]): Pick<ReasonDto, "cause" | "action"> {
  // Where an answer hangs on what was not read it says first on what.
  const unread = coverage.filter((entry) => entry.status !== "read" && entry.reason !== undefined && reason.endsWith(entry.reason));
  const entry = unread.find(isGap) ?? unread[0];
  if (!entry) return { cause: "control", action: null };
  return { cause: CAUSES[entry.status] ?? "gap", action: entry.action ?? null };
}

function toReason(reason: string, counts: readonly ReasonCount[], standsAlone: boolean, coverage: readonly KindCoverage[]): ReasonDto {
  // Where its subjects could not be listed, one verdict stands on the cluster in their place.
  const isPlace = ({ isWhole }: ReasonCount): boolean => isWhole && !standsAlone;
  const named = counts.filter((count) => !isPlace(count));
  const sum = (of: (count: ReasonCount) => number): number => named.reduce((total, count) => total + of(count), 0);
  return { reason, subjects: sum((c) => c.count), stale: sum((c) => c.stale), isUnlisted: counts.some(isPlace), ...causeOf(reason, coverage) };
}

export async function loadReasons(
  { pool, cluster, at }: Pick<FilledReader, "pool" | "cluster" | "at">,
  { catalogue, coverage }: PostureAt,
): Promise<ReasonsOf> {
  const all = await countReasons(pool, cluster.id, at.seq);
  const byControl = Map.groupBy(all, ({ control }) => control);
  return (asked, scopes = SCOPES) => {
    const control = catalogue.find(asked);
    const standsAlone = control?.subject === "cluster";
    const own = byControl.get(control?.id ?? asked) ?? [];
    // What stands for subjects that could not be listed stands for those of both scopes.
    const counts = own.filter(({ scope, isWhole }) => scopes.includes(scope) || (isWhole && !standsAlone));
    const reasons = [...Map.groupBy(counts, ({ reason }) => reason ?? NO_REASON)].map(([reason, of]) => toReason(reason, of, standsAlone, coverage));
    reasons.sort((a, b) => Number(b.isUnlisted) - Number(a.isUnlisted) || b.subjects - a.subjects || (a.reason < b.reason ? -1 : 1));
    return {
      subjects: reasons.reduce((sum, { subjects }) => sum + subjects, 0),
      stale: reasons.reduce((sum, { stale }) => sum + stale, 0),
      isUnlisted: reasons.some(({ isUnlisted }) => isUnlisted),
      reasons: reasons.slice(0, SHOWN),
      moreReasons: Math.max(0, reasons.length - SHOWN),
    };
  };
}
