import { endpoint } from "@/lib/http/endpoint";
import { listControls } from "@/lib/reads/list-controls";

export const GET = endpoint("listControls", ({ params, query }) => listControls(params.cluster, query));
