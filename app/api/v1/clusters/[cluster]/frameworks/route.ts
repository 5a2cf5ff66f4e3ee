import { endpoint } from "@/lib/http/endpoint";
import { listFrameworks } from "@/lib/reads/list-frameworks";

export const GET = endpoint("listFrameworks", ({ params, query }) => listFrameworks(params.cluster, query));
