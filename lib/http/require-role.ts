import "server-only";
import { AppError } from "../errors/app-error";
import type { Role } from "./define-endpoint";

const SAFE_METHODS = new Set(["GET", "HEAD"]);

/**
 * Without sign-in the server listens on loopback only, and whoever reaches it is admin. What still must be refused is another
 * site's page in the same browser: a write needs the same origin, and every call a loopback host name (DNS rebinding).
 */
export async function requireRole(_role: Role, request: Request): Promise<void> {
  const host = (request.headers.get("host") ?? "").replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) {
    throw new AppError("forbidden", `This server answers only to 127.0.0.1 and localhost, not to ${host || "an unnamed host"}.`);
  }
  if (SAFE_METHODS.has(request.method)) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const isForeign =
    (origin !== null && origin !== "null" && new URL(origin).host !== request.headers.get("host")) || origin === "null" || site === "cross-site";
  if (isForeign) throw new AppError("forbidden", "A page of another site asked for this change; it was refused.");
}
