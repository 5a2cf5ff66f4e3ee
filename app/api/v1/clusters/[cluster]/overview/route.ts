import { endpoint } from "@/lib/http/endpoint";
import { getOverview } from "@/lib/reads/get-overview";

export const GET = endpoint("getOverview", ({ params, query }) => getOverview(params.cluster, query));
