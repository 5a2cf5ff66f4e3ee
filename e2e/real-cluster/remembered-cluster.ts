import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { openConnection } from "@/lib/kube/open-connection";
import { runScan } from "@/lib/scan/run-scan";
import { type ClusterRecord, saveCluster } from "@/lib/store/clusters";
import { setDatabase } from "@/lib/store/database-handle";
import type { Database } from "@/lib/store/open-database";
import { startDatabases } from "@/lib/store/testing/test-databases";

export interface RememberedCluster {
  readonly database: Database;
  readonly cluster: ClusterRecord;
  /** Scans as whoever the kubeconfig is, stores a snapshot, and says its number. */
  scan(): Promise<number>;
  stop(): Promise<void>;
}

/** A cluster with a memory of its own: an embedded database, which the read models of the pages see too. */
export async function rememberCluster(slug: string, kubeconfig: string): Promise<RememberedCluster> {
  const databases = await startDatabases("pglite");
  const database = await databases.open();
  setDatabase(database);
  const cluster = await saveCluster(database.prisma, { slug, name: slug, source: "kubeconfig" });
  const target = { source: "kubeconfig", kubeconfig, context: null } as const;
  return {
    database,
    cluster,
    async scan() {
      const connection = openConnection(target);
      try {
        const job = { clusterId: cluster.id, target, trigger: "manual", identity: null, settings: DEFAULT_SETTINGS, at: null } as const;
        return (await runScan(job, { connection, pool: database.pool, now: () => new Date() })).seq;
      } finally {
        await connection.close();
      }
    },
    async stop() {
      setDatabase(null);
      await databases.stop();
    },
  };
}
