import { endpoint } from "@/lib/http/endpoint";
import { getCluster } from "@/lib/reads/list-clusters";

export const GET = endpoint("getCluster", ({ params }) => getCluster(params.cluster));
