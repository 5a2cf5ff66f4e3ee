import { endpoint } from "@/lib/http/endpoint";
import { listClusters } from "@/lib/reads/list-clusters";

export const GET = endpoint("listClusters", () => listClusters());
