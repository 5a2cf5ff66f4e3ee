import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatNoun } from "@/lib/format/numbers";

type Facts = Pick<NonNullable<OverviewResponse["facts"]>, "workloads" | "namespaces" | "nodes">;

const WORKLOAD_KINDS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "Pod"];

/** "65 workloads, 15 namespaces, 6 nodes"; what could not be read is not counted as none, and what was read in part says so. */
export function factWords({ workloads, namespaces, nodes }: Facts, unread: readonly string[]): string {
  const isUnread = (kinds: readonly string[]): boolean => kinds.some((kind) => unread.includes(kind));
  const words = (count: number, noun: string, kinds: readonly string[]): string =>
    !isUnread(kinds) ? formatNoun(count, noun) : count === 0 ? `${noun}s not read` : `${formatNoun(count, noun)} read, not all`;
  return [words(workloads, "workload", WORKLOAD_KINDS), words(namespaces, "namespace", ["Namespace"]), words(nodes, "node", ["Node"])].join(", ");
}
