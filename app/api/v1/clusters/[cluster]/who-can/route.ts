import { endpoint } from "@/lib/http/endpoint";
import { whoCan } from "@/lib/reads/who-can";

export const GET = endpoint("whoCan", ({ params, query }) => whoCan(params.cluster, query));
