import { endpoint } from "@/lib/http/endpoint";
import { listFindings } from "@/lib/reads/list-findings";

export const GET = endpoint("listFindings", ({ params, query }) => listFindings(params.cluster, query));
