import { refuseWhileFilled } from "@/lib/demo/create-demo";
import { endpoint } from "@/lib/http/endpoint";
import { getCluster } from "@/lib/reads/list-clusters";
import { getCluster as getStored } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { forgetCluster } from "@/lib/store/forget-cluster";

export const GET = endpoint("getCluster", ({ params }) => getCluster(params.cluster));

export const DELETE = endpoint("forgetCluster", async ({ params, query }) => {
  const database = getDatabase();
  const cluster = await getStored(database.prisma, params.cluster);
  if (cluster.isDemo) refuseWhileFilled(cluster, "cancel that first");
  return forgetCluster(database, cluster.slug, query.confirm);
});
