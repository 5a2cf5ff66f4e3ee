import { endpoint } from "@/lib/http/endpoint";
import { getResource } from "@/lib/reads/get-resource";

export const GET = endpoint("getResource", ({ params, query }) => getResource(params.cluster, params, query));
