import type { ControlResponse } from "@/lib/contracts/controls";

export type ControlStanding = "off" | "judged" | "not-assessed" | "manual" | "covered" | "nothing";

/** What the subjects of a control came to, those of workloads and of the platform together; "not-assessed" = nothing was judged, now or before. */
export function controlStanding({ counts, platform, failing }: Pick<ControlResponse, "counts" | "platform" | "failing">): ControlStanding {
  if (counts === null) return "off";
  const has = (count: keyof typeof platform): boolean => counts[count] + platform[count] > 0;
  if (failing.length > 0 || has("n")) return "judged";
  if (has("unknown")) return "not-assessed";
  if (has("manual")) return "manual";
  return has("subsumed") ? "covered" : "nothing";
}
