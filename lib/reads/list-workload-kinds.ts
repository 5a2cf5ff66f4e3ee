import "server-only";
import { ASKED_GROUPS, ASKED_KINDS } from "@/lib/inventory/slice-kind";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { listKindsBut } from "@/lib/store/list-kinds";
import type { FilledReader } from "./open-reader";

/** Every kind that pods may run of, as of a snapshot: the built-in ones, and those that its roots have beside them. */
export async function listWorkloadKinds({ pool, cluster, at }: FilledReader): Promise<readonly string[]> {
  const but = { everywhere: WORKLOAD_KINDS, kinds: [...ASKED_KINDS], groups: ASKED_GROUPS };
  return [...WORKLOAD_KINDS, ...(await listKindsBut(pool, cluster.id, at.seq, but))];
}
