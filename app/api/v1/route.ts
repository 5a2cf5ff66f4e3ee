import { endpoint } from "@/lib/http/endpoint";
import { API_INDEX } from "@/lib/http/index-endpoint";

export const GET = endpoint("getIndex", async () => API_INDEX);
