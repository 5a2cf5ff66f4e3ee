import "server-only";
import type { ListClustersResponse } from "@/lib/contracts/clusters";

export type LocalClusterState = ListClustersResponse["kubeconfig"];

const holder = globalThis as { concentricLocalCluster?: LocalClusterState };

/** What the last look at the kubeconfig, or the service account of a pod, came to: the start screen says it. */
export function setLocalClusterState(state: LocalClusterState): void {
  holder.concentricLocalCluster = state;
}

export function findLocalClusterState(): LocalClusterState {
  return holder.concentricLocalCluster ?? { context: null, server: null, problem: null };
}
