import { toErrorResponse } from "@/lib/http/error-response";
import { getDatabase } from "@/lib/store/database-handle";

export async function GET(): Promise<Response> {
  try {
    await getDatabase().pool.query("SELECT 1");
    return Response.json({ status: "ready" });
  } catch (error) {
    return toErrorResponse(error, "readyz");
  }
}
