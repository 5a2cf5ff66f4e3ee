import "server-only";
import type { ListClustersResponse } from "@/lib/contracts/clusters";

export type LocalClusterState = Omit<ListClustersResponse["kubeconfig"], "isForgotten">;

const holder = globalThis as { concentricLocalCluster?: LocalClusterState; concentricLocalId?: number };

/** What the last look at the kubeconfig, or the service account of a pod, came to: the start screen says it. */
export function setLocalClusterState(state: LocalClusterState): void {
  holder.concentricLocalCluster = state;
}

export function findLocalClusterState(): LocalClusterState {
  return holder.concentricLocalCluster ?? { context: null, server: null, problem: null };
}

/** What the local cluster is remembered as. */
export function setLocalClusterId(id: number): void {
  holder.concentricLocalId = id;
}

export function findLocalClusterId(): number | null {
  return holder.concentricLocalId ?? null;
}
