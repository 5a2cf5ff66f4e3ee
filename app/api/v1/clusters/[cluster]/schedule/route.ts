import { endpoint } from "@/lib/http/endpoint";
import { getCluster } from "@/lib/reads/list-clusters";
import { saveSchedule } from "@/lib/scan/save-schedule";

export const PUT = endpoint("saveSchedule", async ({ params, body }) => {
  await saveSchedule(params.cluster, body);
  return getCluster(params.cluster);
});
