import { endpoint } from "@/lib/http/endpoint";
import { listSnapshots } from "@/lib/reads/list-snapshots";

export const GET = endpoint("listSnapshots", ({ params, query }) => listSnapshots(params.cluster, query));
