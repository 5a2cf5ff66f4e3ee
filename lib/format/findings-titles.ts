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
  /** Of the matching ones, those of the platform, and the worst of these. */
  readonly platform: { readonly matching: number; readonly critical: number; readonly high: number };
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

/** " (2 critical, 5 high)": how much of what the title names is on the platform; pages of scores count workloads alone. */
function worstOfPlatform({ matching, critical, high, platform }: Pick<FindingsView, "matching" | "critical" | "high" | "platform">): string {
  const isPlain = platform.matching === matching || critical === matching || high === matching;
  const worst = (["critical", "high"] as const).filter((severity) => !isPlain && platform[severity] > 0);
  return worst.length === 0 ? "" : ` (${worst.map((severity) => `${formatCount(platform[severity])} ${severity}`).join(", ")})`;
}

/** "561 of 2,802 open findings match this view. 23 of them opened since 17 Nov. 8 of them are on the platform (2 critical)." */
export function findingsViewSentence(
  view: FindingsView & {
    readonly total: number;
    readonly totalPlatform: number;
    readonly openedSince: number;
  },
): string {
  const { matching, total, totalPlatform, openedSince, since, isNarrowed, platform } = view;
  const isOpenList = view.tab === "all" && view.states.every((state) => state === "open");
  const worst = isOpenList ? worstOfPlatform(view) : "";
  const ofAll = totalPlatform === 0 ? "" : totalPlatform === total ? ", on the platform" : `, ${formatCount(totalPlatform)} of them on the platform${worst}`;
  const none = view.unassessed === 0 ? "Nothing is open at this moment." : "What was not assessed is not a pass.";
  const all = total === 0 ? none : `${formatCount(total)} ${plural(total, "finding is", "findings are")} open in all${ofAll}.`;
  // The title says that none matches.
  if (view.tab !== "all" || (isNarrowed && matching === 0)) return all;
  if (!isOpenList) {
    if (view.states.includes("open") || matching === 0 || total === 0) return all;
    const noPass = view.states.includes("unknown") ? "not passes, and " : "";
    return `${matching === 1 ? "It is" : "They are"} ${noPass}not among the ${formatNoun(total, "open finding")}.`;
  }
  const match = isNarrowed
    ? `${formatCount(matching)} of ${formatCount(total)} open ${plural(total, "finding")} ${plural(matching, "matches", "match")} this view.`
    : all;
  // Behind all of them, "of them" would be of those on the platform.
  const whose = isNarrowed ? " of them" : "";
  const opened = since === null || matching === 0 ? "" : ` ${openedSince === 0 ? "None" : formatCount(openedSince)}${whose} opened since ${since}.`;
  if (!isNarrowed || platform.matching === 0) return match + opened;
  const part =
    platform.matching === matching
      ? plural(matching, "It is", "All are")
      : `${formatCount(platform.matching)} of them ${plural(platform.matching, "is", "are")}`;
  return `${match}${opened} ${part} on the platform${worst}.`;
}
