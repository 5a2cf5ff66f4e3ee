import "server-only";
import { ASKED_KINDS } from "@/lib/inventory/slice-kind";
import { WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import { listKinds } from "@/lib/store/list-kinds";
import type { FilledReader } from "./open-reader";

/** Every kind that pods may run of, as of a snapshot: the built-in ones, and those that its roots have beside them. */
export async function listWorkloadKinds({ pool, cluster, at }: FilledReader): Promise<readonly string[]> {
  const others = (await listKinds(pool, cluster.id, at.seq)).filter((kind) => !ASKED_KINDS.has(kind));
  return [...new Set([...WORKLOAD_KINDS, ...others])];
}
