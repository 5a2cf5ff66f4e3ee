import { endpoint } from "@/lib/http/endpoint";
import { getFinding } from "@/lib/reads/get-finding";

export const GET = endpoint("getFinding", ({ params, query }) => getFinding(params.cluster, params.id, query));
