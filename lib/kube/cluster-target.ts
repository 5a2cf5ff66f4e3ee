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
  | {
      readonly source: "in-cluster";
      /** Where the files of the pod's service account are mounted; left out = where Kubernetes mounts them. */
      readonly root?: string;
    }
  | { readonly source: "url"; readonly server: string };
