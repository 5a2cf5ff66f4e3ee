import "server-only";
import { AppError } from "../errors/app-error";
import { record, text } from "../model/json";
import { findClusterId } from "../store/clusters";
import { getDatabase } from "../store/database-handle";

/** Throws gone for a cluster that was forgotten by now. */
async function requireRemembered(params: unknown): Promise<void> {
  const slug = text(record(params).cluster);
  if (slug !== undefined) await findClusterId(getDatabase().pool, slug);
}

/**
 * What is read with the parameters of an address. Throws gone for a cluster that was forgotten meanwhile: of what was read last nothing was left, and it
 * would be told as a cluster without findings, or without the snapshot that was asked for.
 */
export async function readRemembered<T>(params: unknown, read: () => Promise<T>): Promise<T> {
  const value = await read().catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") await requireRemembered(params);
    throw error;
  });
  await requireRemembered(params);
  return value;
}
