import { refusedRequest } from "@/lib/http/refused-request";

export { refusedRequest as GET };
