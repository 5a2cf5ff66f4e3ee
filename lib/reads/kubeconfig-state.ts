import "server-only";
import type { ListClustersResponse } from "@/lib/contracts/clusters";

type KubeconfigState = ListClustersResponse["kubeconfig"];

const holder = globalThis as { concentricKubeconfig?: KubeconfigState };

/** What start-up found in the kubeconfig: said on the start screen, and once in the log. */
export function setKubeconfigState(state: KubeconfigState): void {
  holder.concentricKubeconfig = state;
}

export function findKubeconfigState(): KubeconfigState {
  return holder.concentricKubeconfig ?? { context: null, server: null, problem: "No kubeconfig was read yet." };
}
