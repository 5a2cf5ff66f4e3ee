import type { Layer } from "../model/layer";
import type { Severity } from "../model/severity";
import type { State } from "../model/verdict";

/** The words that people see, the same everywhere. */
export const LAYER_WORDS: Readonly<Record<Layer, string>> = { cloud: "Cloud", cluster: "Cluster", container: "Container", code: "Code" };

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { critical: "Critical", high: "High", medium: "Medium", low: "Low", info: "Info" };

export const STATE_WORDS: Readonly<Record<State, string>> = {
  pass: "Pass",
  fail: "Fails",
  waived: "Under exception",
  "not-applicable": "Not applicable",
  unknown: "Not assessed",
  manual: "Needs review",
  subsumed: "Covered by another control",
};

/** The six subjects that the product covers, by the mark that controls bear. */
const TOPIC_WORDS: Readonly<Record<string, string>> = {
  S1: "Set-up and hardening",
  S2: "Network and limits",
  S3: "Access rights",
  S4: "System hardening",
  S5: "Supply chain",
  S6: "Monitoring and runtime",
};

export function topicWord(mark: string): string {
  return TOPIC_WORDS[mark] ?? mark;
}

export function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"] as const;

/** Words up to twelve, figures above: 0 -> "no", 3 -> "three", 13 -> "13". */
export function countWord(count: number): string {
  return SMALL[count] ?? count.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "apiServerProbes" = "API server probes": a slice that a control reads, as people call it. */
export function sliceWords(name: string): string {
  return name
    .replaceAll(/(?=[A-Z])/g, " ")
    .toLowerCase()
    .replace(/^(api|csi)\b/, (short) => short.toUpperCase());
}
