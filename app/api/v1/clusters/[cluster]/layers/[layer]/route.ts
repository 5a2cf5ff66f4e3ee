import { endpoint } from "@/lib/http/endpoint";
import { getLayer } from "@/lib/reads/get-layer";

export const GET = endpoint("getLayer", ({ params, query }) => getLayer(params.cluster, params.layer, query));
