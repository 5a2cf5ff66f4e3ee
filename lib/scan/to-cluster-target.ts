import "server-only";
import type { Config } from "@/lib/config/read-config";
import { AppError } from "@/lib/errors/app-error";
import type { ClusterTarget } from "@/lib/kube/cluster-target";
import type { ClusterRecord } from "@/lib/store/clusters";

/** How a known cluster is reached from here. Throws AppError for one that has no address. */
export function toClusterTarget(cluster: Pick<ClusterRecord, "name" | "source" | "context" | "server">, config: Pick<Config, "kubeconfig">): ClusterTarget {
  if (cluster.source === "in-cluster") return { source: "in-cluster" };
  if (cluster.source === "kubeconfig") return { source: "kubeconfig", kubeconfig: config.kubeconfig, context: cluster.context };
  if (cluster.server === null) throw new AppError("conflict", `The demo cluster ${cluster.name} is not running.`);
  return { source: "url", server: cluster.server };
}
