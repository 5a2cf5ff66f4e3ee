import "server-only";

/** Where a cluster is read from, and with whose credentials. Plain data: it crosses to the scan worker. */
export type ClusterTarget =
  | {
      readonly source: "kubeconfig";
      /** Paths as in KUBECONFIG; null = `~/.kube/config`. */
      readonly kubeconfig: string | null;
      /** null = the current context. */
      readonly context: string | null;
    }
  | { readonly source: "in-cluster" }
  | { readonly source: "url"; readonly server: string; readonly token?: string };
