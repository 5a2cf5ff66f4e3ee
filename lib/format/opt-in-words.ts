import type { OptInSource } from "../model/opt-in-source";
import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";
import { capitalise } from "./words";
import { joinWords } from "../model/join-words";

/** Of each source that one has to switch on: its name in sentences, and the kind under which it stands in the coverage. */
export const OPT_IN_WORDS: Readonly<Record<OptInSource, { readonly name: string; readonly kind: string }>> = {
  "kubelet-config": { name: "kubelet settings", kind: "KubeletConfiguration" },
  "api-server-metrics": { name: "API server metrics", kind: "APIServerMetrics" },
  "api-server-probe": { name: "a probe of the API server from outside", kind: "APIServerProbe" },
  "secret-metadata": { name: "Secret metadata", kind: "Secret" },
};

/** KubeletConfiguration -> "kubelet settings"; a kind that is no such source keeps its name. */
function sourceName(kind: string): string {
  return Object.values(OPT_IN_WORDS).find((words) => words.kind === kind)?.name ?? kind;
}

/** "27 controls need a source that is off: kubelet settings (17) and Secret metadata (10)"; "" when none does. */
export function switchedOffSentence(sources: readonly { readonly kinds: readonly string[]; readonly controls: number }[]): string {
  if (sources.length === 0) return "";
  const all = sources.reduce((sum, { controls }) => sum + controls, 0);
  const names = sources.map(({ kinds, controls }) => `${joinWords(kinds.map(sourceName))}${sources.length === 1 ? "" : ` (${formatCount(controls)})`}`);
  return `${capitalise(formatNoun(all, "control"))} ${plural(all, "needs", "need")} a source that is off: ${joinWords(names)}`;
}

/** "Settings changed in between, and so did what is judged; switched off: Secret metadata"; "" when they did not. */
export function scopeSentence(scope: { readonly switchedOn: readonly string[]; readonly switchedOff: readonly string[] } | null): string {
  if (scope === null) return "";
  const say = (kinds: readonly string[], word: string) => (kinds.length === 0 ? [] : [`switched ${word}: ${joinWords(kinds.map(sourceName))}`]);
  const switched = [...say(scope.switchedOn, "on"), ...say(scope.switchedOff, "off")];
  const said = "Settings changed in between, and so did what is judged";
  return switched.length === 0 ? said : `${said}; ${switched.join("; ")}`;
}
