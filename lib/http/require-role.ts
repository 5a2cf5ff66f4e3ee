import "server-only";
import { AppError } from "../errors/app-error";
import type { Role } from "./define-endpoint";
import { isForeignOrigin, isForeignSite, sayForeignOrigin } from "./fetch-metadata";

const SAFE_METHODS = new Set(["GET", "HEAD"]);

/**
 * Without sign-in the server listens on loopback only, and whoever reaches it is admin. What still must be refused is another site's page in the same
 * browser, one at another port of this machine among them: a write needs the same origin. Programs name neither an origin nor a site, and are let through:
 * browsers name one with every write. Other names than loopback's are refused before (divert-refused.ts).
 */
export async function requireRole(_role: Role, request: Request): Promise<void> {
  if (SAFE_METHODS.has(request.method)) return;
  const { headers } = request;
  if (!isForeignOrigin(headers.get("origin"), headers.get("host")) && !isForeignSite(headers.get("sec-fetch-site"))) return;
  throw new AppError("forbidden", `A page of another site${sayForeignOrigin(headers)} asked for this change; it was refused.`);
}
