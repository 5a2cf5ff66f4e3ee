import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";

type Level = "privileged" | "baseline" | "restricted";

interface Counts {
  readonly all: number;
  readonly step: number;
  readonly blocked: number;
}

/** "9 of 31 namespaces could enforce a stricter Pod Security level today" */
export function podSecurityTitle({ all, step, blocked }: Counts, isWhole: boolean, isOff: boolean): string {
  if (all === 0) return "There is no namespace yet";
  if (isOff) return "No namespace enforces a Pod Security level: the API server has the plugin switched off";
  if (!isWhole)
    return `What ${formatNoun(all, "namespace")} could enforce was not assessed in full; something blocks a stricter level in ${formatCount(blocked)}`;
  if (step > 0) return `${formatCount(step)} of ${formatNoun(all, "namespace")} could enforce a stricter Pod Security level today`;
  if (blocked > 0) return `No namespace can enforce a stricter level today: something blocks it in ${formatCount(blocked)} of ${formatCount(all)}`;
  return all === 1 ? "The one namespace enforces restricted" : `All ${formatCount(all)} namespaces enforce restricted`;
}

interface Row {
  readonly namespace: string;
  readonly workloads: number;
  readonly labels: { readonly enforce: { readonly acts: Level } };
  readonly baseline: Standing;
  readonly restricted: Standing;
  readonly step: Level | null;
  readonly meets: Level | null;
  readonly blocked: "baseline" | "restricted" | null;
  readonly overreach: number;
}

interface Standing {
  readonly refused: number;
  readonly undecided: number;
}

/** "3 workloads block restricted", "1 workload could not be judged" */
export function blockedSentence(row: Pick<Row, "meets" | "blocked" | "baseline" | "restricted">): string {
  if (row.blocked === null) return row.meets === null ? "nothing that was read blocks it" : "nothing blocks it";
  const { refused, undecided } = row[row.blocked];
  const parts = [
    refused > 0 ? `${formatNoun(refused, "workload")} ${plural(refused, "blocks", "block")} ${row.blocked}` : "",
    undecided > 0 ? `${formatNoun(undecided, "workload")} could not be judged` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** "checkout could enforce baseline today; 3 workloads block restricted" */
export function namespaceLevelTitle(row: Row, isOff: boolean): string {
  const { namespace, meets, step, blocked, workloads, labels, overreach } = row;
  if (isOff) return `${namespace} enforces nothing: the API server has the plugin PodSecurity switched off`;
  const enforced = labels.enforce.acts;
  if (overreach > 0)
    return `${namespace} enforces ${enforced}, and would refuse ${formatNoun(overreach, "workload")} that ${plural(overreach, "runs", "run")} there`;
  if (step !== null) {
    const rest = blocked === null ? "" : `; ${blockedSentence(row)}`;
    return workloads === 0 ? `${namespace} has no workload: it could enforce ${step} today` : `${namespace} could enforce ${step} today${rest}`;
  }
  if (blocked !== null || meets === null) return `${namespace}: ${blockedSentence(row)}`;
  return workloads === 0 ? `${namespace} enforces ${enforced} and has no workload` : `${namespace} enforces ${enforced}, and every workload meets it`;
}

/** "baseline", "no workload", "not assessed" */
export function meetsWords({ meets, workloads }: Pick<Row, "meets" | "workloads">): string {
  if (meets === null) return "not assessed";
  return workloads === 0 ? "no workload" : meets;
}

/** "restricted, v1.29", "not labelled", "baselin, which acts as restricted" */
export function labelSentence({ value, acts, version }: { readonly value: string | null; readonly acts: Level; readonly version: string | null }): string {
  if (value === null) return "not labelled";
  const level = value === acts ? value : `${value}, which acts as ${acts}`;
  return version === null ? level : `${level}, ${version}`;
}
