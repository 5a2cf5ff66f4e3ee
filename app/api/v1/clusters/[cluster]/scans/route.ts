import { cancelDemo } from "@/lib/demo/create-demo";
import { scanDemo } from "@/lib/demo/scan-demo";
import { endpoint } from "@/lib/http/endpoint";
import { cancelScan } from "@/lib/scan/cancel-scan";
import { startScan } from "@/lib/scan/start-scan";
import { getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";

export const POST = endpoint("startScan", async ({ params }) => {
  const database = getDatabase();
  const cluster = await getCluster(database.prisma, params.cluster);
  const scan = cluster.isDemo ? await scanDemo(database, cluster) : await startScan(database, cluster, { trigger: "manual" });
  return scan.progress();
});

export const DELETE = endpoint("cancelScan", async ({ params }) => {
  const database = getDatabase();
  const cluster = await getCluster(database.prisma, params.cluster);
  return (cluster.isDemo ? await cancelDemo(database, cluster) : null) ?? cancelScan(database.pool, cluster.id);
});
