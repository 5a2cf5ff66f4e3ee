import { endpoint } from "@/lib/http/endpoint";
import { getNetworkMatrix } from "@/lib/reads/get-network-matrix";

export const GET = endpoint("getNetworkMatrix", ({ params, query }) => getNetworkMatrix(params.cluster, query));
