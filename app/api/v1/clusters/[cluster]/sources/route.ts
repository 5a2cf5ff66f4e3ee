import { endpoint } from "@/lib/http/endpoint";
import { getSources } from "@/lib/reads/get-sources";

export const GET = endpoint("getSources", ({ params, query }) => getSources(params.cluster, query));
