import { endpoint } from "@/lib/http/endpoint";
import { getNetworkPolicy } from "@/lib/reads/get-network-policy";

export const GET = endpoint("getNetworkPolicy", ({ params, query }) => getNetworkPolicy(params.cluster, query));
