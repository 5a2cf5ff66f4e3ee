import { endpoint } from "@/lib/http/endpoint";
import { getCompare } from "@/lib/reads/get-compare";

export const GET = endpoint("compare", ({ params, query }) => getCompare(params.cluster, query));
