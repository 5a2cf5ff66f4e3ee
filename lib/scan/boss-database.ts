import "server-only";
import type { Pool } from "pg";
import type { Db } from "pg-boss";
import { rollBack } from "@/lib/store/in-transaction";

/** Lets pg-boss work on the one pool of this process. A block that fails is rolled back before its connection goes back to the pool. */
export function toBossDatabase(pool: Pool): Db {
  const run = async (client: Pick<Pool, "query">, text: string, values?: unknown[]) => {
    // pg answers several statements in one text with a list of results.
    const results: unknown = await client.query(text, values);
    const list = Array.isArray(results) ? results : [results];
    return { rows: list.flatMap((result: { readonly rows?: readonly unknown[] }) => result.rows ?? []) };
  };
  return {
    async executeSql(text, values) {
      if (!/^\s*BEGIN\b/i.test(text)) return run(pool, text, values);
      const client = await pool.connect();
      let isBroken = false;
      try {
        return await run(client, text, values);
      } catch (error) {
        isBroken = !(await rollBack(client));
        throw error;
      } finally {
        client.release(isBroken);
      }
    },
  };
}
