import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";
import { findingsTitle } from "./posture-titles";

/** What a list of findings shows, as its title needs to know it. */
export interface FindingsView {
  readonly tab: "all" | "opened" | "closed";
  /** States asked for; open alone is the usual list. */
  readonly states: readonly ("open" | "manual" | "waived" | "unknown")[];
  readonly matching: number;
  readonly critical: number;
  readonly high: number;
  /** Checks of the same view that were not assessed. */
  readonly unassessed: number;
  /** A filter leaves something out. */
  readonly isNarrowed: boolean;
  /** Baseline in words: "17 Nov". */
  readonly since: string | null;
}

const ONE_STATE = {
  manual: (count: string, n: number) => `${count} ${plural(n, "finding needs", "findings need")} review`,
  waived: (count: string, n: number) => `${count} ${plural(n, "finding is", "findings are")} under an exception`,
  unknown: (count: string, n: number) => `${count} ${plural(n, "check was", "checks were")} not assessed`,
} as const;

/** "5 critical and 556 high findings are open", "149 findings closed since 17 Nov" */
export function findingsViewTitle({ tab, states, matching, critical, high, unassessed, isNarrowed, since }: FindingsView): string {
  const count = matching === 0 ? "No" : formatCount(matching);
  const word = plural(matching, "finding");
  if (matching === 0 && isNarrowed) return "No finding matches this view";
  if (tab !== "all") return `${count} ${word} ${tab} since ${since ?? "the first snapshot"}`;
  const [state] = states;
  if (states.length === 1 && state !== undefined && state !== "open") return ONE_STATE[state](count, matching);
  if (states.some((one) => one !== "open")) return `${count} ${word} in this view`;
  return findingsTitle({ critical, high, total: matching }, unassessed);
}

/** "561 of 2,802 open findings match this view. 23 of them opened since 17 Nov." */
export function findingsViewSentence(
  view: Pick<FindingsView, "tab" | "states" | "matching" | "since" | "isNarrowed" | "unassessed"> & {
    readonly total: number;
    readonly totalPlatform: number;
    readonly openedSince: number;
  },
): string {
  const { matching, total, totalPlatform, openedSince, since, isNarrowed } = view;
  const platform = totalPlatform === 0 ? "" : totalPlatform === total ? ", on the platform" : `, ${formatCount(totalPlatform)} of them on the platform`;
  const none = view.unassessed === 0 ? "Nothing is open at this moment." : "What was not assessed is not a pass.";
  const all = total === 0 ? none : `${formatCount(total)} ${plural(total, "finding is", "findings are")} open in all${platform}.`;
  if (view.tab !== "all") return all;
  if (view.states.some((state) => state !== "open")) {
    if (view.states.includes("open") || matching === 0 || total === 0) return all;
    const noPass = view.states.includes("unknown") ? "not passes, and " : "";
    return `${matching === 1 ? "It is" : "They are"} ${noPass}not among the ${formatNoun(total, "open finding")}.`;
  }
  const match = isNarrowed
    ? `${formatCount(matching)} of ${formatCount(total)} open ${plural(total, "finding")} ${plural(matching, "matches", "match")} this view.`
    : all;
  if (since === null || matching === 0) return match;
  // Behind all of them, "of them" would be of those on the platform.
  const whose = isNarrowed ? " of them" : "";
  const opened = `${openedSince === 0 ? "None" : formatCount(openedSince)}${whose} opened since ${since}.`;
  return `${match} ${opened}`;
}
