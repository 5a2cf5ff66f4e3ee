import type { ControlResponse } from "@/lib/contracts/controls";
import { controlSentences } from "@/lib/format/object-titles";
import { SEVERITY_WORDS } from "@/lib/format/words";

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

/** "1 of 8 subjects fails.", or why nobody can say. */
export function controlSays({ counts, platform, tuning }: Pick<ControlResponse, "counts" | "platform" | "tuning">): string {
  if (counts) return controlSentences(counts, platform);
  return tuning.disabled === null ? "It was not part of this snapshot." : "It is off in this snapshot.";
}

/** What a shared link says below the title of a control, which states what should hold and not what does: "Critical. 1 of 8 subjects fails." */
export function controlSharedWords(answer: ControlResponse): string {
  return `${SEVERITY_WORDS[answer.control.severity]}. ${controlSays(answer)}`;
}
