import { endpoint } from "@/lib/http/endpoint";
import { listPodSecurity } from "@/lib/reads/pod-security";

export const GET = endpoint("listPodSecurity", ({ params, query }) => listPodSecurity(params.cluster, query));
