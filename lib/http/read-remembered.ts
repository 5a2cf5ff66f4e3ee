import "server-only";
import { record, text } from "../model/json";
import { findClusterId } from "../store/clusters";
import { getDatabase } from "../store/database-handle";

/**
 * To be asked once a read is done, with the parameters of its address. Throws gone for a cluster that was forgotten meanwhile: of what was read last nothing
 * was left, and it would be told as a cluster without findings.
 */
export async function requireRemembered(params: unknown): Promise<void> {
  const slug = text(record(params).cluster);
  if (slug !== undefined) await findClusterId(getDatabase().pool, slug);
}
