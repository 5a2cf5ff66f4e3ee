import "server-only";
import { createHash } from "node:crypto";

/** Whether the caller has that answer already. A proxy may weaken the mark, as when it compresses, and may know several. */
export function isKnownTo(request: Request, etag: string): boolean {
  const marks = (request.headers.get("if-none-match") ?? "").split(",").map((mark) => mark.trim().replace(/^W\//, ""));
  return marks.includes(etag) || marks.includes("*");
}

/** JSON with an ETag: 304 to who has it already, so that what is unchanged costs a few bytes. */
export function markedAnswer(request: Request, json: string, requestId: string): Response {
  const etag = `"${createHash("sha256").update(json).digest("base64url").slice(0, 22)}"`;
  const headers = { etag, "cache-control": "private, no-cache", "x-request-id": requestId };
  if (isKnownTo(request, etag)) return new Response(null, { status: 304, headers });
  return new Response(json, { headers: { ...headers, "content-type": "application/json" } });
}
