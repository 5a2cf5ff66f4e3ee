import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { inTransaction } from "./in-transaction";

/** Reads and writes the settings of a cluster as one step, so that two people who change different things both get theirs. Throws not-found. */
export async function changeClusterSettings(pool: Pool, slug: string, change: (stored: unknown) => object): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ settings: unknown }>("SELECT settings FROM cluster WHERE slug = $1 FOR UPDATE", [slug]);
    if (!rows[0]) throw new AppError("not-found", `There is no cluster named ${slug}.`);
    await client.query("UPDATE cluster SET settings = $2::jsonb WHERE slug = $1", [slug, JSON.stringify(change(rows[0].settings))]);
  });
}
