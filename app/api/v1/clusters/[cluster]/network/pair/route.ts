import { endpoint } from "@/lib/http/endpoint";
import { getNetworkPair } from "@/lib/reads/get-network-pair";

export const GET = endpoint("getNetworkPair", ({ params, query }) => getNetworkPair(params.cluster, query));
