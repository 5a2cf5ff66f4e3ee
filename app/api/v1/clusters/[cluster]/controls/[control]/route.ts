import { endpoint } from "@/lib/http/endpoint";
import { getControl } from "@/lib/reads/list-controls";

export const GET = endpoint("getControl", ({ params, query }) => getControl(params.cluster, params.control, query));
