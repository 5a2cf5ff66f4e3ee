import { endpoint } from "@/lib/http/endpoint";
import { listResources } from "@/lib/reads/list-resources";

export const GET = endpoint("listResources", ({ params, query }) => listResources(params.cluster, query));
