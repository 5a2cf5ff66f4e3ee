import { endpoint } from "@/lib/http/endpoint";
import { getAdmission } from "@/lib/reads/admission";

export const GET = endpoint("getAdmission", ({ params, query }) => getAdmission(params.cluster, query));
