import { endpoint } from "@/lib/http/endpoint";
import { testOwnControl } from "@/lib/scan/test-own-control";
import { getDatabase } from "@/lib/store/database-handle";

export const POST = endpoint("testOwnControl", ({ params, body }) => testOwnControl(getDatabase(), params.cluster, body));
