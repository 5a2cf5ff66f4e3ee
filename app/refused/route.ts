import { refusedRequest } from "@/lib/http/refused-request";

export { refusedRequest as DELETE, refusedRequest as GET, refusedRequest as PATCH, refusedRequest as POST, refusedRequest as PUT };
