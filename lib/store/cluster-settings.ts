import "server-only";
import type { Pool } from "pg";
import { findClusterId } from "./clusters";
import { inTransaction } from "./in-transaction";

/** Reads and writes the settings of a cluster as one step, so that two people who change different things both get theirs. Throws not-found, gone. */
export async function changeClusterSettings(pool: Pool, slug: string, change: (stored: unknown) => object): Promise<void> {
  await inTransaction(pool, async (client) => {
    const id = await findClusterId(client, slug, true);
    const { rows } = await client.query<{ settings: unknown }>("SELECT settings FROM cluster WHERE id = $1", [id]);
    await client.query("UPDATE cluster SET settings = $2::jsonb WHERE id = $1", [id, JSON.stringify(change(rows[0]?.settings))]);
  });
}
