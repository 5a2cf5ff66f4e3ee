import "server-only";
import type { Config } from "@/lib/config/read-config";
import type { ClusterTarget } from "@/lib/kube/cluster-target";
import { listKubeconfigPaths } from "@/lib/kube/kubeconfig-paths";

/** The cluster that this machine points at, as kubectl decides: a kubeconfig first, then the service account of a pod. Null = none. */
export function findLocalTarget(config: Pick<Config, "kubeconfig" | "isInCluster">): ClusterTarget | null {
  if (listKubeconfigPaths(config.kubeconfig).length > 0) return { source: "kubeconfig", kubeconfig: config.kubeconfig, context: null };
  return config.isInCluster ? { source: "in-cluster" } : null;
}
