import { endpoint } from "@/lib/http/endpoint";
import { getFramework } from "@/lib/reads/list-frameworks";

export const GET = endpoint("getFramework", ({ params, query }) => getFramework(params.cluster, params.framework, query));
