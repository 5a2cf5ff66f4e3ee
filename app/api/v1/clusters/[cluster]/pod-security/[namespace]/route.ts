import { endpoint } from "@/lib/http/endpoint";
import { getPodSecurity } from "@/lib/reads/pod-security";

export const GET = endpoint("getPodSecurity", ({ params, query }) => getPodSecurity(params.cluster, params.namespace, query));
