import { endpoint } from "@/lib/http/endpoint";
import { search } from "@/lib/reads/search";

export const GET = endpoint("search", ({ params, query }) => search(params.cluster, query));
