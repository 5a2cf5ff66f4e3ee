import { endpoint } from "@/lib/http/endpoint";
import { getNetworkWorkload } from "@/lib/reads/get-network-workload";

export const GET = endpoint("getNetworkWorkload", ({ params, query }) => getNetworkWorkload(params.cluster, query));
