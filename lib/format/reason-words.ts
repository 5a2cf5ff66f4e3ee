import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";

interface Reason {
  readonly reason: string;
  readonly subjects: number;
  readonly stale: number;
  readonly isUnlisted: boolean;
}

interface Reasons {
  readonly reasons: readonly Reason[];
  readonly moreReasons: number;
}

/** "23 subjects", "23 subjects, 3 of them as last assessed", "not all of its subjects are listed" */
export function reasonCountWords({ subjects, stale, isUnlisted }: Omit<Reason, "reason">): string {
  if (subjects === 0) return isUnlisted ? "not all of its subjects are listed" : "no subject";
  const last = stale === 0 ? "" : stale === subjects ? ", as last assessed" : `, ${formatCount(stale)} of them as last assessed`;
  return `${formatNoun(subjects, "subject")}${last}${isUnlisted ? ", and what could not be listed" : ""}`;
}

export function moreReasonsWords(more: number): string {
  return more === 0 ? "" : `${formatNoun(more, "other reason")}.`;
}

/** The commonest reason in one line, with how many others there are; "" where all was assessed. */
export function mainReason({ reasons, moreReasons }: Reasons): string {
  const [main] = reasons;
  if (!main) return "";
  const more = reasons.length - 1 + moreReasons;
  return more === 0 ? main.reason : `${main.reason} And ${formatCount(more)} other ${plural(more, "reason", "reasons")}.`;
}

/** The same for several controls together. */
export function mainReasonOf(all: readonly Reasons[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of all) for (const { reason, subjects } of reasons) counts.set(reason, (counts.get(reason) ?? 0) + Math.max(1, subjects));
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const cut = all.reduce((sum, { moreReasons }) => sum + moreReasons, 0);
  return mainReason({ reasons: sorted.map(([reason, subjects]) => ({ reason, subjects, stale: 0, isUnlisted: false })), moreReasons: cut });
}
