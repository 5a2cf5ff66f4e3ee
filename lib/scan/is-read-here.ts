import "server-only";
import type { Config } from "@/lib/config/read-config";
import { loadKubeConfig } from "@/lib/kube/load-kube-config";
import type { ClusterRecord } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findLocalClusterId, findLocalClusterState } from "./local-cluster-state";

type Place = Pick<ClusterRecord, "id" | "source" | "context" | "server">;

/**
 * False = this server's kubeconfig, or its pod, does not lead to the cluster, and another server on the same database may read it. Asked of names and addresses
 * alone: of two clusters that have them in common, the one that was found at the start is.
 */
export function isReadHere({ id, source, context, server }: Place, { kind }: Pick<Database, "kind">, { kubeconfig }: Pick<Config, "kubeconfig">): boolean {
  if (kind === "pglite" || source === "demo" || id === findLocalClusterId()) return true;
  const local = findLocalClusterState();
  if (source === "in-cluster" || (local.context === context && local.server === server)) return false;
  try {
    return loadKubeConfig({ source: "kubeconfig", kubeconfig, context }).server === server;
  } catch {
    return false;
  }
}
