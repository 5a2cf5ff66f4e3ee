import "server-only";
import type { Pool, PoolClient } from "pg";

/** False = the connection is lost and must not be used again. */
export function rollBack(client: Pick<PoolClient, "query">): Promise<boolean> {
  return client.query("ROLLBACK").then(
    () => true,
    () => false,
  );
}

/**
 * Runs `work` between BEGIN and COMMIT, on a connection of its own, which pg's pool drops when it is lost. When it fails, nothing of it stays and its own
 * error comes out, whatever the rollback says.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  } finally {
    client.release();
  }
}
