import { endpoint } from "@/lib/http/endpoint";
import { cancelScan } from "@/lib/scan/cancel-scan";
import { startScan } from "@/lib/scan/start-scan";
import { getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";

export const POST = endpoint("startScan", async ({ params }) => {
  const database = getDatabase();
  const scan = await startScan(database, await getCluster(database.prisma, params.cluster), { trigger: "manual" });
  return scan.progress();
});

export const DELETE = endpoint("cancelScan", async ({ params }) => {
  const database = getDatabase();
  const cluster = await getCluster(database.prisma, params.cluster);
  return cancelScan(database.pool, cluster.id);
});
